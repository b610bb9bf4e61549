/** Platforms beside each other: who runs them, where, in which calls, at what price, and how they did here. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { duration, number, percent } from '../data/format.ts'
import { platforms } from '../data/model-queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const RUNS = {
  inside: say('platform-section.this-program'),
  own: say('platform-section.your-network'),
  others: 'others',
} as const

export function PlatformSection() {
  const items = useQuery(platforms).data?.items ?? []
  const [isWhole, setWhole] = useState(false)
  if (items.length === 0) return null
  const ready = items.filter(({ works }) => works)
  const shown = isWhole ? [...ready, ...items.filter(({ works }) => !works)] : ready
  return (
    <Section
      title={say('platform-section.platforms')}
      count={items.length}
      note={
        <a className="underline" href="/api/v1/platforms/paper?format=csv">
          {say('platform-section.as-a-table')}
        </a>
      }
    >
      <Scrollable className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('platform-section.platform')}</th>
              <th scope="col">{say('platform-section.run-by')}</th>
              <th scope="col">{say('platform-section.region')}</th>
              <th scope="col" className="num">
                {say('platform-section.models')}
              </th>
              <th scope="col" className="num">
                {say('platform-section.from-per-million')}
              </th>
              <th scope="col" className="num">
                {say('platform-section.asked-in-28-days')}
              </th>
              <th scope="col" className="num">
                {say('platform-section.failed')}
              </th>
              <th scope="col" className="num">
                {say('platform-section.usual-time')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.provider}>
                <th scope="row" className="text-left font-normal">
                  {one.provider} {!one.works && <Tag>{say('platform-section.not-set-up')}</Tag>}
                  {one.host && <div className="text-muted">{one.host}</div>}
                </th>
                <td>{RUNS[one.runs]}</td>
                <td>{one.region ?? <span className="text-muted">{say('platform-section.not-named')}</span>}</td>
                <td className="num">{number(one.models)}</td>
                <td className="num">
                  {one.cheapestUsdPerMillion === null
                    ? say('platform-section.unknown')
                    : String(Number(one.cheapestUsdPerMillion.toPrecision(3)))}
                </td>
                <td className="num">{number(one.requests)}</td>
                <td className="num">{one.errorShare === null ? '' : percent(one.errorShare)}</td>
                <td className="num">{one.latencyP50Ms === null ? '' : duration(one.latencyP50Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      {shown.length < items.length && (
        <div className="mt-3">
          <Button onClick={() => setWhole(true)}>
            {sayWith('platform-section.show-that-is-not-set-up-show', {
              platforms: say('many.platform', { n: items.length - shown.length }),
              n: items.length - shown.length,
            })}
          </Button>
        </div>
      )}
    </Section>
  )
}
