/** S2.24 · Usage from sums is the usage of every request, whatever came late, was priced anew or was taken away. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { microUsd } from '../../kernel/money.ts'
import { HOUR, type Instant, later, MINUTE, stoppedClock } from '../../kernel/time.ts'
import { openDatabase } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'
import { freshEngine } from '../../testing/engine.ts'
import { cases } from '../../testing/properties.ts'
import type { Caller } from '../../wire/caller.ts'
import { telemetryMigrations } from '../migrations.ts'
import { example } from '../settled.example.ts'
import type { Settled } from '../settled.ts'
import { addTraces, findTrace, own } from '../store.ts'
import { createUsage } from '../usage/usage.ts'
import type { UsageGroup } from '../usage-contract.ts'
import { createRollUp } from './index.ts'

/** The evening of a day, a whole one, and the first hours of the next. */
const START = '2026-03-01T22:00:00.000Z' as Instant
const HOURS = 29
/** Hours in which something happens: at both ends of each day, and within the whole one. */
const BUSY = [0, 1, 2, 13, 25, 26, 27, 28]
/** Two of the hours are not over, or have just been. */
const clock = stoppedClock(later(START, (HOURS - 1) * HOUR + 5 * MINUTE))
const db = openDatabase(await freshEngine())
await migrate(db, [telemetryMigrations], clock)
afterAll(() => db.destroy())
const usage = createUsage({ db, clock })
const rollUp = createRollUp({
  db,
  clock,
  report: (thrown) => {
    throw thrown
  },
})
const caller = { application: null } as Caller

type Kept = Pick<Settled, 'traceId' | 'at' | 'application' | 'release' | 'servedBy' | 'status' | 'user' | 'metadata'> &
  Pick<Settled, 'costMicroUsd' | 'latencyMs' | 'usage' | 'charges' | 'abstained' | 'keyId' | 'steps'>
const KEYS: Readonly<Record<UsageGroup, (kept: Kept) => string | null>> = {
  application: ({ application }) => application,
  key: ({ keyId }) => keyId,
  team: ({ metadata }) => metadata.team ?? null,
  user: ({ user }) => user,
  feature: ({ metadata }) => metadata.feature ?? null,
  model: ({ servedBy }) => servedBy,
  release: ({ release }) => release,
  day: ({ at }) => at.slice(0, 10),
}
const GROUPS = Object.keys(KEYS) as UsageGroup[]

/** The slow way: every request, added up one by one. */
function inFull(kept: readonly Kept[]) {
  const isUnpriced = ({ costMicroUsd, usage: used }: Kept) =>
    costMicroUsd === null && used.inputTokens + used.outputTokens > 0
  const sum = (of: (one: Kept) => number) => kept.reduce((all, one) => all + of(one), 0)
  const given = kept.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'cache'))
  const saved = given.map(({ attributes }) => attributes['airworthy.cache.saved_micro_usd'] as string | null)
  const priced = saved.filter((cost) => cost !== null)
  const latencies = kept.filter(({ status }) => status === 'complete').map(({ latencyMs }) => latencyMs)
  return {
    requests: kept.length,
    errors: sum(({ status }) => Number(status === 'errored')),
    cancelled: sum(({ status }) => Number(status === 'cancelled')),
    abstained: sum(({ abstained }) => Number(abstained)),
    inputTokens: sum(({ usage: used }) => used.inputTokens),
    outputTokens: sum(({ usage: used }) => used.outputTokens),
    cacheReadTokens: sum(({ usage: used }) => used.cacheReadTokens ?? 0),
    costMicroUsd: String(sum(({ costMicroUsd }) => Number(costMicroUsd ?? 0))),
    priced: sum(({ costMicroUsd }) => Number(costMicroUsd !== null)),
    unpriced: sum((one) => Number(isUnpriced(one))),
    unpricedTokens: sum((one) => (isUnpriced(one) ? one.usage.inputTokens + one.usage.outputTokens : 0)),
    keptAnswers: given.length,
    keptByMeaning: given.filter(({ attributes }) => attributes['airworthy.cache'] === 'near').length,
    keptShare: kept.length === 0 ? null : given.length / kept.length,
    savedMicroUsd:
      saved.length > 0 && priced.length === 0 ? null : String(priced.reduce((all, cost) => all + Number(cost), 0)),
    savedUnpriced: saved.length - priced.length,
    latencyP50Ms: quantile(latencies, 0.5),
    latencyP95Ms: quantile(latencies, 0.95),
  }
}

