/** Time passes by hand here: what fails is sent again over three days. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { HOUR, MINUTE, SECOND, stoppedClock } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import { isSigned, openReceiver } from '../testing/webhook-receiver.ts'
import type { Caller } from '../wire/caller.ts'
import { createWebhooks, webhooksMigrations } from './index.ts'

const receiver = await openReceiver()
const { received, replies, address } = receiver
beforeEach(() => receiver.forget())

const clock = stoppedClock()
const newId = createIds({ clock, random: secureBytes })
const engine = await freshEngine()
const jobs = new Map<string, { run: () => Promise<void>; state: 'queued' | 'succeeded' }>()
let handler: (run: { job: { input: Record<string, unknown> }; signal: AbortSignal }) => Promise<unknown> =
  async () => {}
const store = await openStore({
  folder: mkdtempSync(join(tmpdir(), 'airworthy-webhooks-')),
  migrations: [webhooksMigrations],
  clock,
  newId,
  onJobChange: () => {},
  engine,
  queueSchema: 'queue_webhooks_test',
})
afterAll(async () => {
  await store.close()
  receiver.close()
})
const slow = createWebhooks({
  db: store.db,
  jobs: {
    handle: (_kind, given) => {
      handler = given as unknown as typeof handler
    },
    async enqueue(_tx, { key = '', input }) {
      if (!jobs.has(key)) {
        const job = { state: 'queued' as 'queued' | 'succeeded', run: async () => {} }
        job.run = async () => {
          await handler({ job: { input }, signal: new AbortController().signal })
          job.state = 'succeeded'
        }
        jobs.set(key, job)
      }
      return { state: jobs.get(key)?.state } as never
    },
    async forget(_kind, key) {
      jobs.delete(key)
    },
  },
  clock,
  newId,
  random: secureBytes,
  masterKey: new Secret('a master key of this test alone'),
  organisation: 'default',
  publish: () => {},
  record: async () => {},
  report: (thrown) => {
    throw thrown
  },
})
const owner = { actor: newId('act'), application: null } as unknown as Caller
const work = async () => {
  for (const job of [...jobs.values()]) if (job.state === 'queued') await job.run()
}
/** Lets so much time pass, looks for what is due, and does it. */
const after = async (ms: number) => {
  clock.advance(ms)
  await slow.tick()
  await work()
}
const settings = { url: address, description: '', events: [], application: null }
const promoted = { actor: owner.actor, action: 'delivery.promote', subject: 'rel_1', application: 'shop' }

test('what fails is sent again under the same id with a new time, until it is taken', async () => {
  const { webhook, secret } = await slow.create(settings, owner)
  replies.push({ status: 500 }, { status: 503, headers: { 'retry-after': '3600' } }, { status: 200 })
  await inTransaction(store.db, (tx) => slow.note(tx, promoted))
  await work()
  await after(4 * SECOND)
  expect(received).toHaveLength(1)
  await after(2 * SECOND)
  expect(received).toHaveLength(2)
  await after(30 * MINUTE)
  expect(received, 'the receiver asked for an hour').toHaveLength(2)
  await after(HOUR)
  expect(received).toHaveLength(3)
  await after(24 * HOUR)
  expect(received).toHaveLength(3)
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3)
  for (const one of received) expect(isSigned(one, secret.reveal())).toBe(true)
  const [delivery] = await slow.deliveries(webhook.id, { cursor: undefined, state: undefined, limit: 10 }, owner)
  expect(delivery).toMatchObject({
    state: 'delivered',
    attempts: [{ status: 500, error: 'The receiver answered 500.' }, { status: 503 }, { status: 200, error: null }],
  })
  await slow.remove(webhook.id, owner)
})

test('after three days it is given up and can be sent again by hand; a change that is undone is not told', async () => {
  const { webhook } = await slow.create({ ...settings, url: 'http://127.0.0.1:1/' }, owner)
  await inTransaction(store.db, async (tx) => {
    await slow.note(tx, promoted)
    throw new Error('undone')
  }).catch(() => {})
  jobs.clear()
  const log = () => slow.deliveries(webhook.id, { cursor: undefined, state: undefined, limit: 10 }, owner)
  expect(await log()).toEqual([])
  await inTransaction(store.db, (tx) => slow.note(tx, promoted))
  await work()
  for (let n = 0; n < 12; n += 1) await after(27 * HOUR)
  const [failed] = await log()
  expect(failed).toMatchObject({ state: 'failed', nextAt: null })
  expect(failed?.attempts).toHaveLength(10)
  expect(failed?.attempts[0]).toMatchObject({ status: null, error: expect.stringContaining('ECONNREFUSED') })
  await slow.change(webhook.id, { url: address }, owner)
  if (failed) await slow.redeliver(failed.id, owner)
  await work()
  expect(received).toHaveLength(1)
  await slow.remove(webhook.id, owner)
})

test('a receiver that is gone switches its webhook off; switched on, what waits is sent', async () => {
  const { webhook } = await slow.create(settings, owner)
  replies.push({ status: 410 })
  await slow.test(webhook.id, owner)
  await work()
  expect((await slow.list(owner))[0]).toMatchObject({ enabled: false, disabledBecause: expect.stringContaining('410') })
  await slow.change(webhook.id, { enabled: true }, owner)
  replies.push({ status: 500 })
  await slow.test(webhook.id, owner)
  await work()
  await slow.change(webhook.id, { enabled: false }, owner)
  await after(HOUR)
  expect(received).toHaveLength(2)
  expect(await slow.change(webhook.id, { enabled: true }, owner)).toMatchObject({ disabledBecause: null })
  await after(SECOND)
  expect(received).toHaveLength(3)
  await slow.remove(webhook.id, owner)
})

test('secrets are sealed at rest', async () => {
  const { secret } = await slow.create(settings, owner)
  const { rows } = await sql<{ row: string }>`select webhooks::text as row from webhooks`.execute(store.db)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.row).not.toContain(secret.reveal().slice('whsec_'.length))
})
