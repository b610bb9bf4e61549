/** What a judge favours that people do not: each with its interval against none, and in words. */
import { DotRow } from '../charts/interval.tsx'
import { number, percent, plus } from '../data/format.ts'
import { biasWords } from './judge-words.ts'
import type { Calibration } from './queries.ts'

type Bias = Calibration['result']['bias']

const KINDS: readonly { of: keyof Bias; what: string; question: string; none: number; lack: string }[] = [
  { of: 'position', what: 'what stands first', question: 'Position', none: 0.5, lack: 'it compares no pairs' },
  { of: 'length', what: 'the longer', question: 'Length', none: 0, lack: 'lengths are not known' },
  {
    of: 'selfPreference',
    what: 'its own family',
    question: 'Own family',
    none: 0,
    lack: 'no answer is known to be of its family',
  },
  {
    of: 'format',
    what: 'lists, headings and bold',
    question: 'Format',
    none: 0,
    lack: 'no answer is set in lists or headings',
  },
]

export function BiasTable({ bias }: { bias: Bias }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">favour</th>
          <th scope="col">what it does</th>
          <th scope="col" className="wide">
            beside none
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
                  <span className="text-muted">not measured: {lack}</span>
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
                          label: `${written(value)}, ${written(interval.low)} to ${written(interval.high)}`,
                        },
                      ]}
                    />
                    <span className="whitespace-nowrap text-muted">
                      {written(interval.low)} to {written(interval.high)}
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
            <td className="whitespace-nowrap">Both orders</td>
            <td>says the same in both orders on {percent(bias.consistency.value, 0)}</td>
            <td className="wide" />
            <td className="wide num">{number(bias.consistency.n)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