function quantile(values: readonly number[], p: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const at = p * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low === undefined || high === undefined ? null : low + (at - Math.floor(at)) * (high - low)
}

const one = <Value>(...values: Value[]) => fc.constantFrom(...values)
const anInstant = fc
  .tuple(one(...BUSY), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => later(START, hour * HOUR + minute * MINUTE))
const aTrace = fc
  .record({
    at: anInstant,
    application: one('shop', 'desk', null),
    keyId: one('key_1', 'key_2', null),
    release: one(null),
    servedBy: one('acme/a', 'acme/b'),
    status: one<Settled['status']>('complete', 'complete', 'errored', 'cancelled'),
    user: one('ada', 'bob', null),
    team: one<string | undefined>('red', undefined),
    cost: one<number | null>(0, 3, 7, null),
    latencyMs: fc.integer({ min: 1, max: 1000 }),
    tokens: fc.nat(9),
    cached: one<number | undefined>(undefined, 2),
    abstained: fc.boolean(),
    kept: one<[how: string, saved: string | null] | undefined>(
      undefined,
      undefined,
      ['hit', '5'],
      ['shared', '2'],
      ['near', '4'],
      ['hit', null],
    ),
  })
  .map(({ team, cost, tokens, cached, kept, ...rest }): Settled => {
    const used = {
      ...{ inputTokens: tokens, outputTokens: tokens, estimated: false },
      ...(cached !== undefined && { cacheReadTokens: cached }),
    }
    return example({
      ...rest,
      rollout: null,
      metadata: team === undefined ? {} : { team },
      costMicroUsd: cost === null ? null : microUsd(BigInt(cost) * 1_000_000n),
      usage: used,
      charges: [{ model: 'acme/a', at: rest.at, usage: used }],
      steps: kept ? [given(rest.at, ...kept)] : [],
    })
  })
const given = (startedAt: Instant, how: string, saved: string | null): Settled['steps'][number] => ({
  ...{ id: 'cache', name: `cache ${how}`, kind: 'cache', startedAt, durationMs: 0, error: null },
  attributes: { 'airworthy.cache': how, 'airworthy.cache.saved_micro_usd': saved },
})
const aDeed = fc.oneof(
  fc.record({ kind: fc.constant('come' as const), traces: fc.array(aTrace, { minLength: 1, maxLength: 6 }) }),
  fc.record({
    kind: fc.constant('change' as const),
    how: one<'go' | 'dearer' | 'later'>('go', 'dearer', 'later'),
    which: fc.nat(),
  }),
  fc.record({ kind: fc.constant('rollUp' as const) }),
  fc.record({
    kind: fc.constant('ask' as const),
    by: fc.uniqueArray(one(...GROUPS), { minLength: 1, maxLength: 2 }),
    // Days end where hours do.
    times: fc.tuple(
      fc.oneof(anInstant, one(later(START, 2 * HOUR))),
      fc.oneof(anInstant, one(later(START, 26 * HOUR))),
    ),
    application: one<'shop' | undefined>('shop', undefined),
  }),
)

test('whatever happens to traces, usage is the same as added up request by request', async () => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(fc.array(aDeed, { minLength: 4, maxLength: 14 }), async (deeds) => {
      await sql`delete from traces`.execute(db)
      const kept = new Map<string, Kept>()
      for (const deed of [...deeds, { kind: 'rollUp' as const }, wholeTime])
        if (deed.kind === 'come') {
          await addTraces(
            db,
            deed.traces.map((trace) => JSON.stringify(trace)),
          )
          for (const trace of deed.traces) kept.set(trace.traceId, trace)
        } else if (deed.kind === 'rollUp') await rollUp.rollUp()
        else if (deed.kind === 'change') {
          const some = [...kept.values()][deed.which % Math.max(1, kept.size)]
          if (some) await change(some, deed.how, kept)
        } else {
          asked += 1
          await expectSame(deed, [...kept.values()])
        }
    }),
    cases(12),
  )
  expect(asked).toBeGreaterThan(12)
})

