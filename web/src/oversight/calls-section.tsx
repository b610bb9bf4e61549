/** Calls of tools that wait for an overseer, with what they would be made with, and what became of those that were decided. */
import { useState } from 'react'
import type { ServedHeldCall } from '../../../sdk/index.ts'
import { useNames } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { stateWord } from '../words/states.ts'
import { CallArguments } from './call-arguments.tsx'
import { DecideCall } from './decide-call.tsx'

export function CallsSection({ calls }: { calls: readonly ServedHeldCall[] }) {
  const groups = [
    { title: say('oversight.calls-that-wait'), own: calls.filter(isWaiting) },
    { title: say('oversight.calls-that-were-decided'), own: calls.filter((one) => !isWaiting(one)) },
  ]
  return groups.map(
    ({ title, own }) =>
      own.length > 0 && (
        <Section key={title} title={title} count={own.length}>
          <ul>
            {own.map((call) => (
              <CallItem key={call.id} call={call} />
            ))}
          </ul>
        </Section>
      ),
  )
}

const isWaiting = ({ state }: ServedHeldCall): boolean => state === 'waiting'

function CallItem({ call }: { call: ServedHeldCall }) {
  const [isDeciding, setDeciding] = useState(false)
  const nameOf = useNames()
  const { application, tool, trace, at, until, state, result, error, reason, decidedBy, decidedAt } = call
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-2">
          <strong>{application}</strong>
          <Tag>{tool}</Tag>
          {!isWaiting(call) && <Tag>{stateWord(state)}</Tag>}
        </p>
        <CallArguments text={call.arguments} />
        {result !== null && (
          <p className="prose-width whitespace-pre-wrap break-words">
            <span className="text-muted">{say('oversight.it-gave')} </span>
            {result}
          </p>
        )}
        {error !== null && <p className="prose-width text-fail">{error}</p>}
        {state === 'unknown' && <p className="prose-width text-stale">{say('oversight.whether-it-was-made')}</p>}
        <p className="text-muted">
          <TextLink href={`/traces/${trace}`}>{say('oversight.wanted')}</TextLink> <Ago at={at} />
          {isWaiting(call) &&
            say('oversight.is-never-made-unless-somebody-decides-before-utc', {
              until: until.slice(0, 16).replace('T', ' '),
            })}
          {decidedBy !== null && decidedAt !== null && (
            <>
              ; {nameOf(decidedBy)}, <Ago at={decidedAt} />: “{reason}”
            </>
          )}
        </p>
      </div>
      {call.yours && <Button onClick={() => setDeciding(true)}>{say('oversight.decide')}</Button>}
      {isDeciding && <DecideCall call={call} onClose={() => setDeciding(false)} />}
    </li>
  )
}
