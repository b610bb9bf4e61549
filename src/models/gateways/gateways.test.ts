import { afterAll, expect, test } from 'vitest'
import { stoppedClock } from '../../kernel/time.ts'
import { openDatabase } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'
import { freshEngine } from '../../testing/engine.ts'
import { modelsMigrations } from '../migrations.ts'
import type { GatewayReport } from './contract.ts'
import { createGateways } from './gateways.ts'

const db = openDatabase(await freshEngine())
await migrate(db, [modelsMigrations], stoppedClock())
afterAll(() => db.destroy())

const figures = (underWay: number): Omit<GatewayReport, 'process' | 'at'> => ({
  underWay,
  window: {
    seconds: 10,
    requests: 4,
    cancelled: 1,
    errors: { 'models.upstream-limited': 1 },
    latencyMs: { p50: 20, p95: 30, p99: 31 },
    firstTokenMs: null,
    overheadMs: { p50: 0.2, p95: 0.3, p99: 1 },
    servedBy: { 'a/m': 3 },
    guardrails: { 'mail redacted': 1 },
  },
  perSecond: Array.from({ length: 60 }, () => 0),
  cache: { hits: 1, misses: 2, shared: 0, near: 0, entries: 1, bytes: 900 },
  targets: [
    {
      model: 'a/m',
      breaker: 'open',
      restsMs: 900,
      underWay,
      latencyMs: 20,
      answered: 3,
      failedBy: { 'models.stream-cut': 3 },
    },
  ],
  budgets: [{ provider: 'a', asked: 4, again: 1, refused: 0 }],
  credentials: [],
})

test('each process sees the others by their records, and not those that are silent', async () => {
  const clock = stoppedClock()
  const published: string[] = []
  const open = (process: string, read?: () => Omit<GatewayReport, 'process' | 'at'>) =>
    createGateways({
      db,
      organisation: 'default',
      clock,
      process,
      isShared: true,
      read,
      publish: ({ topic, id }) => void published.push(`${topic} ${id}`),
    })
  let underWay = 2
  const [one, two, api] = [open('one', () => figures(underWay)), open('two', () => figures(0)), open('api')]
  await one.tick()
  await two.tick()
  await api.tick()
  expect((await one.list()).map(({ process, underWay: now }) => [process, now])).toEqual([
    ['one', 2],
    ['two', 0],
  ])
  expect((await api.list()).map(({ process }) => process)).toEqual(['one', 'two'])
  expect((await api.list())[0]?.targets).toMatchObject([{ model: 'a/m', breaker: 'open' }])

  // Told when something changed, and only then.
  await one.tick()
  expect(published).toEqual(['gateway one', 'gateway two'])
  underWay = 3
  await one.tick()
  expect(published.at(-1)).toBe('gateway one')

  await two.close()
  expect((await api.list()).map(({ process }) => process)).toEqual(['one'])
  clock.advance(16_000)
  expect(await api.list()).toEqual([])
})
