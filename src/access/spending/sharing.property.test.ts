/** Four processes share one cap through one database: what they let through, with cancels and one that dies. */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type MicroUsd, microUsd, NOTHING } from '../../kernel/money.ts'
import { secureBytes, seededRandom } from '../../kernel/random.ts'
import { Secret } from '../../kernel/secret.ts'
import { MINUTE, SECOND, stoppedClock } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { cases } from '../../testing/properties.ts'
import { openAccessStore } from '../access.example.ts'
import { type Access, createAccess, type Reservation, type ReserveAsk } from '../index.ts'

const { newId, store, opened } = await openAccessStore(afterAll)

type Granted = Extract<Reservation, { kind: 'granted' }>
type Clock = ReturnType<typeof stoppedClock>
let organisations = 0

/**
 * One process; `isCut` takes its database away, as for one that was killed: nothing of it is written any more. `slow` is
 * what its next writes wait for.
 */
async function process({ organisation, clock }: { organisation: string; clock: Clock }) {
  const line = { isCut: false, slow: undefined as Promise<void> | undefined, reports: [] as unknown[] }
  const db = new Proxy(store.db, {
    get(target, name) {
      if (line.isCut) throw new Error('the database is away')
      const value = Reflect.get(target, name)
      const { slow } = line
      if (name === 'transaction' && slow)
        return () => ({
          execute: async (work: Parameters<ReturnType<Database['transaction']>['execute']>[0]) => {
            await slow
            return target.transaction().execute(work)
          },
        })
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) as Database
  const access = await createAccess({
    db,
    clock,
    newId,
    random: secureBytes,
    masterKey: new Secret('the master key'),
    organisation,
    publicUrl: () => 'http://127.0.0.1:4400',
    publish: () => {},
    hasOthers: true,
    report: (thrown) => line.isCut || line.reports.push(thrown),
  })
  opened.push(access)
  /** Once more after more of the cap was asked for; the gateway tries a second time. */
  async function reserve(ask: Partial<ReserveAsk> = {}): Promise<Reservation> {
    const whole = { application: 'helper', key: null, costMicroUsd: NOTHING, ...ask }
    const first = access.limits.reserve(whole)
    if (first.kind === 'granted' || !first.isShort) return first
    await access.limits.refill()
    return access.limits.reserve(whole)
  }
  return { access, reserve, line }
}

async function processes(count: number) {
  const organisation = `sharing-${++organisations}`
  const clock = stoppedClock()
  const all: Awaited<ReturnType<typeof process>>[] = []
  for (let i = 0; i < count; i++) all.push(await process({ organisation, clock }))
  const [first] = all
  if (!first) throw new Error('no process')
  async function set(
    change: Parameters<Access['limits']['set']>[1] extends infer Change ? Omit<Change & object, 'by'> : never,
  ) {
    await first?.access.limits.set('helper', { ...change, by: first.access.systemActor })
    for (const { access } of all) await access.reload()
  }
  return { all, clock, set }
}

const CAP = 500_000n
const SLICE = CAP / 20n

test('four processes with 200 streams, cancels and one that is killed pass a cap by one slice at most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const random = seededRandom(seed)
      const { all, clock, set } = await processes(4)
      await set({ costMicroUsdPerMonth: microUsd(CAP * 1_000_000n), requestsPerMinute: null, concurrentRequests: null })
      const dies = Math.floor(random() * 300)
      const under: { by: number; upper: number; reservation: Granted }[] = []
      let spent = 0n
      let granted = 0
      let refusals = 0
      let dead = -1
      for (let step = 0; step < 600; step++) {
        if (step === dies) {
          dead = Math.floor(random() * 4)
          const victim = all[dead]
          if (victim) victim.line.isCut = true
          // What was under way there went on at the provider, and was paid for in full.
          for (const { by, upper } of under) if (by === dead) spent += BigInt(upper)
          under.splice(0, under.length, ...under.filter(({ by }) => by !== dead))
        }
        const burst = 1 + Math.floor(random() * 12)
        await Promise.all(
          Array.from({ length: burst }, async () => {
            const by = Math.floor(random() * 4)
            if (by === dead || under.length >= 200) return
            const upper = 50 + Math.floor(random() * 900)
            const reservation = await all[by]?.reserve({ costMicroUsd: String(upper) as MicroUsd })
            if (reservation?.kind === 'granted') {
              granted++
              under.push({ by, upper, reservation })
            } else refusals++
          }),
        )
        for (let i = 0; i < burst && under.length > 0; i++) {
          const [ended] = under.splice(Math.floor(random() * under.length), 1)
          if (!ended) break
          // A third is cancelled before anything was used.
          const actual = random() < 0.33 ? 0 : Math.floor(ended.upper * (0.5 + random() / 2))
          ended.reservation.settle(String(actual) as MicroUsd)
          spent += BigInt(actual)
        }
        if (step % 20 === 0) {
          clock.advance(SECOND)
          for (const [index, { access }] of all.entries()) if (index !== dead) await access.limits.flush()
        }
        expect(spent, `seed ${seed}`).toBeLessThanOrEqual(CAP + SLICE)
      }
      for (const { upper, reservation } of under.splice(0)) {
        reservation.settle(String(upper) as MicroUsd)
        spent += BigInt(upper)
      }
      expect(spent, `seed ${seed}`).toBeLessThanOrEqual(CAP + SLICE)
      expect(granted).toBeGreaterThan(500)
      // What the dead one held is given away in the end, and what is left of the cap can be used to its last slice.
      clock.advance(12 * MINUTE)
      for (let round = 0; round < 3; round++)
        for (const [index, { access }] of all.entries()) if (index !== dead) await access.limits.flush()
      const alive = all[(dead + 1) % 4]
      for (let i = 0; i < 4000; i++) {
        const reservation = await alive?.reserve({ costMicroUsd: '1000' as MicroUsd })
        if (reservation?.kind !== 'granted') break
        reservation.settle('1000' as MicroUsd)
        spent += 1000n
      }
      expect(spent, `seed ${seed}`).toBeLessThanOrEqual(CAP + SLICE)
      expect(spent, `seed ${seed}`).toBeGreaterThan(CAP - SLICE)
      expect(refusals).toBeGreaterThan(0)
      expect(all.flatMap(({ line }) => line.reports)).toEqual([])
    }),
    cases(3),
  )
}, 300_000)

