/** The figures of a piece of evidence, none of them naked: value, interval, n. */
import type { Evidence, Fact } from '../../../sdk/index.ts'
import { IntervalFigure } from '../charts/interval.tsx'
import { differenceInUnit, inUnit, number } from '../data/format.ts'

export function FactTable({ facts }: { facts: Evidence['facts'] }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">fact</th>
          <th scope="col" className="num">
            value
          </th>
          <th scope="col" className="wide">
            interval
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
                <IntervalFigure value={fact.value} interval={fact.interval} unit={fact.unit ?? ''} />
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

function valueWords(name: string, { value, unit }: Fact): string {
  if (value === null) return 'not known'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number' && name.startsWith('difference')) return differenceInUnit(value, unit ?? '')
  return typeof value === 'number' ? inUnit(value, unit ?? '') : value
}
