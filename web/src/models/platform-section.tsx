/** Platforms beside each other: who runs them, where, in which calls, at what price, and how they did here. */
import { useQuery } from '@tanstack/react-query'
import { duration, number, percent } from '../data/format.ts'
import { platforms } from '../data/model-queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'

const RUNS = { inside: 'this program', own: 'your network', others: 'others' } as const

export function PlatformSection() {
  const items = useQuery(platforms).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section
      title="Platforms"
      count={items.length}
      note={
        <a className="underline" href="/api/v1/platforms/paper?format=csv">
          as a table
        </a>
      }
    >
      <div className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">platform</th>
              <th scope="col">run by</th>
              <th scope="col">region</th>
              <th scope="col" className="text-right">
                models
              </th>
              <th scope="col" className="text-right">
                from $ per million
              </th>
              <th scope="col" className="text-right">
                asked in 28 days
              </th>
              <th scope="col" className="text-right">
                failed
              </th>
              <th scope="col" className="text-right">
                usual time
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.provider}>
                <th scope="row" className="text-left font-normal">
                  {one.provider} {!one.works && <Tag>not set up</Tag>}
                  {one.host && <div className="text-muted">{one.host}</div>}
                </th>
                <td>{RUNS[one.runs]}</td>
                <td>{one.region ?? <span className="text-muted">not named</span>}</td>
                <td className="text-right">{number(one.models)}</td>
                <td className="text-right">
                  {one.cheapestUsdPerMillion === null
                    ? 'unknown'
                    : String(Number(one.cheapestUsdPerMillion.toPrecision(3)))}
                </td>
                <td className="text-right">{number(one.requests)}</td>
                <td className="text-right">{one.errorShare === null ? '' : percent(one.errorShare)}</td>
                <td className="text-right">{one.latencyP50Ms === null ? '' : duration(one.latencyP50Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
