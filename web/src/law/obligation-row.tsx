/** One obligation: what, of whom, from when, and the evidence that is relevant to it. */
import { Tag } from '../ui/bits.tsx'
import { CheckMarks } from '../ui/check-marks.tsx'
import { say } from '../words/say.ts'
import type { Obligation } from './queries.ts'

export const REACH = {
  applies: 'applies',
  'may-apply': say('obligation-row.may-apply'),
  'does-not-apply': say('obligation-row.does-not-apply'),
} as const

export const ObligationRow = ({ obligation }: { obligation: Obligation }) => {
  const { title, says, reference, who, state, from, fromBecause, isInForce, relevant } = obligation
  const whom = who.join(say('obligation-row.and-the'))
  const begins = fromBecause ? `${from}, ${fromBecause}` : from
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{title}</h3>
        <Tag tone={state === 'applies' ? 'text-accent' : 'text-muted'}>{REACH[state]}</Tag>
        {!isInForce && <Tag>{say('obligation-row.from', { from })}</Tag>}
      </div>
      <p className="prose-width">{says}</p>
      <p className="prose-width text-muted">
        {isInForce
          ? say('obligation-row.since', { reference, whom, begins })
          : say('obligation-row.not-yet', { reference, whom, begins })}
      </p>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="text-muted">{say('obligation-row.evidence-relevant-to-it')}</span>
        <CheckMarks checks={relevant} />
      </p>
    </li>
  )
}