/** As data is deleted, a cost computed again, and a late span moves the beginning of its trace into another hour. */
async function change(some: Kept, how: 'go' | 'dearer' | 'later', kept: Map<string, Kept>): Promise<void> {
  const mine = own(db)
  if (how === 'go') {
    kept.delete(some.traceId)
    await mine.deleteFrom('traces').where('traceId', '=', some.traceId).execute()
    return
  }
  const to = how === 'dearer' ? { costMicroUsd: microUsd(11_000_000n) } : { at: START }
  kept.set(some.traceId, { ...some, ...to })
  await mine.updateTable('traces').set(to).where('traceId', '=', some.traceId).execute()
}

const wholeTime = {
  kind: 'ask' as const,
  by: ['application', 'team'] as UsageGroup[],
  times: [later(START, -HOUR), later(START, HOURS * HOUR)] as [Instant, Instant],
  application: undefined,
}

async function expectSame(
  {
    by,
    times,
    application,
  }: { by: readonly UsageGroup[]; times: readonly Instant[]; application?: string | undefined },
  all: readonly Kept[],
): Promise<void> {
  const [since = START, until = START] = [...times].sort()
  const query = { by: [...by], since, until, ...(application && { application }) }
  const found = await usage.count({ caller, query: query as never })
  const bare = await usage.count({ caller, query: { ...query, latencies: 'false' } as never })
  expect(bare).toEqual({ ...found, total: unranked(found.total), items: found.items.map(unranked) })
  const meant = all.filter(
    (trace) =>
      trace.at >= since && trace.at < until && (application === undefined || trace.application === application),
  )
  const groups = Map.groupBy(meant, (trace) => JSON.stringify(by.map((group) => KEYS[group](trace))))
  const { cacheReadTokens: _, ...total } = inFull(meant)
  expect(found.total).toEqual(total)
  expect(new Map(found.items.map((row) => [JSON.stringify(by.map((group) => row.group[group])), row]))).toEqual(
    new Map([...groups].map(([key, some]) => [key, expect.objectContaining(inFull(some))])),
  )
}

const unranked = <Row>(row: Row) => ({ ...row, latencyP50Ms: null, latencyP95Ms: null })

test('days that are over have sums, and a trace that comes, changes or goes takes those of its day with it', async () => {
  await sql`delete from traces`.execute(db)
  const noon = later(START, 14 * HOUR)
  const [first, late] = [example({ at: noon, user: 'ada' }), example({ at: later(noon, 3 * HOUR), user: 'bob' })]
  const keep = (trace: Settled) => addTraces(db, [JSON.stringify(trace)])
  const mine = own(db)
  const deeds = [
    () => keep(late),
    () => mine.updateTable('traces').set({ user: 'cy' }).where('traceId', '=', first.traceId).execute(),
    () => mine.deleteFrom('traces').where('traceId', '=', first.traceId).execute(),
  ]
  const users = async () =>
    (
      await sql<{ user: string }>`select "user" from usage_day_sums where apart = 'everything' order by 1`.execute(db)
    ).rows.map(({ user }) => user)
  const seen: string[][] = []
  await keep(first)
  for (const deed of deeds) {
    await rollUp.rollUp()
    seen.push(await users())
    await deed()
    expect(await users()).toEqual([])
  }
  expect(seen).toEqual([['ada'], ['ada', 'bob'], ['bob', 'cy']])
})

test('hours that are over have sums, and a trace that goes takes those of its hour with it', async () => {
  await sql`delete from traces`.execute(db)
  const [early, late] = [example({ at: START, user: 'ada' }), example({ at: later(START, 28 * HOUR), user: 'bob' })]
  await addTraces(
    db,
    [early, late].map((trace) => JSON.stringify(trace)),
  )
  await rollUp.rollUp()
  const users = async () =>
    (await sql<{ user: string }>`select "user" from usage_sums order by 1`.execute(db)).rows.map(({ user }) => user)
  expect(await users()).toEqual(['ada'])
  expect(await rollUp.rollUp()).toBe(0)
  await own(db).deleteFrom('traces').where('traceId', '=', early.traceId).execute()
  expect(await users()).toEqual([])
  expect(await findTrace(db, late.traceId)).toBeDefined()
})
