/** The metrics of a rollout: both arms, the difference against its margin, and the verdict. A row chooses the picture. */

import type { Metric, MetricReading, ServedRollout } from '../../../sdk/index.ts'
import { DifferenceRow } from '../charts/interval.tsx'
import { number, percent } from '../data/format.ts'
import { isOfSome, metricLabel } from '../data/metric-names.ts'
import { Term } from '../ui/term.tsx'
import { VERDICT_COLOR, VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { differenceWords, marginWords, VERDICT_OF_METRIC, valueWords } from './metric-words.ts'

type Props = {
  readings: readonly MetricReading[]
  plan: readonly Metric[]
  /** How many users each arm has seen. */
  statistics: ServedRollout['statistics']
  chosen: string | undefined
  onChoose: (metric: string) => void
}

export function MetricTable({ readings, plan, statistics, chosen, onChoose }: Props) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('metric-table.metric')}</th>
          <th scope="col" className="wide num">
            <Term of="control">{say('metric-table.control')}</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="candidate">{say('metric-table.candidate')}</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="difference">{say('metric-table.difference')}</Term>
          </th>
          <th scope="col" className="wide">
            {sayWith('metric-table.limits-zero', { term: <Term of="margin">{say('metric-table.margin')}</Term> })}
          </th>
          <th scope="col">
            <Term of="verdict">{say('metric-table.verdict')}</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading) => {
          const metric = plan.find(({ name }) => name === reading.metric)
          const scale = metric?.scale ?? 'linear'
          const { word, verdict } = VERDICT_OF_METRIC[reading.verdict]
          return (
            <tr key={reading.metric} aria-selected={chosen === reading.metric} className="clickable" data-row>
              <td>
                <button
                  type="button"
                  aria-pressed={chosen === reading.metric}
                  onClick={() => onChoose(reading.metric)}
                  className="rounded text-left font-medium"
                >
                  {metricLabel(reading.metric)}
                </button>
              </td>
              <Side reading={reading} arm="control" statistics={statistics} />
              <Side reading={reading} arm="candidate" statistics={statistics} />
              <td className="wide num">
                {reading.difference === null ? '–' : differenceWords(reading, scale, reading.difference)}
              </td>
              <td className="wide">
                {reading.difference !== null && reading.upper !== null && (
                  <span className="flex items-center gap-2">
                    <DifferenceRow
                      value={reading.difference}
                      low={reading.lower ?? reading.difference}
                      high={reading.upper}
                      margin={reading.margin}
                      say={(one) => differenceWords(reading, scale, one)}
                      {...(reading.kind === 'event' && { most: 1 })}
                      width={160}
                    />
                    <span className="whitespace-nowrap text-muted">
                      {sayWith('metric-table.margin-2', { metric: metric ? marginWords(metric) : reading.margin })}
                    </span>
                  </span>
                )}
              </td>
              <td title={reading.why}>
                <span
                  className={`inline-flex items-center gap-1.5 align-middle whitespace-nowrap ${VERDICT_COLOR[verdict]}`}
                >
                  <VerdictMark verdict={verdict} size={14} title="" /> {word}
                </span>
                {reading.unitsNeeded !== null && reading.verdict === 'undecided' && (
                  <span className="block text-muted">
                    {say('metric-table.about-more-users', { unitsNeeded: number(reading.unitsNeeded) })}
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type SideProps = { reading: MetricReading; arm: 'control' | 'candidate'; statistics: Props['statistics'] }

/** The value with its n, and of how many users where only some have one: the response rate. */
function Side({ reading, arm, statistics }: SideProps) {
  const side = reading[arm]
  const users = statistics.reduce((sum, { firstSeen }) => sum + firstSeen[arm], 0)
  return (
    <td className="wide num whitespace-nowrap">
      {valueWords(reading, side.value)} <span className="text-muted">n {number(side.units)}</span>
      {isOfSome(reading.metric) && users > 0 && (
        <span className="block text-muted">
          {say('metric-table.of-the-users', { units: percent(side.units / users, 0) })}
        </span>
      )}
    </td>
  )
}
