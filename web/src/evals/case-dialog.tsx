/** One case: what was asked, what was expected, and both answers with the words that differ marked. */
import { useQuery } from '@tanstack/react-query'
import type { Experiment, ExperimentRow } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { duration, inUnit, money } from '../data/format.ts'
import { keyed } from '../data/keyed.ts'
import { Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DifferingText } from '../ui/differing-text.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { questionOf } from './questions.ts'
import { armOf, scoreOf } from './scores.ts'

export function CaseDialog({
  experiment,
  example,
  onClose,
}: {
  experiment: Experiment
  example: string
  onClose: () => void
}) {
  const query = useQuery({
    queryKey: ['experiment', experiment.id, 'case', example],
    queryFn: () => client.listExperimentRows({ params: { id: experiment.id }, query: { example, limit: 200 } }),
  })
  return (
    <Dialog title={say('case-dialog.case')} onClose={onClose} width="max-w-[64rem]">
      <Loaded query={query}>
        {({ items }) => {
          const candidate = items.find(({ arm }) => arm === 'candidate')
          const control = items.find(({ arm }) => arm === 'control')
          const any = candidate ?? control
          if (!any) return <p className="text-muted">{say('case-dialog.there-is-no-row-of-this-case')}</p>
          return (
            <div className="flex flex-col gap-5">
              <Asked row={any} />
              <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
                {control && <Answer experiment={experiment} row={control} other={candidate} />}
                {candidate && <Answer experiment={experiment} row={candidate} other={control} />}
                {items
                  .filter(({ arm, repeat }) => arm !== 'candidate' && arm !== 'control' && repeat === 1)
                  .map((row) => (
                    <Answer key={row.arm} experiment={experiment} row={row} other={control ?? candidate} />
                  ))}
              </div>
            </div>
          )
        }}
      </Loaded>
    </Dialog>
  )
}

function Asked({ row }: { row: ExperimentRow }) {
  const earlier = typeof row.input === 'string' ? [] : row.input.slice(0, -1)
  const expected = typeof row.expected === 'string' ? [row.expected] : (row.expected ?? [])
  return (
    <div className="flex flex-col gap-2">
      {earlier.length > 0 && (
        <details>
          <summary className="rounded text-muted">
            {say('case-dialog.earlier-turns', { earlier: earlier.length })}
          </summary>
          {keyed(earlier, ({ role, content }) => `${role} ${content}`).map(({ key, item: { role, content } }) => (
            <p key={key} className="prose-width mt-1 border-l-2 border-line pl-3">
              <span className="text-muted">{role}</span> {content}
            </p>
          ))}
        </details>
      )}
      <p className="prose-width text-prose">{questionOf(row.input)}</p>
      {expected.map((text) => (
        <p key={text} className="prose-width text-muted">
          <span className="text-text">{say('case-dialog.reference')}</span> {text}
        </p>
      ))}
      {row.unanswerable && <p className="text-muted">{say('case-dialog.the-documents-do-not-answer-this-the')}</p>}
    </div>
  )
}

function Answer({
  experiment,
  row,
  other,
}: {
  experiment: Experiment
  row: ExperimentRow
  other: ExperimentRow | undefined
}) {
  const isCandidate = row.arm === 'candidate'
  const tone = isCandidate ? 'text-candidate' : row.arm === 'control' ? 'text-control' : ''
  return (
    <section aria-label={row.arm} className="min-w-0">
      <h3 className={`mb-1 flex items-center gap-2 text-data font-medium ${tone}`}>
        {armOf(experiment, row.arm)?.label ?? row.arm}
        {row.abstained && <Tag>{say('case-dialog.abstained')}</Tag>}
        {row.invalidCitations.length > 0 && (
          <Tag tone="text-fail">
            {say('case-dialog.invalid-citations', { invalidCitations: row.invalidCitations.length })}
          </Tag>
        )}
      </h3>
      {row.error ? (
        <p className="text-fail">{row.error}</p>
      ) : (
        <DifferingText
          text={row.answer}
          other={other?.answer ?? row.answer}
          tone={isCandidate ? 'bg-accent-soft' : 'bg-hover'}
        />
      )}
      <dl className="mt-3 grid grid-cols-[max-content_max-content_1fr] gap-x-4 gap-y-1">
        {Object.entries(row.scores).map(([evaluator, { score, detail, error }]) => (
          <div key={evaluator} className="col-span-3 grid grid-cols-subgrid">
            <dt className="text-muted">{evaluator}</dt>
            <dd className="text-right">
              {score === null ? '–' : inUnit(score, scoreOf(experiment, evaluator, row.arm)?.unit ?? '')}
            </dd>
            <dd className="truncate text-muted" title={error ?? detail}>
              {error ?? detail}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-muted">
        {sayWith('case-dialog.tokens', {
          latencyMs: duration(row.latencyMs),
          input: row.tokens.input + row.tokens.output,
          estimated: row.tokens.estimated && say('case-dialog.estimated'),
          costMicroUsd: money(row.costMicroUsd),
          servedBy: row.servedBy,
          trace: row.trace && (
            <>
              , <TextLink href={`/traces/${row.trace}`}>{say('case-dialog.trace')}</TextLink>
            </>
          ),
        })}
      </p>
    </section>
  )
}
