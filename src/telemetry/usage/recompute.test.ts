import { afterAll, expect, test } from 'vitest'
import { digestOf } from '../../kernel/digest.ts'
import { microUsd } from '../../kernel/money.ts'
import { systemClock } from '../../kernel/time.ts'
import { openDatabase } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'
import { freshEngine } from '../../testing/engine.ts'
import type { Caller } from '../../wire/caller.ts'
import { telemetryMigrations } from '../migrations.ts'
import { example } from '../settled.example.ts'
import { addTraces } from '../store.ts'
import { createRecompute } from './recompute.ts'

const db = openDatabase(await freshEngine())
await migrate(db, [telemetryMigrations], systemClock)
afterAll(() => db.destroy())

const caller = (application: string | null) => ({ application }) as Caller
const usage = { inputTokens: 2, outputTokens: 1, estimated: false, raw: { prompt_tokens: 2 } }
const book = { name: 'book', digest: digestOf('a book') }
const lost = { name: 'lost', digest: digestOf('a book that nobody kept') }
const charged = (costMicroUsd: string | null, change = {}) =>
  example({
    costMicroUsd: costMicroUsd === null ? null : microUsd(BigInt(costMicroUsd) * 1_000_000n),
    priceBook: book,
    charges: [{ model: 'acme/m', at: systemClock(), usage }],
    ...change,
  })
/** Three micro-dollars for what has a price. */
const recompute = createRecompute({
  db,
  clock: systemClock,
  costUnder: async (digest, charges) =>
    digest === book.digest
      ? charges.map(({ model }) => (model === 'acme/m' ? microUsd(3_000_000n) : null))
      : 'unknown-book',
})

test('old requests are computed again page by page, and only those that come to something else are named', async () => {
  const wrong = charged('4')
  const unkept = charged('3', { priceBook: lost, application: 'shop' })
  const free = charged(null)
  const unpriced = charged(null, { charges: [{ model: 'acme/new', at: systemClock(), usage }] })
  const without = example({ charges: [] })
  const events = [charged('3'), wrong, unkept, free, unpriced, without]
  await addTraces(
    db,
    events.map((event) => JSON.stringify(event)),
  )
  const found: Awaited<ReturnType<typeof recompute>>[] = []
  for (let cursor: string | undefined; found.at(-1)?.next !== null; cursor = found.at(-1)?.next ?? undefined)
    found.push(await recompute({ caller: caller(null), query: { limit: 2, cursor } }))
  const sum = (name: 'checked' | 'agrees' | 'differs' | 'cannot') => found.reduce((all, one) => all + one[name], 0)
  expect([sum('checked'), sum('agrees'), sum('differs'), sum('cannot')]).toEqual([5, 2, 2, 1])
  const named = Object.fromEntries(found.flatMap(({ items }) => items).map((one) => [one.traceId, one]))
  expect(named).toMatchObject({
    [wrong.traceId]: { again: 'differs', costMicroUsd: '4', againMicroUsd: '3', models: ['acme/m'] },
    // Unknown is not the same as three.
    [free.traceId]: { again: 'differs', costMicroUsd: null, againMicroUsd: '3' },
    [unkept.traceId]: { again: 'cannot', priceBook: lost, application: 'shop' },
  })
  const own = await recompute({ caller: caller('shop'), query: { limit: 10 } })
  expect(own).toMatchObject({ checked: 1, cannot: 1, next: null })
  await expect(recompute({ caller: caller('shop'), query: { limit: 10, application: 'other' } })).rejects.toMatchObject(
    { code: 'access.other-application' },
  )
})
