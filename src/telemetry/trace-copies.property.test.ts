/** A trace has the same row, whichever way it goes into the table. */

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { freshEngine } from '../testing/engine.ts'
import { cases } from '../testing/properties.ts'
import { wholeLine } from './asked.ts'
import { createInsert } from './insert.ts'
import { lineOf } from './line.ts'
import { telemetryMigrations } from './migrations.ts'
import { createRecorder } from './recorder.ts'
import { example, hexOf } from './settled.example.ts'
import type { Settled } from './settled.ts'
import { copiesOf } from './trace-copies.ts'

const db = openDatabase(await freshEngine())
await migrate(db, [telemetryMigrations], systemClock)
afterAll(() => db.destroy())
const { insert, copy } = createInsert(db)

/** Whatever marks something in a line, and what no table takes. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\', '\\.', '\\N', '\n', '\r', '\t', '\u0000', '\ud800', '"', '{', '\u0001', '\u2028', '😀', ''),
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const long = fc.tuple(text, fc.nat(300)).map(([one, times]) => one.repeat(times))
const change = fc.record({
  application: fc.option(text),
  requestedModel: text,
  user: fc.option(text),
  output: long,
  input: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant', 'system'), content: long }), { maxLength: 3 }),
  metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), text),
  rollout: fc.constantFrom(null, example().rollout),
  remoteParent: fc.constantFrom(null, { traceId: hexOf(16), spanId: hexOf(8) }),
  costMicroUsd: fc.constantFrom(null, '0', '12.500001'),
  latencyMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
  firstTokenMs: fc.option(fc.nat()),
  httpStatus: fc.constantFrom(200, 499),
})

const MANY = 40

const rowOf = async (traceId: string): Promise<unknown> => {
  const { rows } = await sql<object>`select *, null as trace_id from traces where trace_id = ${traceId}`.execute(db)
  return rows[0]
}

test('a copied trace is the inserted one', async () => {
  await fc.assert(
    fc.asyncProperty(change, fc.boolean(), async (changed, isLarge) => {
      const event = example(changed as Partial<Settled>)
      const body = Buffer.from(JSON.stringify({ messages: event.input }))
      const asked = isLarge ? { call: 'chat' as const, body } : undefined
      const record = { line: lineOf(isLarge ? { ...event, input: [] } : event), asked }
      const [one] = copiesOf([record], 1)
      if (!one) throw new Error('nothing was copied')
      await copy(one)
      const copied = await rowOf(event.traceId)
      await sql`delete from traces where trace_id = ${event.traceId}`.execute(db)
      await insert([wholeLine(record)])
      expect(copied).toEqual(await rowOf(event.traceId))
      expect(copied).toBeDefined()
    }),
    cases(60),
  )
})

test('copies hold as many traces as they may, and one that is there already spoils its own alone', async () => {
  const [first, second, third] = [example(), example(), example()]
  const copies = copiesOf(
    [first, second, third].map((event) => ({ line: lineOf(event) })),
    2,
  )
  expect(copies.map(({ traces }) => traces)).toEqual([2, 1])
  await insert([lineOf(second)])
  await expect(copy(copies[0] as (typeof copies)[0])).rejects.toMatchObject({ code: '23505' })
  await copy(copies[1] as (typeof copies)[0])
  expect(await Promise.all([first, second, third].map(({ traceId }) => rowOf(traceId)))).toEqual([
    undefined,
    expect.anything(),
    expect.anything(),
  ])
})

test('many requests of the spool come in by copy, and line by line where one of them is there already', async () => {
  const copied: number[] = []
  const recorder = await createRecorder({
    folder: await mkdtemp(join(tmpdir(), 'airworthy-copies-')),
    clock: systemClock,
    insert,
    copy(one) {
      copied.push(one.traces)
      return copy(one)
    },
    onIngested() {},
  })
  const body = Buffer.from('{"messages":[{"role":"user","content":"Where is it?"}]}')
  for (const isThere of [false, true]) {
    const events = Array.from({ length: MANY }, (_, n) => example(n === 0 ? { input: [] } : {}))
    const [large, known] = events as [Settled, Settled]
    if (isThere) await insert([lineOf(known)])
    recorder.settleAll(events.map((event, n) => ({ event, asked: n === 0 ? { call: 'chat', body } : undefined })))
    await recorder.drain()
    for (const { traceId } of events) expect(await rowOf(traceId)).toBeDefined()
    expect(await rowOf(large.traceId)).toMatchObject({ question: 'Where is it?' })
  }
  expect(copied).toEqual([MANY, MANY])
  expect(recorder.status()).toMatchObject({ state: 'ok', ingested: 2 * MANY, spooled: 0, rejected: 0 })
  await recorder.close()
})
