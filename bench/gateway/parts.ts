/**
 * What a request costs by part, in microseconds of processor time, at 1, 8 and 100 KB.
 *
 * node bench/gateway/parts.ts [--smoke]
 *
 * Samples of the profiler say how the time of the port's thread divides, its processor time without the profiler how much
 * it is. Ours and the bare proxy take turns; the medians stand.
 */

import { withGateway } from './gateway-and-bare.ts'
import { openLoad, quantile } from './load.ts'
import { line, type Process } from './processes.ts'
import type { Part, Parts } from './profile.ts'

const isSmoke = process.argv.includes('--smoke')
const size = isSmoke ? { warm: 50, rush: 100, rounds: 1 } : { warm: 20_000, rush: 4_000, rounds: 5 }
/** What the bare proxy does too: of these, only our own lines are added. */
const SHARED = ['ask', 'stream', 'serve', 'system']
const ORDER = ['identify', 'parse', 'reserve', 'route', 'begin', 'settle', 'spool', ...SHARED, 'garbage']
/** What we add by one part stays below this share of the request, or has a decision record. */
const MOST = 0.2
const NOTHING: Part = { all: 0, own: 0 }

type Cost = { readonly whole: number; readonly threads: number; part(name: string): Part }

await withGateway(async ({ bare, ours }) => {
  for (const kilobytes of [1, 8, 100]) {
    const { bare: bareCost, ours: cost } = await costsOf({ bare, ours }, kilobytes)
    line(
      `${kilobytes} KB: bare ${bareCost.whole.toFixed(0)} µs, ours`,
      `${cost.whole.toFixed(0)} µs (${((100 * bareCost.whole) / cost.whole).toFixed(0)} %)`,
    )
    const large: string[] = []
    let named = 0
    const print = (name: string, all: number, added: number) => {
      named += added
      const share = added / cost.whole
      if (share > MOST) large.push(name)
      line(`  ${name}`, `${micro(all)}, of it added ${micro(added)} (${(100 * share).toFixed(1)} %)`)
    }
    for (const name of ORDER) {
      const { all, own } = cost.part(name)
      const added = SHARED.includes(name) ? own : all - bareCost.part(name).all
      print(name, all, Math.max(0, added))
    }
    print('other threads', cost.threads, Math.max(0, cost.threads - bareCost.threads))
    // The same calls as the proxy's, with longer heads, and with caches that a larger program shares with itself.
    const rest = Math.max(0, cost.whole - bareCost.whole - named)
    print('more in Node and undici than bare', rest, rest)
    line('  above a fifth of the request', large.length === 0 ? 'nothing' : large.join(', '))
  }
})

function micro(value: number): string {
  return `${value.toFixed(1)} µs`.padStart(9)
}

async function costsOf<Name extends string>(
  processes: Record<Name, Process>,
  kilobytes: number,
): Promise<Record<Name, Cost>> {
  const all = Object.entries<Process>(processes)
  const times = new Map(all.map(([name]) => [name, { whole: [] as number[], thread: [] as number[] }]))
  for (const [, one] of all) await rush(one, kilobytes, Math.ceil(size.warm / Math.sqrt(kilobytes)))
  for (let round = 0; round < size.rounds; round += 1)
    for (const [name, one] of all) {
      const { whole, thread } = await timeOf(one, kilobytes)
      times.get(name)?.whole.push(whole)
      times.get(name)?.thread.push(thread)
    }
  const costs: [string, Cost][] = []
  for (const [name, one] of all) {
    const { whole = [], thread = [] } = times.get(name) ?? {}
    costs.push([name, costOf(quantile(whole, 0.5), quantile(thread, 0.5), await profiled(one, kilobytes))])
  }
  return Object.fromEntries(costs) as Record<Name, Cost>
}

function costOf(whole: number, thread: number, parts: Parts): Cost {
  const sampled = Object.values(parts).reduce((sum, { all }) => sum + all, 0)
  const scaled = (value: number) => (value / sampled) * thread
  return {
    whole,
    threads: whole - thread,
    part(name) {
      const { all, own } = parts[name] ?? NOTHING
      return { all: scaled(all), own: scaled(own) }
    },
  }
}

async function timeOf(one: Process, kilobytes: number): Promise<{ whole: number; thread: number }> {
  const requests = Math.ceil(size.rush / Math.sqrt(kilobytes))
  const before = await timesOf(one)
  await rush(one, kilobytes, requests)
  const after = await timesOf(one)
  return { whole: (after.whole - before.whole) / requests, thread: (after.thread - before.thread) / requests }
}

async function timesOf({ ask }: Process) {
  return { whole: await ask<number>('processor'), thread: await ask<number>('thread') }
}

async function profiled(one: Process, kilobytes: number): Promise<Parts> {
  await one.ask('profile')
  await rush(one, kilobytes, size.rush)
  return one.ask<Parts>('parts')
}

async function rush({ target }: Process, kilobytes: number, requests: number): Promise<void> {
  const load = await openLoad(target, 16, kilobytes)
  await load.rush(requests)
  await load.close()
}
