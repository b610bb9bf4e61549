/** The queue of overseers: answers that wait for a person, those that were given and are looked at, and what was decided. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedHeldAnswer } from '../../../sdk/index.ts'
import { heldAnswers, heldCalls, useNames } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { stateWord } from '../words/states.ts'
import { CallsSection } from './calls-section.tsx'
import { DecideAnswer } from './decide-answer.tsx'
import { StopSection } from './stop-section.tsx'

export function OversightPage() {
  const query = useQuery(heldAnswers)
  const calls = useQuery(heldCalls).data?.items ?? []
  return (
    <Page
      title={say('oversight.answers-to-look-at')}
      crumbs={[{ label: say('oversight.approvals'), href: '/approvals' }]}
    >
      <Loaded query={query}>
        {({ items }) => {
          if (items.length === 0 && calls.length === 0)
            return (
              <>
                <StopSection />
                <Empty
                  title={say('oversight.no-answer-waits-for-a-person')}
                  command={<Command text="npx airworthy oversight show" />}
                >
                  {say('oversight.an-application-names-its-overseers-in-oversight')}
                </Empty>
              </>
            )
          const yours = items.filter((one) => one.yours)
          return (
            <>
              <Lead>{forYou(yours.length, calls.filter((one) => one.yours).length)}</Lead>
              <StopSection />
              <CallsSection calls={calls} />
              {GROUPS.map(({ title, holds }) => {
                const own = items.filter(holds)
                return (
                  own.length > 0 && (
                    <Section key={title} title={title} count={own.length}>
                      <ul>
                        {own.map((answer) => (
                          <AnswerItem key={answer.id} answer={answer} />
                        ))}
                      </ul>
                    </Section>
                  )
                )
              })}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function forYou(answers: number, calls: number): string {
  if (answers + calls === 0) return say('oversight.nothing-waits-for-you')
  const both = [
    ...(answers > 0 ? [say('many.answer', { n: answers })] : []),
    ...(calls > 0 ? [say('many.call', { n: calls })] : []),
  ]
  return say('oversight.for-you-to-look-at', { answers: both.join(', ') })
}

const isWaiting = ({ state }: ServedHeldAnswer): boolean => state === 'waiting'

const GROUPS: readonly { title: string; holds: (answer: ServedHeldAnswer) => boolean }[] = [
  { title: say('oversight.whoever-asked-is-waiting'), holds: (one) => isWaiting(one) && one.mode === 'hold' },
  { title: say('oversight.given-and-to-look-at-afterwards'), holds: (one) => isWaiting(one) && one.mode === 'flag' },
  { title: say('oversight.nobody-looked-in-time'), holds: ({ state }) => state === 'lapsed' },
  { title: say('oversight.decided'), holds: (one) => !isWaiting(one) && one.state !== 'lapsed' },
]

function AnswerItem({ answer }: { answer: ServedHeldAnswer }) {
  const [isDeciding, setDeciding] = useState(false)
  const nameOf = useNames()
  const { application, trace, kinds, turns, until, at, decidedBy, decidedAt, reason, given, state } = answer
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-2">
          <strong>{application}</strong>
          {kinds.map((kind) => (
            <Tag key={kind}>{kind}</Tag>
          ))}
          {!isWaiting(answer) && <Tag>{stateWord(state)}</Tag>}
        </p>
        <p className="prose-width font-medium">{turns.findLast(({ role }) => role === 'user')?.content}</p>
        <p className="prose-width whitespace-pre-wrap">
          <span className="text-muted">{say('oversight.answer')} </span>
          {answer.answer}
        </p>
        {given !== null && given !== answer.answer && (
          <p className="prose-width whitespace-pre-wrap">
            <span className="text-muted">{say('oversight.in-its-place')} </span>
            {given}
          </p>
        )}
        <p className="text-muted">
          <TextLink href={`/traces/${trace}`}>{say('oversight.asked')}</TextLink> <Ago at={at} />
          {isWaiting(answer) &&
            until !== null &&
            say('oversight.stays-unanswered-unless-somebody-decides-before-utc', {
              until: until.slice(0, 16).replace('T', ' '),
            })}
          {decidedBy !== null && decidedAt !== null && (
            <>
              ; {nameOf(decidedBy)}, <Ago at={decidedAt} />: “{reason}”
            </>
          )}
        </p>
      </div>
      {answer.yours && <Button onClick={() => setDeciding(true)}>{say('oversight.decide')}</Button>}
      {isDeciding && <DecideAnswer answer={answer} onClose={() => setDeciding(false)} />}
    </li>
  )
}