test('a cap of one request is one request for all processes together, and comes back', async () => {
  const { all, clock, set } = await processes(3)
  await set({ requestsPerMinute: 1 })
  const answers = await Promise.all(all.map(({ reserve }) => reserve()))
  expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1)
  expect(answers.find(({ kind }) => kind === 'refused')).toMatchObject({ limit: { kind: 'requests-per-minute' } })
  clock.advance(62 * SECOND)
  for (let i = 0; i < 3; i++) for (const { access } of all) await access.limits.flush()
  expect((await all[2]?.reserve())?.kind).toBe('granted')
})

test('what was reserved and not used comes back, to every process', async () => {
  const { all, clock, set } = await processes(2)
  await set({ costMicroUsdPerMonth: '100' as MicroUsd })
  const [one, other] = all
  const held = await one?.reserve({ costMicroUsd: '100' as MicroUsd })
  expect(held?.kind).toBe('granted')
  expect(await other?.reserve({ costMicroUsd: '100' as MicroUsd })).toMatchObject({ kind: 'refused' })
  if (held?.kind === 'granted') held.settle('1' as MicroUsd)
  clock.advance(SECOND)
  for (let i = 0; i < 4; i++) await one?.access.limits.flush()
  expect(await other?.reserve({ costMicroUsd: '99' as MicroUsd })).toMatchObject({ kind: 'granted' })
})

test('calls under way at once are counted over all processes, and those of a dead one come back', async () => {
  const { all, clock, set } = await processes(2)
  await set({ concurrentRequests: 2, onAuthorityAway: 'refuse' })
  const [one, other] = all
  expect((await one?.reserve())?.kind).toBe('granted')
  expect((await one?.reserve())?.kind).toBe('granted')
  expect(await other?.reserve()).toMatchObject({ kind: 'refused', limit: { kind: 'concurrent-requests' } })
  if (one) one.line.isCut = true
  clock.advance(16 * SECOND)
  expect((await other?.reserve())?.kind).toBe('granted')
})

