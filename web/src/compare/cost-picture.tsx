/** What a case costs and takes beside how good it is, and which arms nothing beats in all three. */
import type { ArmsComparison } from '../../../sdk/index.ts'
import { TradeOffs } from '../charts/trade-offs.tsx'
import { costOfCase } from '../evals/cost-of-case.ts'

type Props = { found: ArmsComparison; evaluator: string; labels: ReadonlyMap<string, string> }

export function CostPicture({ found, evaluator, labels }: Props) {
  const arms = found.arms.map((arm) => {
    const score = arm.scores.find((one) => one.evaluator === evaluator)
    return {
      id: arm.id,
      label: labels.get(arm.id) ?? arm.id,
      mean: score?.mean ?? null,
      interval: score?.interval ?? null,
      unit: score?.unit ?? '',
      better: score?.better ?? ('higher' as const),
      cost: costOfCase(arm),
      latency: arm.latencyMs?.p95 ?? null,
    }
  })
  return <TradeOffs arms={arms} scoreName={evaluator} />
}
