/** How often a judge is right: each figure with what it means, its interval and its n. */
import type { ReactNode } from 'react'
import { DotRow } from '../charts/interval.tsx'
import { number, percent } from '../data/format.ts'
import { Term } from '../ui/term.tsx'
import type { Calibration, Figure } from './queries.ts'

/** What the catalogue asks of a judge (`eval.judgecal`). */
const BAR = 0.75

export function FigureTable({ result }: { result: Calibration['result'] }) {
  const { counts } = result
  return (
    <>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">question</th>
            <th scope="col" className="num">
              answer
            </th>
            <th scope="col" className="wide">
              <Term of="interval">interval</Term>
            </th>
            <th scope="col" className="wide num">
              <Term of="n">n</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          <Row
            figure={result.sensitivity}
            say={share}
            domain={[0, 1]}
            question={<Term of="sensitivity">Of the good answers, how many does it call good?</Term>}
            note={`a gate asks for at least ${share(BAR)} at the low end`}
          />
          <Row
            figure={result.specificity}
            say={share}
            domain={[0, 1]}
            question={<Term of="specificity">Of the bad answers, how many does it call bad?</Term>}
            note={`a gate asks for at least ${share(BAR)} at the low end`}
          />
          <Row figure={result.accuracy} say={share} domain={[0, 1]} question="How often does it say what people say?" />
          <Row
            figure={result.kappaWithPeople}
            say={plain}
            domain={[-0.2, 1]}
            question={<Term of="agreement">How far does it agree with people, beyond chance?</Term>}
            note="1 is always, 0 is chance"
          />
          <Row
            figure={result.alpha.value === null ? result.kappa : result.alpha}
            say={plain}
            domain={[-0.2, 1]}
            question={<Term of="agreement">How far do people agree with each other?</Term>}
            note="no judge can be held to more than this"
          />
        </tbody>
      </table>
      <p className="prose-width mt-3 text-muted">
        People called {number(counts.positives)} good and {number(counts.negatives)} bad. The judge called{' '}
        {number(counts.truePositive)} of the good ones good and {number(counts.trueNegative)} of the bad ones bad.
        {result.unreadable > 0 && ` ${number(result.unreadable)} verdicts could not be read; they count as wrong.`}
        {result.unsettled > 0 &&
          ` On ${number(result.unsettled)} people differ and nobody decided; they count for nothing.`}
      </p>
    </>
  )
}

function Row({
  figure: { value, interval, n },
  question,
  note,
  say: written,
  domain,
}: {
  figure: Figure
  question: ReactNode
  note?: string
  say: (value: number) => string
  domain: readonly [number, number]
}) {
  const words =
    interval &&
    (interval.sides === 1
      ? `at least ${written(interval.low)}`
      : `${written(interval.low)} to ${written(interval.high)}`)
  return (
    <tr>
      <td>
        {question}
        {note && <span className="block text-muted">{note}</span>}
      </td>
      <td className="num whitespace-nowrap">
        {value === null ? <span className="text-muted">not known</span> : written(value)}
        {words && <span className="block text-muted md:hidden">{words}</span>}
      </td>
      <td className="wide">
        {value !== null && interval && words && (
          <span className="flex items-center gap-3">
            <DotRow
              domain={domain}
              dots={[
                {
                  value,
                  low: interval.low,
                  high: interval.sides === 1 ? value : interval.high,
                  color: 'var(--text)',
                  label: words,
                },
              ]}
            />
            <span
              className="whitespace-nowrap text-muted"
              title={`${share(interval.level)} interval, ${interval.method}, ${interval.sides}-sided`}
            >
              {words}
            </span>
          </span>
        )}
      </td>
      <td className="wide num">{number(n)}</td>
    </tr>
  )
}

const share = (value: number): string => percent(value, 0)
const plain = (value: number): string => number(value, 2)
