/** What a judge favours that people do not: each with its interval against none, and in words. */
import { DotRow } from '../charts/interval.tsx'
import { number, percent, plus } from '../data/format.ts'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { biasWords } from './judge-words.ts'
import type { Calibration } from './queries.ts'

type Bias = Calibration['result']['bias']

const KINDS: readonly { of: keyof Bias; what: string; question: string; none: number; lack: string }[] = [
  {
    of: 'position',
    what: say('bias-table.what-stands-first'),
    question: say('bias-table.position'),
    none: 0.5,
    lack: say('bias-table.it-compares-no-pairs'),
  },
  {
    of: 'length',
    what: say('bias-table.the-longer'),
    question: say('bias-table.length'),
    none: 0,
    lack: say('bias-table.lengths-are-not-known'),
  },
  {
    of: 'selfPreference',
    what: say('bias-table.its-own-family'),
    question: say('bias-table.own-family'),
    none: 0,
    lack: say('bias-table.no-answer-is-known-to-be-of'),
  },
  {
    of: 'format',
    what: say('bias-table.lists-headings-and-bold'),
    question: say('bias-table.format'),
    none: 0,
    lack: say('bias-table.no-answer-is-set-in-lists-or'),
  },
]

export function BiasTable({ bias }: { bias: Bias }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('bias-table.favour')}</th>
          <th scope="col">{say('bias-table.what-it-does')}</th>
          <th scope="col" className="wide">
            {say('bias-table.beside-none')}
          </th>
          <th scope="col" className="wide num">
            n
          </th>
        </tr>
      </thead>
      <tbody>
        {KINDS.map(({ of, what, question, none, lack }) => {
          const { value, interval, n } = bias[of]
          const written = (one: number) => plus(percent(one - none, 0))
          return (
            <tr key={of}>
              <td className="whitespace-nowrap">{question}</td>
              <td>
                {value === null ? (
                  <span className="text-muted">{sayWith('bias-table.not-measured', { lack })}</span>
                ) : (
                  biasWords(bias[of], none, what)
                )}
              </td>
              <td className="wide">
                {value !== null && interval && (
                  <span className="flex items-center gap-3">
                    <DotRow
                      domain={[-0.5, 0.5]}
                      dots={[
                        {
                          value: value - none,
                          low: interval.low - none,
                          high: interval.high - none,
                          color: 'var(--text)',
                          label: say('bias-table.to', {
                            written: written(value),
                            written2: written(interval.low),
                            written3: written(interval.high),
                          }),
                        },
                      ]}
                    />
                    <span className="whitespace-nowrap text-muted">
                      {sayWith('bias-table.to-2', { written: written(interval.low), written2: written(interval.high) })}
                    </span>
                  </span>
                )}
              </td>
              <td className="wide num">{number(n)}</td>
            </tr>
          )
        })}
        {bias.consistency.value !== null && (
          <tr>
            <td className="whitespace-nowrap">{say('bias-table.both-orders')}</td>
            <td>{say('bias-table.says-the-same-in-both-orders-on', { value: percent(bias.consistency.value, 0) })}</td>
            <td className="wide" />
            <td className="wide num">{number(bias.consistency.n)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