test.for([
  { onAuthorityAway: null, money: 'refused', requests: 'granted' },
  { onAuthorityAway: 'allow', money: 'granted', requests: 'granted' },
  { onAuthorityAway: 'refuse', money: 'refused', requests: 'refused' },
] as const)(
  'without the database a slice is used up, and then $onAuthorityAway: money $money, requests $requests',
  async ({ onAuthorityAway, money, requests }) => {
    const { all, set } = await processes(1)
    await set({ costMicroUsdPerMonth: '1000' as MicroUsd, requestsPerMinute: 100, onAuthorityAway })
    const [one] = all
    for (let i = 0; i < 3; i++) {
      const held = await one?.reserve({ costMicroUsd: '20' as MicroUsd })
      if (held?.kind === 'granted') held.settle('20' as MicroUsd)
    }
    await one?.access.limits.flush()
    if (one) one.line.isCut = true
    expect((await one?.reserve({ costMicroUsd: '20' as MicroUsd }))?.kind).toBe('granted')
    expect((await one?.reserve({ costMicroUsd: '500' as MicroUsd }))?.kind).toBe(money)
    const rates = await Promise.all(Array.from({ length: 20 }, () => one?.reserve()))
    expect(rates.at(-1)?.kind).toBe(requests)
    if (one) one.line.isCut = false
  },
)

test('while the database is slow each process lets one slice through beyond its share, and money waits', async () => {
  const { all, clock, set } = await processes(3)
  await set({ requestsPerMonth: 100, requestsPerMinute: null, costMicroUsdPerMonth: '1000' as MicroUsd })
  const answering = Promise.withResolvers<void>()
  for (const { line } of all) line.slow = answering.promise
  const money = all[0]?.reserve({ costMicroUsd: '20' as MicroUsd })
  // Nobody has a share yet, so each first request waits; what follows finds that the database is slow.
  const first = await Promise.all(all.map(({ reserve }) => reserve()))
  expect(first.map(({ kind }) => kind)).toEqual(['granted', 'granted', 'granted'])
  const letThrough = all.map(({ access }) => {
    const ask = { application: 'helper', key: null, costMicroUsd: NOTHING }
    const rest = Array.from({ length: 100 }, () => access.limits.reserve(ask))
    expect(rest.at(-1)).toMatchObject({ kind: 'refused', isShort: true, message: expect.stringContaining('answered') })
    return 1 + rest.filter(({ kind }) => kind === 'granted').length
  })
  expect(letThrough).toEqual([5, 5, 5])
  expect(await money).toMatchObject({ kind: 'refused', isShort: true })

  // Now it answers: what went through is known to all, and the rest of the cap is there for them.
  answering.resolve()
  for (const { line } of all) line.slow = undefined
  let granted = 15
  for (let round = 0; round < 12; round++) {
    clock.advance(SECOND)
    for (const { access } of all) await access.limits.flush()
    for (let i = 0; i < 40; i++) for (const { reserve } of all) if ((await reserve()).kind === 'granted') granted += 1
  }
  // On a busy database an answer may be late again: then each takes at most its part of what was left by then.
  expect(granted).toBeGreaterThanOrEqual(100)
  expect(granted).toBeLessThanOrEqual(105)

  // Nobody has written down anything, so each knows of the others by what the database said last: nothing is left.
  const never = Promise.withResolvers<void>()
  for (const { line } of all) line.slow = never.promise
  clock.advance(SECOND)
  const late = await Promise.all(all.map(({ reserve }) => reserve()))
  expect(late).toEqual(all.map(() => expect.objectContaining({ kind: 'refused', isShort: true })))
  never.resolve()
})

test('nobody is refused while a cap has room, however the asking falls among the writes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const { all, set } = await processes(2)
      await set({ requestsPerMinute: 60_000, costMicroUsdPerMonth: '1000000000' as MicroUsd })
      const random = seededRandom(seed)
      const answers: Promise<Reservation | undefined>[] = []
      for (let i = 0; i < 800; i++) {
        const costMicroUsd = String(1 + Math.floor(random() * 3000)) as MicroUsd
        answers.push(Promise.resolve(all[i % 2]?.reserve({ costMicroUsd })))
        if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 4))
      }
      expect((await Promise.all(answers)).filter((answer) => answer?.kind !== 'granted')).toEqual([])
    }),
    cases(4),
  )
}, 120_000)
