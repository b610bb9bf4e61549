/** One answer with its sources, its time and cost, and the words marked that the other answer lacks. */
import { duration, money, number } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { DifferingText } from '../ui/differing-text.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import type { Answer } from './answers.ts'

type Given = Answer | { failure: unknown }

export function AnswerView({
  name,
  answer,
  other,
  isSecond,
}: {
  name: string
  answer: Given
  other: Given | undefined
  isSecond: boolean
}) {
  return (
    <div className="min-w-0">
      <h3
        className={`mb-1 flex flex-wrap items-center gap-2 text-data font-medium ${isSecond ? 'text-candidate' : 'text-control'}`}
      >
        {name}
        {'answer' in answer && answer.abstained && <Tag>{say('answer-view.abstained')}</Tag>}
      </h3>
      {'failure' in answer ? (
        <Trouble failure={answer.failure} />
      ) : (
        <Body
          answer={answer}
          other={other && 'answer' in other ? other.answer : answer.answer}
          tone={isSecond ? 'bg-accent-soft' : 'bg-hover'}
        />
      )}
    </div>
  )
}

function Body({ answer, other, tone }: { answer: Answer; other: string; tone: string }) {
  return (
    <>
      <DifferingText text={answer.answer} other={other} tone={tone} />
      <p className="mt-2 flex flex-wrap gap-x-3 text-muted">
        <span>{duration(answer.latencyMs)}</span>
        <span>
          {say('many.token', { n: answer.usage.inputTokens + answer.usage.outputTokens })}
          {answer.usage.estimated && say('answer-view.estimated')}
        </span>
        <span>{money(answer.costMicroUsd)}</span>
        <span>{answer.servedBy}</span>
        {answer.targets.map(({ step, target, reason }) => (
          <Tag key={step} tone="text-muted">
            {say('answer-view.the-route-chose', { target, reason })}
          </Tag>
        ))}
        {answer.fallbacks.length > 0 && (
          <Tag tone="text-stale">{say('answer-view.the-fallback', { fallbacks: answer.fallbacks.join(', ') })}</Tag>
        )}
        {answer.guardrails
          .filter(({ verdict }) => verdict !== 'passed')
          .map(({ id, verdict }) => (
            <Tag key={id} tone={verdict === 'blocked' ? 'text-fail' : 'text-stale'}>
              {verdict === 'blocked' ? say('answer-view.blocked-by', { id }) : say('answer-view.changed-by', { id })}
            </Tag>
          ))}
        {answer.trace && <TextLink href={`/traces/${answer.trace}`}>{say('answer-view.trace')}</TextLink>}
      </p>
      {answer.invalidCitations.length > 0 && (
        <p className="mt-1 text-fail">
          {say('answer-view.cites-passages-that-do-not-exist', {
            invalidCitations: answer.invalidCitations.join(', '),
          })}
        </p>
      )}
      {answer.passages.length > 0 && (
        <ol className="mt-3 flex flex-col gap-1">
          {answer.passages.map(({ id, title, text, score }, index) => (
            <li key={id}>
              <details>
                <summary className="flex items-baseline gap-2 rounded">
                  <span className="text-muted">[{index + 1}]</span>
                  <span className="min-w-0 truncate">{title || id}</span>
                  {answer.citations.includes(id) && <Tag tone="text-pass">{say('answer-view.cited')}</Tag>}
                  {score !== undefined && <span className="ml-auto text-muted">{number(score)}</span>}
                </summary>
                <p className="prose-width border-l-2 border-line py-1 pl-3 text-muted">{text}</p>
              </details>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
