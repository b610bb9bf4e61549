/**
 * Our pass-through beside a bare proxy of `node:http` and undici, in one run on one machine.
 *
 * node bench/gateway/gateway.ts [--smoke]
 *
 * Requests per core: processor time that each process used for the same requests, taken by turns, so that load
 * generator and provider (which share the cores) do not count. Added latency: medians at 1,000 requests a second.
 */
import { type Load, openLoad, quantile, type Target } from './load.ts'
import { createProcesses, line, type Process } from './processes.ts'

const isSmoke = process.argv.includes('--smoke')
const size = isSmoke
  ? { rounds: 1, rush: 100, paced: 50, spans: 400, warm: 50 }
  : { rounds: 5, rush: 6_000, paced: 5_000, spans: 100_000, warm: 20_000 }
/** Kilobytes of a request, and what share of the bare proxy is aimed at. */
const SIZES = [
  { kilobytes: 1, aim: ' (aim: at least 55 %)' },
  { kilobytes: 8, aim: '' },
  { kilobytes: 100, aim: ' (aim: at least 60 %)' },
]
const processes = createProcesses()

/** Microseconds of processor time a request, of each process and round. */
async function processorTimes(measured: readonly Process[], kilobytes: number): Promise<Map<string, number[]>> {
  const rounds = new Map(measured.map(({ name }) => [name, [] as number[]]))
  const rush = Math.ceil(size.rush / Math.sqrt(kilobytes))
  for (const { target } of measured) await using(target, kilobytes, (load) => load.rush(size.warm / kilobytes))
  for (let round = 0; round < size.rounds; round += 1)
    for (const { name, target, ask } of measured) {
      const before = await ask<number>('processor')
      await using(target, kilobytes, (load) => load.rush(rush))
      rounds.get(name)?.push(((await ask<number>('processor')) - before) / rush)
    }
  return rounds
}

/** Medians at 1,000 requests a second, by turns. */
async function latencies(
  measured: readonly Pick<Process, 'name' | 'target'>[],
): Promise<Map<string, { p50: number; p99: number }>> {
  const all = new Map(measured.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < size.rounds; round += 1)
    for (const { name, target } of measured)
      all.get(name)?.push(...(await using(target, 1, (load) => load.pace(size.paced / size.rounds, 1000))))
  return new Map([...all].map(([name, values]) => [name, { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }]))
}

async function using<Result>(target: Target, kilobytes: number, work: (load: Load) => Promise<Result>) {
  const load = await openLoad(target, 16, kilobytes)
  try {
    return await work(load)
  } finally {
    await load.close()
  }
}

type Delay = { p50Ms: number; p99Ms: number; maxMs: number; seconds: number }

try {
  const { origin: upstream } = (await processes.open('provider', './upstream.ts', [])).target
  // The smoke run starts one of ours, with everything on.
  const [bare, ours, second] = await Promise.all([
    processes.open('bare', './bare-proxy.ts', [upstream]),
    processes.open('ours', './our-gateway.ts', [upstream, isSmoke ? 'ingest' : 'spool', String(size.spans)], true),
    isSmoke
      ? undefined
      : processes.open('ingesting', './our-gateway.ts', [upstream, 'ingest', String(size.spans)], true),
  ])
  const measured = second ? [bare, ours, second] : [bare, ours]
  for (const { kilobytes, aim } of SIZES) {
    const rounds = await processorTimes(kilobytes === 1 ? measured : [bare, ours], kilobytes)
    const time = (name: string) => quantile(rounds.get(name) ?? [], 0.5)
    const perCore = (name: string) =>
      `${Math.round(1e6 / time(name))} requests/s a core (${time(name).toFixed(1)} µs each)`
    // Of each round by itself, because what else the machine does changes from one to the next.
    const shares = (rounds.get('ours') ?? []).map((own, round) => (100 * (rounds.get('bare')?.[round] ?? 0)) / own)
    line(`bare node:http and undici, ${kilobytes} KB`, perCore('bare'))
    line(`our pass-through with key, cap, cost and spool, ${kilobytes} KB`, perCore('ours'))
    line(
      `share of the bare proxy, ${kilobytes} KB${aim}`,
      `${quantile(shares, 0.5).toFixed(1)} %, best round ${Math.max(...shares).toFixed(1)} %`,
    )
    if (second && kilobytes === 1)
      line(
        'the same with the ingest into the database, its thread counted',
        `${perCore('ingesting')}, ${((100 * time('bare')) / time('ingesting')).toFixed(1)} %`,
      )
  }

  const direct = { name: 'direct', target: { origin: upstream, headers: {} } }
  const waits = await latencies([direct, ...measured])
  const wait = (name: string) => waits.get(name) ?? { p50: Number.NaN, p99: Number.NaN }
  for (const name of waits.keys())
    line(
      `latency at 1,000 requests/s, ${name}`,
      `p50 ${wait(name).p50.toFixed(3)} ms, p99 ${wait(name).p99.toFixed(3)} ms`,
    )
  line(
    'added median, ours over direct (aim: at most 0.4 ms)',
    `${(wait('ours').p50 - wait('direct').p50).toFixed(3)} ms`,
  )
  line('added median, ours over bare', `${(wait('ours').p50 - wait('bare').p50).toFixed(3)} ms`)

  for (const [way, name] of [
    ['settled requests', 'settled'],
    ['OTLP', 'otlp'],
  ] as const) {
    const { p50Ms, p99Ms, maxMs, seconds } = await (second ?? ours).ask<Delay>(name)
    line(
      `event-loop delay while ${size.spans} spans come in as ${way} (aim: p99 under 10 ms)`,
      `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, longest ${maxMs.toFixed(1)} ms, ${Math.round(size.spans / seconds)} spans/s`,
    )
  }
} finally {
  processes.endAll()
}
