/** Better, worse, equivalent, undecided: each with a mark of its own. */
import { ArrowDownRight, ArrowUpRight, Equal, HelpCircle } from 'lucide-react'
import type { Comparison } from '../../../sdk/index.ts'

const MARKS = {
  better: { icon: ArrowUpRight, tone: 'text-pass' },
  worse: { icon: ArrowDownRight, tone: 'text-fail' },
  equivalent: { icon: Equal, tone: 'text-muted' },
  undecided: { icon: HelpCircle, tone: 'text-inconclusive' },
} as const

export function ComparisonVerdict({ verdict }: { verdict: Comparison['verdict'] }) {
  const { icon: Icon, tone } = MARKS[verdict]
  return (
    <span className={`inline-flex items-center gap-1 align-middle whitespace-nowrap ${tone}`}>
      <Icon size={14} aria-hidden /> {verdict}
    </span>
  )
}
