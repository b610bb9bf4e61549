/** One obligation: what, of whom, from when, and the evidence that is relevant to it. */
import { Tag } from '../ui/bits.tsx'
import { CheckMarks } from '../ui/check-marks.tsx'
import type { Obligation } from './queries.ts'

export const REACH = { applies: 'applies', 'may-apply': 'may apply', 'does-not-apply': 'does not apply' } as const

export const ObligationRow = ({ obligation }: { obligation: Obligation }) => {
  const { title, says, reference, who, state, from, fromBecause, isInForce, relevant } = obligation
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{title}</h3>
        <Tag tone={state === 'applies' ? 'text-accent' : 'text-muted'}>{REACH[state]}</Tag>
        {!isInForce && <Tag>from {from}</Tag>}
      </div>
      <p className="prose-width">{says}</p>
      <p className="prose-width text-muted">
        {reference}, for the {who.join(' and the ')}, {isInForce ? 'since' : 'from'} {from}
        {fromBecause && `, ${fromBecause}`}.
      </p>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="text-muted">Evidence relevant to it:</span>
        <CheckMarks checks={relevant} />
      </p>
    </li>
  )
}
