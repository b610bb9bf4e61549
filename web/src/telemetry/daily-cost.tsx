/** What each day cost, as bars; a day opens its requests. The table by day beside it says the same in figures. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { money } from '../data/format.ts'
import type { UsageRow } from '../data/shapes.ts'
import { Section } from '../ui/page.tsx'
import { Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { spent } from './usage-lead.tsx'
import { type UsageFilter, usage } from './usage-queries.ts'
import { requestsOf } from './usage-table.tsx'
import type { UsageTime } from './usage-time.ts'

const HEIGHT = 120
const GAP = 0.2
/** Narrower bars are hard to hit; the table by day leads to the same requests. */
const MOST_LINKS = 31

export function DailyCost({ time, filter }: { time: UsageTime; filter: UsageFilter }) {
  const query = useQuery(usage('day', { since: time.since, until: time.until }, filter))
  if (!query.data) return <Waiting rows={5} />
  const ofDay = new Map(query.data.items.map((row) => [row.group.day ?? '', row]))
  const most = Math.max(1e-6, ...query.data.items.map(({ costMicroUsd }) => Number(costMicroUsd)))
  const hasUnpriced = query.data.total.unpriced > 0
  return (
    <Section
      title={say('daily-cost.by-day')}
      note={hasUnpriced ? say('daily-cost.days-of-utc-a-mark-above-a') : say('daily-cost.days-of-utc-a-bar-opens-its')}
    >
      <div className="relative">
        <span className="absolute top-0 left-0 text-[0.75rem] text-muted">{money(String(most))}</span>
        <ol className="flex items-end border-b border-line pt-5" aria-label={say('daily-cost.cost-of-each-day')}>
          {time.days.map((day) => (
            <Bar key={day} day={day} row={ofDay.get(day)} most={most} of={time.days.length} />
          ))}
        </ol>
        <div className="flex justify-between pt-1 text-[0.75rem] text-muted">
          <span>{time.days[0]}</span>
          <span>{time.days.at(-1)}</span>
        </div>
      </div>
    </Section>
  )
}

function Bar({ day, row, most, of }: { day: string; row: UsageRow | undefined; most: number; of: number }) {
  const height = row ? Math.max(row.requests > 0 ? 1.5 : 0, (Number(row.costMicroUsd) / most) * HEIGHT) : 0
  const words = row
    ? `${day}: ${spent(row)}, ${say('many.request', { n: row.requests })}${unpricedWords(row)}`
    : `${day}: nothing`
  const picture = (
    <svg viewBox={`0 0 10 ${HEIGHT + 10}`} preserveAspectRatio="none" className="block h-32 w-full" aria-hidden>
      <rect x={0} y={0} width={10} height={HEIGHT + 10} className="fill-transparent group-hover:fill-hover" />
      <rect
        x={(10 * GAP) / 2}
        y={HEIGHT + 10 - height}
        width={10 * (1 - GAP)}
        height={height}
        className="fill-accent"
      />
      {row !== undefined && row.unpriced > 0 && (
        <rect x={3} y={HEIGHT + 10 - height - 6} width={4} height={3.5} className="fill-stale" />
      )}
    </svg>
  )
  return (
    <li className="min-w-0 flex-1" style={{ maxWidth: of < 10 ? '6rem' : undefined }}>
      {row && of <= MOST_LINKS ? (
        <>
          <Link href={requestsOf(row) ?? '/traces'} title={words} aria-label={words} className="group hidden md:block">
            {picture}
          </Link>
          <span className="block md:hidden">{picture}</span>
        </>
      ) : (
        <span title={words} className="group block">
          <span className="sr-only">{words}</span>
          {picture}
        </span>
      )}
    </li>
  )
}

const unpricedWords = ({ unpriced }: UsageRow): string =>
  unpriced > 0 ? say('daily-cost.without-a-known-price', { unpriced }) : ''
