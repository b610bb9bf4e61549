/** Whose answers people prefer: the verdict of each arm, its strength with its interval, what was said, and what speaks against it. */
import type { Comparison, StudyResults, StudyView } from '../../../sdk/index.ts'
import { DifferenceRow, DotRow } from '../charts/interval.tsx'
import { duration, list, many, number, percent, plus } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import { ComparisonVerdict } from '../evals/comparison-verdict.tsx'
import { Section } from '../ui/page.tsx'
import { armLabels } from './queries.ts'

type Props = { study: StudyView; results: StudyResults }

const points = (share: number): string => plus(percent(share, 0))

export function ResultsSection({ study, results }: Props) {
  const label = armLabels(study.arms)
  const reference = label(study.arms[0]?.id ?? '')
  return (
    <>
      <Section title="Whose answers people prefer" count={results.cases} note={`cases, held against ${reference}`}>
        <ul className="prose-width mb-4 flex flex-col gap-1 text-prose">
          {results.comparisons.map(({ arm, comparison }) => (
            <li key={arm}>{verdictWords(label(arm), reference, comparison)}</li>
          ))}
        </ul>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">arm</th>
              <th scope="col">verdict</th>
              <th scope="col" className="wide">
                preferred less not preferred
              </th>
              <th scope="col" className="wide">
                chance to be preferred
              </th>
              <th scope="col" className="wide num">
                preferred
              </th>
              <th scope="col" className="wide num">
                tie
              </th>
              <th scope="col" className="wide num">
                both bad
              </th>
              <th scope="col" className="wide num">
                not
              </th>
            </tr>
          </thead>
          <tbody>
            {results.arms.map((one) => (
              <ArmRow
                key={one.arm}
                own={one}
                label={label(one.arm)}
                comparison={results.comparisons.find(({ arm }) => arm === one.arm)?.comparison}
              />
            ))}
          </tbody>
        </table>
        {results.arms.every(({ chance }) => chance === null) && (
          <p className="mt-2 text-muted">
            No chance is said: one of them was always preferred, or there are fewer than ten cases.
          </p>
        )}
      </Section>
      <Section title="What people did" count={results.labels} note="choices">
        <p className="prose-width mb-3">{positionWords(results)}</p>
        <People people={results.people} />
      </Section>
    </>
  )
}

function ArmRow({
  own: { preferred, tied, bothBad, lost, chance, interval },
  label,
  comparison,
}: {
  own: StudyResults['arms'][number]
  label: string
  comparison: Comparison | undefined
}) {
  return (
    <tr>
      <td>{label}</td>
      <td>
        {comparison ? (
          <ComparisonVerdict verdict={comparison.verdict} />
        ) : (
          <span className="text-muted">reference</span>
        )}
      </td>
      <td className="wide">
        {comparison?.interval && comparison.difference !== null && (
          <DifferenceRow
            value={comparison.difference}
            {...comparison.interval}
            margin={comparison.margin}
            say={points}
            most={1}
            width={200}
          />
        )}
      </td>
      <td className="wide">
        {chance !== null && interval ? (
          <span className="inline-flex items-center gap-3">
            <DotRow
              domain={[0, 1]}
              dots={[{ value: chance, ...interval, color: 'var(--text)', label: percent(chance, 0) }]}
              width={120}
            />
            <span className="whitespace-nowrap">
              {percent(chance, 0)}{' '}
              <span className="text-muted">
                {percent(interval.low, 0)} to {percent(interval.high, 0)}
              </span>
            </span>
          </span>
        ) : (
          <span className="text-muted">–</span>
        )}
      </td>
      <td className="wide num">{number(preferred)}</td>
      <td className="wide num">{number(tied)}</td>
      <td className="wide num">{number(bothBad)}</td>
      <td className="wide num">{number(lost)}</td>
    </tr>
  )
}

function People({ people }: Pick<StudyResults, 'people'>) {
  const nameOf = useNames()
  if (people.length === 0) return null
  return (
    <table className="data-table max-w-[40rem]">
      <thead>
        <tr>
          <th scope="col">person</th>
          <th scope="col" className="num">
            choices
          </th>
          <th scope="col" className="num">
            took A
          </th>
          <th scope="col" className="num">
            half within
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ by, labels, firstShare, medianMs }) => (
          <tr key={by}>
            <td>{nameOf(by)}</td>
            <td className="num">{number(labels)}</td>
            <td className="num">{firstShare === null ? '–' : percent(firstShare, 0)}</td>
            <td className="num">{medianMs === null ? '–' : duration(medianMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function verdictWords(arm: string, reference: string, comparison: Comparison): string {
  const { verdict, difference, interval, n, neededN } = comparison
  if (difference === null || !interval) return `Too few choices to hold ${arm} against ${reference}.`
  const figures = `${points(difference)}, ${points(interval.low)} to ${points(interval.high)}, ${many(n, 'pair')}`
  if (verdict === 'better') return `People prefer ${arm} to ${reference} (${figures}).`
  if (verdict === 'worse') return `People prefer ${reference} to ${arm} (${figures}).`
  if (verdict === 'equivalent') return `People like ${arm} and ${reference} equally well (${figures}).`
  return `Undecided between ${arm} and ${reference} (${figures}). ${neededN === null ? 'More cases may not decide either.' : `About ${many(Math.max(1, neededN - n), 'more case')} would decide.`}`
}

/** Nothing is said of a leaning as long as its interval holds the half. */
function positionWords({ position: { n, firstShare, interval }, untold, unlabelled }: StudyResults): string {
  const rest = [
    ...(untold > 0 ? [`${many(untold, 'time')} somebody could not tell`] : []),
    ...(unlabelled > 0 ? [`${many(unlabelled, 'pair')} had no choice`] : []),
  ]
  const beside = rest.length === 0 ? '' : ` ${list(rest)}.`
  if (firstShare === null || !interval) return `Nobody preferred one of two.${beside}`
  const figures = `${percent(firstShare, 0)} of ${number(n)}, ${percent(interval.low, 0)} to ${percent(interval.high, 0)}`
  const leaning =
    interval.low > 0.5
      ? `People leant towards what stood first (${figures}). Which that was is drawn for each person, so it favours no arm, but it blurs the difference.`
      : interval.high < 0.5
        ? `People leant towards what stood second (${figures}). Which that was is drawn for each person, so it favours no arm, but it blurs the difference.`
        : `No leaning towards what stood first is seen (${figures}).`
  return `${leaning}${beside}`
}
