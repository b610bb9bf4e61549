/** Arms down, BLEU, chrF and ROUGE across: each figure with its interval, the difference from the reference, the verdict. */
import type { CorpusComparisons } from '../../../sdk/index.ts'
import { DifferenceRow } from '../charts/interval.tsx'
import { number, percent } from '../data/format.ts'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'
import { ComparisonVerdict } from './comparison-verdict.tsx'

type CorpusArm = CorpusComparisons['arms'][number]
type CorpusComparison = CorpusComparisons['comparisons'][number]['comparison'][number]

export function CorpusMatrix({ found, label }: { found: CorpusComparisons; label: (arm: string) => string }) {
  const figures = found.arms[0]?.figures ?? []
  return (
    <>
      <Scrollable className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('corpus-matrix.arm')}</th>
              {figures.map(({ figure }) => (
                <th key={figure} scope="col">
                  {figure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.arms.map((arm) => (
              <tr key={arm.arm}>
                <th scope="row" className="min-w-28 align-top !font-normal !whitespace-normal !text-text">
                  {label(arm.arm)}
                  {arm.arm === found.reference && (
                    <span className="block text-muted">{say('corpus-matrix.reference')}</span>
                  )}
                  <span className="block text-muted">{say('many.answer', { n: arm.n })}</span>
                  {arm.missing > 0 && (
                    <span className="block text-muted">
                      {say('corpus-matrix.without-a-reference', { missing: number(arm.missing) })}
                    </span>
                  )}
                  {arm.errors > 0 && (
                    <span className="block text-fail">
                      {say('corpus-matrix.failed', { errors: number(arm.errors) })}
                    </span>
                  )}
                </th>
                {arm.figures.map((figure, at) => (
                  <td key={figure.figure} className="min-w-52 !align-top">
                    <Cell
                      figure={figure}
                      comparison={found.comparisons.find((one) => one.arm === arm.arm)?.comparison[at]}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <ul className="mt-3 flex flex-col gap-0.5 text-muted">
        {figures.map(({ figure, signature }) => (
          <li key={figure} className="[overflow-wrap:anywhere]">
            {figure}: {signature}
          </li>
        ))}
      </ul>
    </>
  )
}

/** As sacreBLEU prints it, from 0 to 100. */
const points = (value: number): string => number(100 * value)
const signedPoints = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${points(Math.abs(value))}`

function Cell({
  figure: { value, interval },
  comparison,
}: {
  figure: CorpusArm['figures'][number]
  comparison: CorpusComparison | undefined
}) {
  if (value === null) return <span className="text-muted">{say('corpus-matrix.no-answer-with-a-reference')}</span>
  return (
    <div className="py-1">
      <p className="whitespace-nowrap">
        {points(value)}{' '}
        <span className="text-muted">
          {interval
            ? say('corpus-matrix.to', { points: points(interval.low), points2: points(interval.high) })
            : say('corpus-matrix.too-little-for-an-interval')}
        </span>
      </p>
      {comparison && <Difference comparison={comparison} />}
    </div>
  )
}

function Difference({ comparison }: { comparison: CorpusComparison }) {
  const { verdict, difference, interval, margin, neededN, adjustedP, pValue, bootstrap, n } = comparison
  if (difference === null) return <p className="text-muted">{say('corpus-matrix.no-example-that-both-answered')}</p>
  const p = adjustedP ?? pValue
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        <ComparisonVerdict verdict={verdict} />
        <span className="whitespace-nowrap">{signedPoints(difference)}</span>
        {verdict === 'undecided' && neededN !== null && (
          <span className="whitespace-nowrap text-muted">
            {say('corpus-matrix.cases-would-decide', { neededN: number(neededN) })}
          </span>
        )}
      </p>
      {interval && (
        <DifferenceRow
          value={difference}
          low={interval.low}
          high={interval.high}
          margin={margin}
          say={signedPoints}
          width={180}
          most={1}
        />
      )}
      <p className="whitespace-nowrap text-muted">
        {say('many.pair', { n })}
        {p !== null && `, p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}`}
        {bootstrap && say('corpus-matrix.ahead-in-of-draws', { ahead: percent(bootstrap.ahead, 0) })}
      </p>
    </>
  )
}
