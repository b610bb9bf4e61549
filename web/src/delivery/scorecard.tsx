/** Seven columns of marks, the lowest named first. No sum and no single number: a gap stays a gap. */
import type { GateSummary } from '../../../sdk/index.ts'
import { sentence } from '../data/format.ts'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { holding, marksOf, PILLARS, pillarWords, total } from './gate-bar.tsx'

export function Scorecard({ gate }: { gate: GateSummary }) {
  const pillars = PILLARS.map((pillar) => ({ pillar, counts: gate.pillars[pillar] ?? {} }))
  const lowest = pillars
    .filter(({ counts }) => holding(counts) > 0)
    .toSorted((a, b) => share(b.counts) - share(a.counts))[0]
  return (
    <>
      {lowest && (
        <p className="mb-3 text-muted">
          {sayWith('scorecard.furthest-behind', {
            pillar: <strong className="text-text">{lowest.pillar}</strong>,
            pillarWords: pillarWords(lowest.counts),
          })}
        </p>
      )}
      <ul className="grid grid-cols-2 md:grid-cols-4 xl:grid-cols-7 gap-x-4 gap-y-5">
        {pillars.map(({ pillar, counts }) => (
          <li key={pillar} className="border-t-2 border-line pt-2">
            <h3 className="text-data font-medium">{sentence(pillar)}</h3>
            <p className="mb-2 min-h-5 text-[0.75rem] text-muted">
              {total(counts) === 0 ? say('scorecard.no-check-here') : pillarWords(counts)}
            </p>
            <span className="flex flex-wrap gap-1">
              {marksOf(counts).map(({ verdict, key }) => (
                <VerdictMark key={key} verdict={verdict} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

type Counts = Parameters<typeof holding>[0]
const share = (counts: Counts): number => holding(counts) / Math.max(1, total(counts))
