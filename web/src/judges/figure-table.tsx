/** How often a judge is right: each figure with what it means, its interval and its n. */
import type { ReactNode } from 'react'
import { DotRow } from '../charts/interval.tsx'
import { number, percent } from '../data/format.ts'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
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
            <th scope="col">{say('figure-table.question')}</th>
            <th scope="col" className="num">
              {say('figure-table.answer')}
            </th>
            <th scope="col" className="wide">
              <Term of="interval">{say('figure-table.interval')}</Term>
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
            question={<Term of="sensitivity">{say('figure-table.of-the-good-answers-how-many-does')}</Term>}
            note={say('figure-table.a-gate-asks-for-at-least-at', { share: share(BAR) })}
          />
          <Row
            figure={result.specificity}
            say={share}
            domain={[0, 1]}
            question={<Term of="specificity">{say('figure-table.of-the-bad-answers-how-many-does')}</Term>}
            note={say('figure-table.a-gate-asks-for-at-least-at', { share: share(BAR) })}
          />
          <Row
            figure={result.accuracy}
            say={share}
            domain={[0, 1]}
            question={say('figure-table.how-often-does-it-say-what-people')}
          />
          <Row
            figure={result.kappaWithPeople}
            say={plain}
            domain={[-0.2, 1]}
            question={<Term of="agreement">{say('figure-table.how-far-does-it-agree-with-people')}</Term>}
            note={say('figure-table.1-is-always-0-is-chance')}
          />
          <Row
            figure={result.alpha.value === null ? result.kappa : result.alpha}
            say={plain}
            domain={[-0.2, 1]}
            question={<Term of="agreement">{say('figure-table.how-far-do-people-agree-with-each')}</Term>}
            note={say('figure-table.no-judge-can-be-held-to-more')}
          />
        </tbody>
      </table>
      <p className="prose-width mt-3 text-muted">
        {say('figure-table.people-called-good-and-bad-the-judge', {
          positives: number(counts.positives),
          negatives: number(counts.negatives),
          truePositive: number(counts.truePositive),
          trueNegative: number(counts.trueNegative),
          unreadable:
            result.unreadable > 0 &&
            say('figure-table.verdicts-could-not-be-read-they-count', { unreadable: number(result.unreadable) }),
          unsettled:
            result.unsettled > 0 &&
            say('figure-table.on-people-differ-and-nobody-decided-they', { unsettled: number(result.unsettled) }),
        })}
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
      ? say('figure-table.at-least', { written: written(interval.low) })
      : `${written(interval.low)} to ${written(interval.high)}`)
  return (
    <tr>
      <td>
        {question}
        {note && <span className="block text-muted">{note}</span>}
      </td>
      <td className="num whitespace-nowrap">
        {value === null ? <span className="text-muted">{say('figure-table.not-known')}</span> : written(value)}
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
              title={say('figure-table.interval-sided', {
                share: share(interval.level),
                method: interval.method,
                sides: interval.sides,
              })}
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
