/** The figures of a piece of evidence, none of them naked: value, interval, n. */
import type { Evidence, Fact } from '../../../sdk/index.ts'
import { IntervalFigure } from '../charts/interval.tsx'
import { differenceInUnit, inUnit, number } from '../data/format.ts'
import { say } from '../words/say.ts'

export function FactTable({ facts }: { facts: Evidence['facts'] }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('fact-table.fact')}</th>
          <th scope="col" className="num">
            {say('fact-table.value')}
          </th>
          <th scope="col" className="wide">
            {say('fact-table.interval')}
          </th>
          <th scope="col" className="num">
            n
          </th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(facts).map(([name, fact]) => (
          <tr key={name}>
            <td>{name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}</td>
            <td className="num">{valueWords(name, fact)}</td>
            <td className="wide">
              {fact.interval && typeof fact.value === 'number' ? (
                <IntervalFigure value={fact.value} interval={fact.interval} say={sayer(name, fact)} />
              ) : (
                <span className="text-faint">–</span>
              )}
            </td>
            <td className="num">{fact.n === undefined ? <span className="text-faint">–</span> : number(fact.n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function valueWords(name: string, fact: Fact): string {
  const { value } = fact
  if (value === null) return say('fact-table.not-known')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? sayer(name, fact)(value) : value
}

/** A difference has a sign, and between shares it is in percentage points. */
const sayer =
  (name: string, { unit = '' }: Fact) =>
  (value: number): string =>
    name.startsWith('difference') ? differenceInUnit(value, unit) : inUnit(value, unit)
