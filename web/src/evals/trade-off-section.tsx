/** What each arm of a sweep buys: its score beside what a case costs and how long it takes. */
import type { Experiment } from '../../../sdk/index.ts'
import { TradeOffs } from '../charts/trade-offs.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { costOfCase } from './cost-of-case.ts'

export function TradeOffSection({ experiment: { arms, primary } }: { experiment: Experiment }) {
  const measured = arms.filter(({ scores }) => scores.length > 0)
  if (measured.length < 2) return null
  return (
    <Section
      title={say('trade-off-section.quality-cost-and-time')}
      note={say('trade-off-section.grey-is-what-another-arm-beats-in')}
    >
      <TradeOffs
        scoreName={primary}
        arms={measured.map((arm) => {
          const score = arm.scores.find(({ evaluator }) => evaluator === primary)
          return {
            id: arm.arm,
            label: arm.label,
            mean: score?.mean ?? null,
            interval: score?.interval ?? null,
            unit: score?.unit ?? '',
            better: score?.better ?? 'higher',
            cost: costOfCase(arm),
            latency: arm.latencyMs?.p95 ?? null,
          }
        })}
      />
    </Section>
  )
}
