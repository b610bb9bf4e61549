/** The metrics of a rollout: both arms, the difference against its margin, and the verdict. A row chooses the picture. */

import type { Metric, MetricReading } from '../../../sdk/index.ts'
import { DifferenceRow } from '../charts/interval.tsx'
import { number } from '../data/format.ts'
import { metricLabel } from '../data/metric-names.ts'
import { Term } from '../ui/term.tsx'
import { VERDICT_COLOR, VerdictMark } from '../ui/verdict.tsx'
import { differenceWords, marginWords, VERDICT_OF_METRIC, valueWords } from './metric-words.ts'

type Props = {
  readings: readonly MetricReading[]
  plan: readonly Metric[]
  chosen: string | undefined
  onChoose: (metric: string) => void
}

export function MetricTable({ readings, plan, chosen, onChoose }: Props) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">metric</th>
          <th scope="col" className="wide num">
            <Term of="control">control</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="candidate">candidate</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="difference">difference</Term>
          </th>
          <th scope="col" className="wide">
            limits, <Term of="margin">margin</Term>, zero
          </th>
          <th scope="col">
            <Term of="verdict">verdict</Term>
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
              <Side reading={reading} arm="control" />
              <Side reading={reading} arm="candidate" />
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
                      margin {metric ? marginWords(metric) : reading.margin}
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
                  <span className="block text-muted">about {number(reading.unitsNeeded)} more users</span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Side({ reading, arm }: { reading: MetricReading; arm: 'control' | 'candidate' }) {
  const side = reading[arm]
  return (
    <td className="wide num whitespace-nowrap">
      {valueWords(reading, side.value)} <span className="text-muted">n {number(side.units)}</span>
    </td>
  )
}
