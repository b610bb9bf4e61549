/**
 * Four real processes share one cap over a real PostgreSQL, with 200 streams at once, cancels, and one of them killed
 * by SIGKILL, by seed. `AIRWORTHY_TEST_SEEDS=10` walks that often.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { seededRandom } from '../kernel/random.ts'
import { type RunningPostgres, startPostgres, whyNoPostgres } from '../testing/postgres.ts'
import type { SpendingAnswer, SpendingAsk } from '../testing/spending-process.ts'

const PROGRAM = fileURLToPath(new URL('../testing/spending-process.ts', import.meta.url))
const SEEDS = readConfig().testSeeds ?? 1
const CAP = 200_000
/** What a process may hold ahead of need. */
const SLICE = CAP / 20
const STREAMS = 200
const missing = whyNoPostgres()
const home = mkdtempSync(join(tmpdir(), 'airworthy-caps-'))
let postgres: RunningPostgres

beforeAll(async () => {
  if (!missing) postgres = await startPostgres()
}, 120_000)
afterAll(async () => {
  await postgres?.close()
  rmSync(home, { recursive: true, force: true })
})

type Without<Ask> = Ask extends unknown ? Omit<Ask, 'id'> : never

/** Answers that do not come, because it was killed, are undefined. */
async function begin(organisation: string, name: string) {
  const child: ChildProcess = fork(PROGRAM, [postgres.url, organisation, join(home, organisation, name)])
  const waiting = new Map<number, (value: unknown) => void>()
  let last = 0
  child.on('message', ({ id, value }: SpendingAnswer) => {
    waiting.get(id)?.(value)
    waiting.delete(id)
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const resolve of waiting.values()) resolve(undefined)
      waiting.clear()
      resolve()
    })
  })
  await new Promise((ready) => waiting.set(0, ready))
  return {
    isDead: () => child.exitCode !== null || child.signalCode !== null,
    async ask(message: Without<SpendingAsk>): Promise<{ id: number; value: unknown }> {
      const id = ++last
      if (!child.connected) return { id, value: undefined }
      const value = await new Promise((resolve) => {
        waiting.set(id, resolve)
        child.send({ ...message, id }, () => {})
      })
      return { id, value }
    },
    async kill(signal: NodeJS.Signals) {
      child.kill(signal)
      await gone
    },
  }
}
type Process = Awaited<ReturnType<typeof begin>>

test.skipIf(missing)(
  `four processes, one of which is killed, pass a cap by one slice at most, and what it had settled is counted${missing ? `: ${missing}` : ''}`,
  async () => {
    for (let seed = 1; seed <= SEEDS; seed++) await live(seed)
  },
  60_000 + SEEDS * 60_000,
)

async function live(seed: number): Promise<void> {
  const organisation = `caps-${seed}`
  const random = seededRandom(seed)
  const names = ['one', 'two', 'three', 'four']
  const all: Process[] = [await begin(organisation, 'one')]
  all.push(...(await Promise.all(names.slice(1).map((name) => begin(organisation, name)))))
  await all[0]?.ask({ ask: 'cap', micro: String(CAP) })
  await Promise.all(all.map((one) => one.ask({ ask: 'reload' })))

  const victim = Math.floor(random() * 4)
  const dies = 150 + Math.floor(random() * 250)
  const sums = { spent: 0, told: 0, untold: 0, lost: 0 }
  let grants = 0
  let refusals = 0

  /** One stream after the other, at whichever process; a third is given up, and has cost a little. */
  async function user(): Promise<void> {
    while (refusals < STREAMS) {
      const one = all[Math.floor(random() * 4)]
      if (!one || one.isDead()) continue
      const upper = 50 + Math.floor(random() * 900)
      const { id, value } = await one.ask({ ask: 'reserve', upper: String(upper) })
      if (value === undefined) {
        // Nobody knows whether it was let through; then its answer is paid for.
        sums.lost += upper
        continue
      }
      if (value !== true) {
        refusals++
        continue
      }
      if (++grants === dies) void all[victim]?.kill('SIGKILL')
      await new Promise((passed) => setTimeout(passed, random() * 100))
      const actual = Math.floor(upper * (random() < 0.33 ? 0.1 : 0.5 + random() / 2))
      const settled = await one.ask({ ask: 'settle', reserved: id, actual: String(actual) })
      // Of what was under way where it died the provider bills all.
      sums.spent += settled.value === undefined ? upper : actual
      if (settled.value === undefined) sums.untold += actual
      else sums.told += actual
      expect(sums.spent, `seed ${seed}`).toBeLessThanOrEqual(CAP + SLICE)
    }
  }
  await Promise.all(Array.from({ length: STREAMS }, user))
  expect(grants, `seed ${seed}`).toBeGreaterThan(dies)
  expect(all[victim]?.isDead()).toBe(true)

  // The next process of its folder finds what it had settled.
  const again = await begin(organisation, names[victim] ?? '')
  const alive = [...all.filter((one) => !one.isDead()), again]
  const counted = async () => {
    for (const one of alive) await one.ask({ ask: 'flush' })
    return Number((await again.ask({ ask: 'spent' })).value)
  }
  await expect.poll(counted, { timeout: 10_000 }).toBeGreaterThanOrEqual(sums.told)
  // What it had settled and nobody heard of may be in it; what is in doubt by some milliseconds is counted twice.
  expect(await counted(), `seed ${seed}`).toBeLessThanOrEqual(sums.told + sums.untold + SLICE)

  // What is left of the cap can be used, and no more.
  let left = 0
  for (; left < CAP; left += 500) {
    const { id, value } = await again.ask({ ask: 'reserve', upper: '500' })
    if (value !== true) break
    await again.ask({ ask: 'settle', reserved: id, actual: '500' })
  }
  expect(sums.spent + left, `seed ${seed}`).toBeLessThanOrEqual(CAP + SLICE)
  await Promise.all(alive.map((one) => one.kill('SIGTERM')))
  console.log(
    `seed ${seed}: ${grants} let through, ${refusals} refused, ${sums.spent + left} of ${CAP} spent, lost ${sums.lost}`,
  )
}
