/** All arms of an experiment in one table: score, difference from the reference, verdict, latency, cost and effort. */
import type { Experiment, ExperimentArm } from '../../../sdk/index.ts'
import { differenceInUnit, duration, inUnit, money, number } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { ComparisonVerdict } from './comparison-verdict.tsx'

export function ArmsSection({ experiment }: { experiment: Experiment }) {
  if (experiment.further.length === 0) return null
  const reference = experiment.further[0]?.to
  return (
    <Section
      title={say('arms-section.arms')}
      count={experiment.arms.length}
      note={say('arms-section.each-against-p-by-holm-over-all', { reference })}
    >
      <div className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('arms-section.arm')}</th>
              <th scope="col" className="num">
                {experiment.primary}
              </th>
              <th scope="col" className="num">
                <Term of="difference">{say('arms-section.difference')}</Term>
              </th>
              <th scope="col">{say('arms-section.verdict')}</th>
              <th scope="col" className="wide num">
                p
              </th>
              <th scope="col" className="wide num">
                p95
              </th>
              <th scope="col" className="wide num">
                {say('arms-section.cost')}
              </th>
              <th scope="col" className="wide num">
                {say('arms-section.hours-to-make')}
              </th>
            </tr>
          </thead>
          <tbody>
            {experiment.arms.map((arm) => (
              <ArmRow key={arm.arm} experiment={experiment} arm={arm} isReference={arm.arm === reference} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function ArmRow({
  experiment,
  arm,
  isReference,
}: {
  experiment: Experiment
  arm: ExperimentArm
  isReference: boolean
}) {
  const score = arm.scores.find(({ evaluator }) => evaluator === experiment.primary)
  const all =
    arm.arm === 'candidate' ? experiment.comparison : experiment.further.find((one) => one.arm === arm.arm)?.comparison
  const comparison = isReference ? undefined : all?.find(({ evaluator }) => evaluator === experiment.primary)
  const p = comparison?.adjustedP ?? comparison?.pValue ?? null
  const effort = experiment.variants.find(({ name }) => name === arm.arm)?.effort
  return (
    <tr>
      <td className={toneOf(arm.arm)}>{arm.label}</td>
      <td className="num whitespace-nowrap">
        {score?.mean == null ? '–' : inUnit(score.mean, score.unit)}
        {score?.interval && (
          <span className="text-muted">
            {' '}
            {say('arms-section.to', {
              low: inUnit(score.interval.low, score.unit),
              high: inUnit(score.interval.high, score.unit),
            })}
          </span>
        )}
      </td>
      <td className="num whitespace-nowrap">
        {comparison?.difference == null ? '–' : differenceInUnit(comparison.difference, score?.unit ?? '')}
      </td>
      <td>
        {isReference ? (
          <span className="text-muted">{say('arms-section.reference')}</span>
        ) : (
          comparison && <ComparisonVerdict verdict={comparison.verdict} />
        )}
      </td>
      <td className="wide num">{p === null ? '–' : p < 0.001 ? '< 0.001' : number(p)}</td>
      <td className="wide num whitespace-nowrap">{arm.latencyMs ? duration(arm.latencyMs.p95) : '–'}</td>
      <td className="wide num whitespace-nowrap">{money(arm.costMicroUsd)}</td>
      <td className="wide num">{effort ? number(effort.hours) : '–'}</td>
    </tr>
  )
}

const toneOf = (arm: string): string =>
  arm === 'candidate' ? 'text-candidate' : arm === 'control' ? 'text-control' : ''
