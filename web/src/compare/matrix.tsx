/** Arms down, evaluators across: each score with n and interval, the difference from the reference, and the verdict. */
import type { ArmsComparison, ComparedArm, Comparison } from '../../../sdk/index.ts'
import { DifferenceRow } from '../charts/interval.tsx'
import { differenceInUnit, duration, inUnit, money, number } from '../data/format.ts'
import { ComparisonVerdict } from '../evals/comparison-verdict.tsx'
import { costOfCase } from '../evals/cost-of-case.ts'
import { TextLink } from '../ui/button.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'
import { comparisonOf } from './compare-words.ts'

type Props = { found: ArmsComparison; evaluators: readonly string[]; labels: ReadonlyMap<string, string> }

export function Matrix({ found, evaluators, labels }: Props) {
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('matrix.arm')}</th>
            {evaluators.map((evaluator) => (
              <th key={evaluator} scope="col" className={evaluator === found.primary ? 'text-text' : ''}>
                {evaluator}
                {evaluator === found.primary && (
                  <span className="font-normal text-muted"> {say('matrix.decides')}</span>
                )}
              </th>
            ))}
            <th scope="col" className="num">
              {say('matrix.time-p95')}
            </th>
            <th scope="col" className="num">
              {say('matrix.cost-of-a-case')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.arms.map((arm) => (
            <tr key={arm.id}>
              <th scope="row" className="min-w-28 align-top !font-normal !whitespace-normal !text-text">
                <TextLink href={`/experiments/${arm.experiment}`}>{labels.get(arm.id)}</TextLink>
                {arm.id === found.reference && <span className="block text-muted">{say('matrix.reference')}</span>}
                {arm.failed > 0 && (
                  <span className="block text-fail">{say('matrix.failed', { failed: number(arm.failed) })}</span>
                )}
              </th>
              {evaluators.map((evaluator) => (
                <td key={evaluator} className="min-w-52 !align-top">
                  <Cell arm={arm} evaluator={evaluator} comparison={comparisonOf(found, arm.id, evaluator)} />
                </td>
              ))}
              <td className="num !align-top whitespace-nowrap">{arm.latencyMs ? duration(arm.latencyMs.p95) : '–'}</td>
              <td className="num !align-top whitespace-nowrap">{moneyOf(costOfCase(arm))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}

function Cell({
  arm,
  evaluator,
  comparison,
}: {
  arm: ComparedArm
  evaluator: string
  comparison: Comparison | undefined
}) {
  const score = arm.scores.find((one) => one.evaluator === evaluator)
  if (score?.mean == null) return <span className="text-muted">{say('matrix.not-scored')}</span>
  const { unit, mean, interval, n } = score
  return (
    <div className="py-1">
      <p className="whitespace-nowrap">
        {inUnit(mean, unit)}{' '}
        <span className="text-muted">
          {interval && say('matrix.to', { low: inUnit(interval.low, unit), high: inUnit(interval.high, unit) })}n{' '}
          {number(n)}
        </span>
      </p>
      {comparison && <Difference comparison={comparison} unit={unit} />}
    </div>
  )
}

function Difference({ comparison, unit }: { comparison: Comparison; unit: string }) {
  const { verdict, difference, interval, margin, neededN, adjustedP, pValue } = comparison
  const written = (value: number) => differenceInUnit(value, unit)
  const p = adjustedP ?? pValue
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <ComparisonVerdict verdict={verdict} />
        {difference !== null && (
          <span className="whitespace-nowrap" title={`${comparison.method}${p === null ? '' : `, p ${number(p)}`}`}>
            {written(difference)}
          </span>
        )}
        {verdict === 'undecided' && neededN !== null && (
          <span className="whitespace-nowrap text-muted">
            {say('matrix.cases-would-decide', { neededN: number(neededN) })}
          </span>
        )}
      </p>
      {difference !== null && interval && (
        <DifferenceRow
          value={difference}
          low={interval.low}
          high={interval.high}
          margin={margin}
          say={written}
          width={180}
          {...(unit === 'share' && { most: 1 })}
        />
      )}
    </>
  )
}

const moneyOf = (cost: number | null): string => money(cost === null ? null : String(cost))
