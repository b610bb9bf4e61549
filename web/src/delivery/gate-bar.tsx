/** A gate as a bar: one mark a check, grouped by pillar, by verdict. */
import type { Finding, GateSummary, Pillar, Verdict } from '../../../sdk/index.ts'
import { list } from '../data/format.ts'
import { VERDICT_COLOR, VERDICT_WORDS, verdictShape } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'

export const PILLARS: readonly Pillar[] = [
  'business',
  'data',
  'people',
  'security',
  'responsible',
  'development',
  'operations',
]
/** The worst first, so that what holds is seen first. */
export const VERDICTS: readonly Verdict[] = [
  'FAIL',
  'MISSING',
  'STALE',
  'INCONCLUSIVE',
  'WAIVED',
  'PASS',
  'NOT_APPLICABLE',
]
const OPENS: readonly Verdict[] = ['PASS', 'WAIVED', 'NOT_APPLICABLE']
const MANY = 30

type Counts = Partial<Record<Verdict, number>>

export const opens = (verdict: Verdict): boolean => OPENS.includes(verdict)
/** A check that only warns holds nothing, whatever its verdict. */
export const holdsBack = ({ verdict, enforcement }: Pick<Finding, 'verdict' | 'enforcement'>): boolean =>
  !opens(verdict) && enforcement.mode === 'enforce'
export const total = (counts: Counts): number =>
  Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
export const holding = (counts: Counts): number =>
  VERDICTS.filter((verdict) => !opens(verdict)).reduce((sum, verdict) => sum + (counts[verdict] ?? 0), 0)

/** “5 missing, 2 stale”; only what holds. */
export const holdingWords = (counts: Counts): string =>
  list(
    VERDICTS.filter((verdict) => !opens(verdict) && counts[verdict]).map(
      (verdict) => `${counts[verdict]} ${VERDICT_WORDS[verdict]}`,
    ),
  )

export function gateWords({ counts, decision }: GateSummary): string {
  return decision === 'open'
    ? `open, ${say('many.check', { n: total(counts) })}`
    : say('gate-bar.held-by-of', { holding: holding(counts), total: total(counts), holdingWords: holdingWords(counts) })
}

export function GateBar({ gate }: { gate: GateSummary }) {
  const size = total(gate.counts) > MANY ? 8 : 12
  return (
    <span
      role="img"
      aria-label={say('gate-bar.gate-into', { into: gate.into, gateWords: gateWords(gate) })}
      className="inline-flex flex-wrap items-center gap-x-1.5 gap-y-0.5"
    >
      {PILLARS.filter((pillar) => gate.pillars[pillar]).map((pillar) => (
        <span
          key={pillar}
          className="inline-flex gap-px"
          title={`${pillar}: ${pillarWords(gate.pillars[pillar] ?? {})}`}
        >
          {marksOf(gate.pillars[pillar] ?? {}).map(({ verdict, key }) => (
            <svg
              key={key}
              aria-hidden="true"
              width={size}
              height={size}
              viewBox="0 0 16 16"
              className={VERDICT_COLOR[verdict]}
            >
              {verdictShape(verdict)}
            </svg>
          ))}
        </span>
      ))}
    </span>
  )
}

export const pillarWords = (counts: Counts): string =>
  list(VERDICTS.filter((verdict) => counts[verdict]).map((verdict) => `${counts[verdict]} ${VERDICT_WORDS[verdict]}`))

export const marksOf = (counts: Counts): { verdict: Verdict; key: string }[] =>
  VERDICTS.flatMap((verdict) =>
    Array.from({ length: counts[verdict] ?? 0 }, (_, index) => ({ verdict, key: `${verdict}${index}` })),
  )
