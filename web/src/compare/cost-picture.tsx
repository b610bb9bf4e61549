/** What a case costs beside how good it is, and which arms nothing beats in both. */
import type { ArmsComparison } from '../../../sdk/index.ts'
import { CostQuality } from '../charts/cost-quality.tsx'
import { inUnit, list, money } from '../data/format.ts'
import { costOfCase } from './matrix.tsx'

type Props = { found: ArmsComparison; evaluator: string; labels: ReadonlyMap<string, string> }

export function CostPicture({ found, evaluator, labels }: Props) {
  const scored = found.arms.flatMap((arm) => {
    const score = arm.scores.find((one) => one.evaluator === evaluator)
    const cost = costOfCase(arm)
    if (score?.mean == null || cost === null) return []
    const { mean, interval, better, unit } = score
    return [
      {
        label: labels.get(arm.id) ?? arm.id,
        cost: Number(cost),
        value: mean,
        low: interval?.low ?? mean,
        high: interval?.high ?? mean,
        isReference: arm.id === found.reference,
        good: better === 'higher' ? mean : -mean,
        unit,
      },
    ]
  })
  const unit = scored[0]?.unit ?? ''
  const unknown = found.arms.length - scored.length
  const best = scored
    .filter(
      (one) =>
        !scored.some(
          (other) =>
            other.good >= one.good && other.cost <= one.cost && (other.good > one.good || other.cost < one.cost),
        ),
    )
    .toSorted((one, other) => one.cost - other.cost)
  if (scored.length === 0) return <p className="prose-width text-muted">No arm has both a score and a known cost.</p>
  return (
    <>
      <CostQuality
        dots={scored}
        front={best}
        sayCost={(cost) => money(String(cost))}
        sayValue={(value) => inUnit(value, unit)}
      />
      <p className="prose-width text-muted">
        {best.length === 1
          ? `${best[0]?.label} is the best and the cheapest at once, by these figures.`
          : `Worth a choice: ${list(best.map(({ label }) => label))}. Each other arm is beaten by one that costs no more.`}
        {unknown > 0 && ` Of ${unknown} the score or the cost is not known.`} Where intervals overlap, the order may be
        chance: the matrix says what holds.
      </p>
    </>
  )
}
