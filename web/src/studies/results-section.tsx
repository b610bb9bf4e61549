/** Whose answers people prefer: the verdict of each arm, its strength with its interval, what was said, and what speaks against it. */
import type { Comparison, StudyResults, StudyView } from '../../../sdk/index.ts'
import { DifferenceRow, DotRow } from '../charts/interval.tsx'
import { duration, list, number, percent, plus } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import { ComparisonVerdict } from '../evals/comparison-verdict.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { armLabels } from './queries.ts'

type Props = { study: StudyView; results: StudyResults }

const points = (share: number): string => plus(percent(share, 0))

export function ResultsSection({ study, results }: Props) {
  const label = armLabels(study.arms)
  const reference = label(study.arms[0]?.id ?? '')
  const hasChance = results.arms.some(({ chance }) => chance !== null)
  return (
    <>
      <Section
        title={say('results-section.whose-answers-people-prefer')}
        count={results.cases}
        note={say('results-section.cases-held-against', { reference })}
      >
        <ul className="prose-width mb-4 flex flex-col gap-1 text-prose">
          {results.comparisons.map(({ arm, comparison }) => (
            <li key={arm}>{verdictWords(label(arm), reference, comparison)}</li>
          ))}
        </ul>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('results-section.arm')}</th>
              <th scope="col">{say('results-section.verdict')}</th>
              <th scope="col" className="wide">
                {say('results-section.preferred-less-not-preferred')}
              </th>
              {hasChance && (
                <th scope="col" className="wide">
                  {say('results-section.chance-to-be-preferred')}
                </th>
              )}
              <th scope="col" className="wide num">
                {say('results-section.preferred')}
              </th>
              <th scope="col" className="wide num">
                {say('results-section.tie')}
              </th>
              <th scope="col" className="wide num">
                {say('results-section.both-bad')}
              </th>
              <th scope="col" className="wide num">
                {say('results-section.not')}
              </th>
            </tr>
          </thead>
          <tbody>
            {results.arms.map((one) => (
              <ArmRow
                key={one.arm}
                own={one}
                withChance={hasChance}
                label={label(one.arm)}
                comparison={results.comparisons.find(({ arm }) => arm === one.arm)?.comparison}
              />
            ))}
          </tbody>
        </table>
        {!hasChance && <p className="mt-2 text-muted">{say('results-section.no-chance-is-said-one-of-them')}</p>}
      </Section>
      <Section
        title={say('results-section.what-people-did')}
        count={results.labels}
        note={say('results-section.choices')}
      >
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
  withChance,
}: {
  own: StudyResults['arms'][number]
  withChance: boolean
  label: string
  comparison: Comparison | undefined
}) {
  return (
    <tr>
      <td>
        {label}
        {/* On a phone there is no room for the columns. */}
        <span className="block text-muted md:hidden">
          {say('results-section.preferred-of-pairs', {
            preferred: number(preferred),
            pairs: number(preferred + tied + bothBad + lost),
          })}
        </span>
      </td>
      <td>
        {comparison ? (
          <ComparisonVerdict verdict={comparison.verdict} />
        ) : (
          <span className="text-muted">{say('results-section.reference')}</span>
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
      {withChance && (
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
                  {say('results-section.to', { low: percent(interval.low, 0), high: percent(interval.high, 0) })}
                </span>
              </span>
            </span>
          ) : (
            <span className="text-muted">–</span>
          )}
        </td>
      )}
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
          <th scope="col">{say('results-section.person')}</th>
          <th scope="col" className="num">
            {say('results-section.choices')}
          </th>
          <th scope="col" className="num">
            {say('results-section.took-a')}
          </th>
          <th scope="col" className="num">
            {say('results-section.half-within')}
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
  if (difference === null || !interval)
    return say('results-section.too-few-choices-to-hold-against', { arm, reference })
  const figures = `${points(difference)}, ${points(interval.low)} to ${points(interval.high)}, ${say('many.pair', { n })}`
  if (verdict === 'better') return say('results-section.people-prefer-to', { arm, reference, figures })
  if (verdict === 'worse') return say('results-section.people-prefer-to-2', { reference, arm, figures })
  if (verdict === 'equivalent') return say('results-section.people-like-and-equally-well', { arm, reference, figures })
  return say('results-section.undecided-between-and', {
    arm,
    reference,
    figures,
    neededN:
      neededN === null
        ? say('results-section.more-cases-may-not-decide-either')
        : say('results-section.about-would-decide', {
            moreCases: say('many.more-case', { n: Math.max(1, neededN - n) }),
          }),
  })
}

/** Nothing is said of a leaning as long as its interval holds the half. */
function positionWords({ position: { n, firstShare, interval }, untold, unlabelled }: StudyResults): string {
  const rest = [
    ...(untold > 0 ? [say('results-section.somebody-could-not-tell', { times: say('many.time', { n: untold }) })] : []),
    ...(unlabelled > 0 ? [say('results-section.had-no-choice', { pairs: say('many.pair', { n: unlabelled }) })] : []),
  ]
  const beside = rest.length === 0 ? '' : ` ${list(rest)}.`
  if (firstShare === null || !interval) return say('results-section.nobody-preferred-one-of-two', { beside })
  const figures = `${percent(firstShare, 0)} of ${number(n)}, ${percent(interval.low, 0)} to ${percent(interval.high, 0)}`
  const leaning =
    interval.low > 0.5
      ? say('results-section.people-leant-towards-what-stood-first-which', { figures })
      : interval.high < 0.5
        ? say('results-section.people-leant-towards-what-stood-second-which', { figures })
        : say('results-section.no-leaning-towards-what-stood-first-is', { figures })
  return `${leaning}${beside}`
}
