/**
 * Our pass-through beside a bare proxy of `node:http` and undici, in one run on one machine.
 *
 * node bench/gateway/gateway.ts [--smoke]
 *
 * Requests per core: processor time that each process used for the same requests, taken by turns, so that load
 * generator and provider (which share the cores) do not count. Added latency: medians at 500 requests a second.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openLoad, quantile, type Target } from './load.ts'

const isSmoke = process.argv.includes('--smoke')
const size = isSmoke
  ? { rounds: 1, rush: 100, paced: 50, spans: 400, warm: 50 }
  : { rounds: 5, rush: 6_000, paced: 2_500, spans: 100_000, warm: 20_000 }
const children: ChildProcess[] = []

type Measured = { name: string; target: Target; ask<Answer>(what: string): Promise<Answer> }

function start(file: string, ...args: string[]): Promise<{ port: number; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args)
  children.push(child)
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
    child.once('message', (message: { port: number }) => resolve({ port: message.port, child }))
  })
}

async function open(name: string, file: string, ...args: string[]): Promise<Measured> {
  const { port, child } = await start(file, ...args)
  const ask = <Answer>(what: string) =>
    new Promise<Answer>((resolve, reject) => {
      child.once('message', ({ answer, error }: { answer: Answer; error?: string }) =>
        error === undefined ? resolve(answer) : reject(new Error(error)),
      )
      child.send({ ask: what })
    })
  const key = name === 'bare' ? undefined : await ask<string>('key')
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return { name, target: { origin: `http://127.0.0.1:${port}`, headers }, ask }
}

/** Microseconds of processor time a request, the median of the rounds. */
async function processorTimes(measured: readonly Measured[]): Promise<Map<string, number>> {
  const rounds = new Map(measured.map(({ name }) => [name, [] as number[]]))
  for (const { target } of measured) await using(target, (load) => load.rush(size.warm))
  for (let round = 0; round < size.rounds; round += 1)
    for (const { name, target, ask } of measured) {
      const before = await ask<number>('processor')
      await using(target, (load) => load.rush(size.rush))
      rounds.get(name)?.push(((await ask<number>('processor')) - before) / size.rush)
    }
  return new Map([...rounds].map(([name, values]) => [name, quantile(values, 0.5)]))
}

/** Medians at 500 requests a second, by turns. */
async function latencies(
  measured: readonly Omit<Measured, 'ask'>[],
): Promise<Map<string, { p50: number; p99: number }>> {
  const all = new Map(measured.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < size.rounds; round += 1)
    for (const { name, target } of measured)
      all.get(name)?.push(...(await using(target, (load) => load.pace(size.paced / size.rounds, 500))))
  return new Map([...all].map(([name, values]) => [name, { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }]))
}

async function using<Result>(
  target: Target,
  work: (load: Awaited<ReturnType<typeof openLoad>>) => Promise<Result>,
): Promise<Result> {
  const load = await openLoad(target, 16)
  try {
    return await work(load)
  } finally {
    await load.close()
  }
}

type Delay = { p50Ms: number; p99Ms: number; maxMs: number; seconds: number }
const line = (what: string, figure: string) => console.log(`${what.padEnd(66)} ${figure}`)

try {
  const { port } = await start('./upstream.ts')
  const upstream = `http://127.0.0.1:${port}`
  // The smoke run starts one of ours, with everything on.
  const [bare, ours, second] = await Promise.all([
    open('bare', './bare-proxy.ts', upstream),
    open('ours', './our-gateway.ts', upstream, isSmoke ? 'ingest' : 'spool', String(size.spans)),
    isSmoke ? undefined : open('ingesting', './our-gateway.ts', upstream, 'ingest', String(size.spans)),
  ])
  const measured = second ? [bare, ours, second] : [bare, ours]
  const times = await processorTimes(measured)
  const time = (name: string) => times.get(name) ?? Number.NaN
  const perCore = (name: string) =>
    `${Math.round(1e6 / time(name))} requests/s a core (${time(name).toFixed(1)} µs each)`
  line('bare node:http and undici, 1 KB', perCore('bare'))
  line('our pass-through with key, cap, cost and spool', perCore('ours'))
  line('share of the bare proxy (aim: at least 50 %)', `${((100 * time('bare')) / time('ours')).toFixed(1)} %`)
  if (second)
    line(
      'the same with the ingest into the database, its thread counted',
      `${perCore('ingesting')}, ${((100 * time('bare')) / time('ingesting')).toFixed(1)} %`,
    )

  const direct = { name: 'direct', target: { origin: upstream, headers: {} } }
  const waits = await latencies([direct, ...measured])
  const wait = (name: string) => waits.get(name) ?? { p50: Number.NaN, p99: Number.NaN }
  for (const name of waits.keys())
    line(
      `latency at 500 requests/s, ${name}`,
      `p50 ${wait(name).p50.toFixed(3)} ms, p99 ${wait(name).p99.toFixed(3)} ms`,
    )
  line('added median, ours over direct', `${(wait('ours').p50 - wait('direct').p50).toFixed(3)} ms`)
  line('added median, ours over bare (aim: under 0.4 ms)', `${(wait('ours').p50 - wait('bare').p50).toFixed(3)} ms`)

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
  for (const child of children) child.kill()
}
