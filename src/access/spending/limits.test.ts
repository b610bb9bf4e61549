import { afterAll, expect, test } from 'vitest'
import { type MicroUsd, NOTHING } from '../../kernel/money.ts'
import { secureBytes, seededRandom } from '../../kernel/random.ts'
import { Secret } from '../../kernel/secret.ts'
import { DAY, MINUTE, SECOND, stoppedClock } from '../../kernel/time.ts'
import { openAccessStore } from '../access.example.ts'
import { type Access, createAccess } from '../index.ts'

const { newId, store, opened } = await openAccessStore(afterAll)

let organisations = 0
async function open({ organisation = `org-${++organisations}`, clock = stoppedClock() } = {}) {
  const published: unknown[] = []
  const access = await createAccess({
    db: store.db,
    clock,
    newId,
    random: secureBytes,
    masterKey: new Secret('the master key'),
    organisation,
    publicUrl: () => 'http://127.0.0.1:4400',
    publish: (event) => published.push(event),
  })
  opened.push(access)
  const by = access.systemActor
  const reserve = (cost: string, more: { key?: string; requests?: number } = {}) =>
    access.limits.reserve({ application: 'helper', key: null, costMicroUsd: cost as MicroUsd, ...more })
  return { access, clock, organisation, by, reserve, published }
}

const granted = (reservation: ReturnType<Access['limits']['reserve']>) => {
  if (reservation.kind !== 'granted') throw new Error(reservation.message)
  return reservation
}

test('a request past the cap of a minute is refused with the limit, what was found and when it opens', async () => {
  const { access, clock, by, reserve } = await open()
  await access.limits.set('helper', { requestsPerMinute: 2, by })
  granted(reserve('0'))
  clock.advance(10 * SECOND)
  granted(reserve('0'))
  const refused = reserve('0')
  expect(refused).toMatchObject({
    kind: 'refused',
    limit: { scope: 'application', name: 'helper', kind: 'requests-per-minute', cap: 2 },
    found: 2,
    opensAt: '2026-03-01T00:01:01.000Z',
  })
  expect(access.limits.status('helper').requests).toEqual({ inLastMinute: 2, share: 1, state: 'reached' })
  clock.advance(51 * SECOND - 1)
  expect(reserve('0').kind).toBe('refused')
  clock.advance(1)
  granted(reserve('0'))
  expect(reserve('0').kind).toBe('refused')
  clock.advance(2 * MINUTE)
  expect(access.limits.status('helper').requests.inLastMinute).toBe(0)
})

test('no sixty seconds of random traffic let more requests through than the limit says', async () => {
  const { access, clock, by, reserve } = await open()
  await access.limits.set('helper', { requestsPerMinute: 50, by })
  const random = seededRandom(7)
  const times: number[] = []
  let refusals = 0
  for (let i = 0; i < 5000; i++) {
    clock.advance(Math.floor(random() * 1500))
    const reservation = reserve('0')
    if (reservation.kind === 'granted') times.push(Date.parse(clock()))
    else {
      refusals++
      expect(Date.parse(reservation.opensAt)).toBeGreaterThan(Date.parse(clock()))
    }
  }
  expect(refusals).toBeGreaterThan(1000)
  for (const [i, at] of times.entries())
    expect((times[i + 50] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThan(60_000)
})

test('money never passes the cap, whatever is under way at once', async () => {
  const { access, by, reserve } = await open()
  await access.limits.set('helper', { costMicroUsdPerMonth: '1000' as MicroUsd, requestsPerMinute: null, by })
  const random = seededRandom(3)
  const under: ReturnType<typeof granted>[] = []
  let refusals = 0
  for (let i = 0; i < 3000; i++) {
    const reservation = reserve('7.5')
    if (reservation.kind === 'granted') under.push(reservation)
    else refusals++
    if (random() < 0.4) under.splice(Math.floor(random() * under.length), 1)[0]?.settle('0.333333' as MicroUsd)
    const { spentMicroUsd, reservedMicroUsd } = access.limits.status('helper').cost
    expect(Number(spentMicroUsd) + Number(reservedMicroUsd)).toBeLessThanOrEqual(1000)
  }
  expect(refusals).toBeGreaterThan(100)
  for (const reservation of under) reservation.settle(NOTHING)
  expect(access.limits.status('helper').cost.reservedMicroUsd).toBe('0')
})

test('a refusal for money says whether to wait for the month or for requests under way', async () => {
  const { access, by, reserve } = await open()
  await access.limits.set('helper', { costMicroUsdPerMonth: '100' as MicroUsd, by })
  const first = granted(reserve('60'))
  expect(reserve('60')).toMatchObject({
    kind: 'refused',
    limit: { kind: 'cost-per-month', cap: '100' },
    found: '60',
    opensAt: '2026-03-01T00:00:01.000Z',
  })
  first.settle('50' as MicroUsd)
  first.settle('50' as MicroUsd)
  const refused = reserve('50.000001')
  expect(refused).toMatchObject({ kind: 'refused', found: '50', opensAt: '2026-04-01T00:00:00.000Z' })
  expect(refused.kind === 'refused' && refused.message).toContain('$0.00005 is spent')
  granted(reserve('50')).settle('50' as MicroUsd)
  granted(reserve('0'))
})

test('the status warns from 80 % and the change is published', async () => {
  const { access, by, reserve, published } = await open()
  await access.limits.set('helper', { costMicroUsdPerMonth: '100' as MicroUsd, by })
  published.length = 0
  granted(reserve('79.999999')).settle('79.999999' as MicroUsd)
  expect(access.limits.status('helper').cost.state).toBe('ok')
  granted(reserve('1')).settle('0.000001' as MicroUsd)
  expect(access.limits.status('helper').cost).toMatchObject({ state: 'near', share: 0.8 })
  granted(reserve('20')).settle('20' as MicroUsd)
  expect(access.limits.status('helper').cost.state).toBe('reached')
  expect(published).toEqual(Array(2).fill({ topic: 'limits', id: 'helper', application: 'helper' }))
})

test('a key has its own caps beside those of its application, and a refusal takes from neither', async () => {
  const { access, by } = await open()
  const { key } = await access.createKey({ name: 'probe', role: 'builder', limits: { requestsPerMinute: 1 }, by })
  const ask = { application: 'helper', key: key.id, costMicroUsd: '1' as MicroUsd }
  granted(access.limits.reserve(ask))
  expect(access.limits.reserve(ask)).toMatchObject({ kind: 'refused', limit: { scope: 'key', name: key.id, cap: 1 } })
  expect(access.limits.status('helper')).toMatchObject({
    requests: { inLastMinute: 1 },
    cost: { reservedMicroUsd: '1' },
  })
})

test('spend survives a restart to the last pico-dollar, and the next month starts at nothing', async () => {
  const first = await open()
  const { organisation, clock } = first
  for (const cost of ['1.000001', '2.5']) granted(first.reserve('10')).settle(cost as MicroUsd)
  await first.access.limits.flush()
  granted(first.reserve('10')).settle('0.499999' as MicroUsd)
  await first.access.close()
  const again = await open({ organisation, clock })
  expect(again.access.limits.status('helper').cost.spentMicroUsd).toBe('4')
  const late = granted(again.reserve('10'))
  clock.advance(31 * DAY)
  late.settle('6' as MicroUsd)
  expect(again.access.limits.status('helper').cost).toMatchObject({
    month: '2026-04',
    spentMicroUsd: '0',
    reservedMicroUsd: '0',
  })
  await again.access.close()
  expect((await open({ organisation })).access.limits.status('helper').cost.spentMicroUsd).toBe('10')
})
