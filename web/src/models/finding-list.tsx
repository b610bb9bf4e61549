/** What the rules say of a model: what blocks first, then what is only said, then what holds. */
import type { RuleFinding } from '../data/shapes.ts'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'

const MARKS = { FAIL: 'FAIL', WARN: 'INCONCLUSIVE', PASS: 'PASS', NOT_APPLICABLE: 'NOT_APPLICABLE' } as const
const ORDER = ['FAIL', 'WARN', 'PASS'] as const

export function FindingList({ findings }: { findings: readonly RuleFinding[] }) {
  const shown = ORDER.flatMap((verdict) => findings.filter((one) => one.verdict === verdict))
  return (
    <ul className="flex flex-col gap-2">
      {shown.map(({ rule, title, verdict, reason, remedy }) => (
        <li key={rule} className="flex gap-2">
          <span className="pt-0.5">
            <VerdictMark
              verdict={MARKS[verdict]}
              title={verdict === 'WARN' ? say('finding-list.warning') : verdict.toLowerCase()}
            />
          </span>
          <span className="min-w-0 break-words">
            {title}. <span className="text-muted">{reason}</span> {remedy}
          </span>
        </li>
      ))}
    </ul>
  )
}
