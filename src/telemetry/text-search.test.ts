/** A search says how far it looked, and pages lead through everything, however little each of them looks at. */
import { afterAll, expect, test } from 'vitest'
import { later, stoppedClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { freshEngine } from '../testing/engine.ts'
import { lineOf } from './line.ts'
import { telemetryMigrations } from './migrations.ts'
import { example } from './settled.example.ts'
import { addTraces } from './store.ts'
import { searchText } from './text-search.ts'

const clock = stoppedClock()
const engine = await freshEngine()
afterAll(() => engine.close())
const db = openDatabase(engine)
await migrate(db, [telemetryMigrations], clock)

/** The newest first; every seventh speaks of a parcel. */
const events = Array.from({ length: 40 }, (_, n) =>
  example({
    at: later(clock(), -1000 * Math.floor(n / 2)),
    application: n < 20 ? 'shop' : 'helpdesk',
    output: n % 7 === 3 ? 'Your Parcel is on its way.' : 'Nothing of the kind.',
  }),
)
await addTraces(db, events.map(lineOf))
const expected = (application?: string) =>
  events
    .filter((event) => event.output.includes('Parcel') && (!application || event.application === application))
    .sort((one, other) => (one.at === other.at ? (one.traceId < other.traceId ? 1 : -1) : one.at < other.at ? 1 : -1))
    .map(({ traceId }) => traceId)

async function pagesOf(text: string, limit: number, options: { atOnce: number }, application?: string) {
  const pages: string[][] = []
  let cursor: Awaited<ReturnType<typeof searchText>>['next']
  do {
    const page = await searchText(
      db,
      { text, filter: application ? { application } : {}, cursor, limit },
      { ...options, longestMs: 0 },
    )
    pages.push(page.items.map(({ traceId }) => traceId))
    cursor = page.next
  } while (cursor)
  return pages
}

test.for([
  [1, 1],
  [1, 5],
  [2, 8],
  [3, 7],
  [50, 40],
  [2, 1000],
] as const)('pages of %i that look at %i at once find every trace once, in order', async ([limit, atOnce]) => {
  const pages = await pagesOf('pARCEL', limit, { atOnce })
  expect(pages.flat()).toEqual(expected())
  expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit)
})

test('what is nowhere ends with an empty page, and other filters hold', async () => {
  const pages = await pagesOf('nobody said this', 10, { atOnce: 15 })
  expect(pages).toEqual([[], [], []])
  expect((await pagesOf('parcel', 10, { atOnce: 15 }, 'helpdesk')).flat()).toEqual(expected('helpdesk'))
})
