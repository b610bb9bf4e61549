/**
 * Bare proxy, ours and Portkey's open-source gateway, in one run on one machine.
 *
 * node bench/gateway/beside.ts [--smoke]
 *
 * Requests per core: processor time of each process for the same requests at 1 KB, by turns, in the program and in the
 * system's calls apart; the bare proxy's are the most that any proxy of `node:http` can have. Added latency: at 1,000
 * requests a second, open loop. First token: of streams of forty pieces, a few at once. `--smoke` installs nothing.
 */
import { loadavg } from 'node:os'
import { type Load, openLoad, quantile, type Target } from './load.ts'
import { startPortkey } from './portkey.ts'
import { createProcesses, line } from './processes.ts'
import { memoryOf, type Times, timesOf } from './processor.ts'
import { holdStreams } from './stream-load.ts'

const isSmoke = process.argv.includes('--smoke')
const size = isSmoke
  ? { rounds: 1, warm: 50, rush: 200, paced: 50, seconds: 0.2, streams: 2, pieces: 4 }
  : { rounds: 3, warm: 3_000, rush: 4_000, paced: 3_000, seconds: 10, streams: 20, pieces: 40 }
const FIRST_MS = 100

type Measured = { readonly name: string; readonly pid: number; readonly target: Target }
const processes = createProcesses()
const ends: (() => void)[] = []

try {
  const answers = (await processes.open('provider', './upstream.ts', [])).target
  const streaming = (
    await processes.open('streaming', './stream-provider.ts', [String(FIRST_MS), '20', String(size.pieces)])
  ).target
  console.log(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`)
  const plain = await contestants(answers.origin)
  const times = await processorTimes(plain)
  const bare = (times.get('bare') ?? []).map(whole)
  for (const [name, parts] of times) {
    const rounds = parts.map(whole)
    const time = quantile(rounds, 0.5)
    const shares = rounds.map((own, round) => (bare[round] ?? Number.NaN) / own)
    line(
      `${name}: requests per core at 1 KB`,
      `${Math.round(1e6 / time)} a second (${time.toFixed(0)} µs each), ${(100 * quantile(shares, 0.5)).toFixed(0)} % of bare, best round ${(100 * Math.max(...shares)).toFixed(0)} %`,
    )
    const median = (part: keyof Times) =>
      quantile(
        parts.map((one) => one[part]),
        0.5,
      ).toFixed(0)
    line(`${name}: of it in the program, and in calls of the system`, `${median('user')} and ${median('system')} µs`)
  }
  const rival = times.get('portkey')?.map(whole)
  if (rival)
    for (const [name, aim] of [
      ['ours', ' (aim: at least 8)'],
      ['bare', ', the most that there is'],
    ] as const)
      line(
        `${name} over Portkey, requests per core${aim}`,
        `${quantile(
          (times.get(name) ?? []).map((own, round) => (rival[round] ?? Number.NaN) / whole(own)),
          0.5,
        ).toFixed(1)} times`,
      )
  for (const { name, pid } of plain) line(`${name}: memory`, `${memoryOf(pid).toFixed(0)} MB`)

  const direct = await latency({ name: 'direct', pid: 0, target: answers })
  for (const one of plain) {
    const { p50, p99 } = await latency(one)
    line(
      `${one.name}: added at 1,000 requests/s`,
      `p50 ${(p50 - direct.p50).toFixed(2)} ms, p99 ${(p99 - direct.p99).toFixed(2)} ms`,
    )
  }
  const firstDirect = await firstToken(streaming)
  for (const { name, target } of await contestants(streaming.origin)) {
    const { p50, p99 } = await firstToken(target)
    line(
      `${name}: added to the first token`,
      `p50 ${(p50 - firstDirect.p50).toFixed(2)} ms, p99 ${(p99 - firstDirect.p99).toFixed(2)} ms`,
    )
  }
  console.log(`load of the machine after: ${loadavg()[0]?.toFixed(1)}`)
} finally {
  processes.endAll()
  for (const end of ends) end()
}

/** A process of each before a provider. */
async function contestants(upstream: string): Promise<Measured[]> {
  const bare = await processes.open('bare', './bare-proxy.ts', [upstream])
  const ours = await processes.open('ours', './our-gateway.ts', [upstream, 'spool', '0'], true)
  if (isSmoke) return [bare, ours]
  const rival = await startPortkey(upstream)
  if (typeof rival === 'string') {
    console.log(rival)
    return [bare, ours]
  }
  ends.push(rival.end)
  return [bare, ours, { name: 'portkey', ...rival }]
}

/** Microseconds a request, of each process and round. */
async function processorTimes(all: readonly Measured[]): Promise<Map<string, Times[]>> {
  const rounds = new Map(all.map(({ name }) => [name, [] as Times[]]))
  for (const { target } of all) await using(target, (load) => load.rush(size.warm))
  for (let round = 0; round < size.rounds; round += 1)
    for (const { name, pid, target } of all) {
      const before = timesOf(pid)
      await using(target, (load) => load.rush(size.rush))
      const { user, system } = timesOf(pid)
      rounds.get(name)?.push({ user: (user - before.user) / size.rush, system: (system - before.system) / size.rush })
    }
  return rounds
}

async function latency({ target }: Measured): Promise<{ p50: number; p99: number }> {
  const values = await using(target, (load) => load.pace(size.paced, 1000))
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }
}

async function firstToken(target: Target): Promise<{ p50: number; p99: number }> {
  const { firstMs, failed } = await holdStreams(target, { streams: size.streams, seconds: size.seconds })
  if (failed > 0) console.log(`${failed} streams failed`)
  return { p50: quantile(firstMs, 0.5), p99: quantile(firstMs, 0.99) }
}

function whole({ user, system }: Times): number {
  return user + system
}

async function using<Result>(target: Target, work: (load: Load) => Promise<Result>): Promise<Result> {
  const load = await openLoad(target, 16)
  try {
    return await work(load)
  } finally {
    await load.close()
  }
}
