/**
 * Spans into a server of its own over OTLP/HTTP, protobuf, as OpenTelemetry's batch processor sends them. A span counts
 * when its request was answered, which is after the commit; at the end the server is asked how many traces it has.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createClient } from '../../sdk/index.ts'
import { epochMs, monotonicMs, systemClock } from '../../src/kernel/time.ts'
import { encodeTraces } from '../../src/telemetry/index.ts'
import { startServer } from '../server.ts'

/** Spans of one request: OpenTelemetry's own limit of a batch. */
export const BATCH = 512
const SPANS_A_TRACE = 4
/** Requests under way at once. */
const AT_ONCE = 6
const TOKEN = 'bench-owner-token'
/** The kernel's unit of processor time in `/proc/<pid>/stat`. */
const TICK_US = 10_000

export type SpansIn = {
  readonly spans: number
  /** Spans a second, of each round. */
  readonly rates: readonly number[]
  /** Microseconds of processor time a span, of all rounds together. */
  readonly serverUs: number
  /** Of PostgreSQL's processes; 0 on the embedded engine, whose thread is the server's. */
  readonly databaseUs: number
  /** Traces that the server tells of afterwards; fewer than were sent would be a loss. */
  readonly traces: number
}

/** Starts the server over `data`, sends `rounds` times `spans` after some that warm up, and stops it. */
export async function sendSpans({
  data,
  databaseUrl,
  spans,
  rounds,
  batch = BATCH,
}: {
  data: string
  databaseUrl: string | undefined
  spans: number
  rounds: number
  /** Spans of one request. */
  batch?: number
}): Promise<SpansIn> {
  const server = await startServer({ data, token: TOKEN, databaseUrl, nodeOptions: process.env.BENCH_NODE_OPTIONS })
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  try {
    const batches = Math.ceil(spans / batch)
    const send = (bodies: readonly Uint8Array[]) => sendAll(bodies, (body) => post(server.url, agent, body))
    await send(bodiesOf(batches, batch))
    const rates: number[] = []
    let [serverUs, databaseUs] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const bodies = bodiesOf(batches, batch)
      const before = [processorUs(server.pid), postgresUs(databaseUrl)] as const
      const begin = monotonicMs()
      await send(bodies)
      rates.push((batches * batch) / ((monotonicMs() - begin) / 1000))
      serverUs += processorUs(server.pid) - before[0]
      databaseUs += postgresUs(databaseUrl) - before[1]
    }
    const sent = batches * batch * rounds
    const { total } = await createClient({ baseUrl: server.url, token: TOKEN }).getUsage({
      params: { name: 'bench' },
      query: { since: '2026-03-01T00:00:00.000Z' },
    })
    return {
      spans: sent + batches * batch,
      rates,
      serverUs: serverUs / sent,
      databaseUs: databaseUs / sent,
      traces: total.requests,
    }
  } finally {
    agent.destroy()
    await server.stop()
  }
}

export const tracesOf = (spans: number): number => spans / SPANS_A_TRACE

async function sendAll(bodies: readonly Uint8Array[], send: (body: Uint8Array) => Promise<void>): Promise<void> {
  const left = [...bodies]
  const next = async (): Promise<void> => {
    for (let body = left.pop(); body; body = left.pop()) await send(body)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

const post = (url: string, agent: Agent, body: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/x-protobuf',
      'content-length': body.byteLength,
    }
    const sent = request(`${url}/v1/traces`, { method: 'POST', agent, headers }, (response) => {
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      // An answer with a body would be a partial success.
      response.on('end', () =>
        response.statusCode === 200 && size === 0
          ? resolve()
          : reject(new Error(`The server answered ${response.statusCode} with ${size} bytes.`)),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })

const bodiesOf = (count: number, batch: number): Uint8Array[] => Array.from({ length: count }, () => bodyOf(batch))

/** Traces of an agent and three calls, now. */
function bodyOf(batch: number): Uint8Array {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const number = (key: string, intValue: number) => ({ key, value: { intValue } })
  const start = BigInt(epochMs(systemClock())) * 1_000_000n
  const spans = Array.from({ length: batch / SPANS_A_TRACE }, () => {
    const [traceId, rootId] = [randomBytes(16), randomBytes(8)]
    return Array.from({ length: SPANS_A_TRACE }, (_, n) => ({
      traceId,
      spanId: n === 0 ? rootId : randomBytes(8),
      ...(n > 0 && { parentSpanId: rootId }),
      name: n === 0 ? 'invoke_agent bench' : 'chat bench',
      kind: n === 0 ? 2 : 3,
      startTimeUnixNano: String(start + BigInt(n)),
      endTimeUnixNano: String(start + 250_000_000n),
      attributes: [
        text('gen_ai.operation.name', n === 0 ? 'invoke_agent' : 'chat'),
        text('gen_ai.provider.name', 'bench'),
        text('gen_ai.request.model', 'bench'),
        number('gen_ai.usage.input_tokens', 250),
        number('gen_ai.usage.output_tokens', 195),
        text('note', 'n'.repeat(200)),
      ],
    }))
  }).flat()
  const resource = { attributes: [text('service.name', 'bench'), text('airworthy.application', 'bench')] }
  return encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] })
}

/** User and system time of a process and of its threads, in microseconds; 0 when it is gone. */
function processorUs(pid: number | string): number {
  const [, ...fields] = statOf(pid)
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_US
}

/** Of the PostgreSQL at the address and of its connections; what ended is not counted. */
function postgresUs(url: string | undefined): number {
  if (!url) return 0
  const pids = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && statOf(pid)[0] === 'postgres')
  const server = pids.find((pid) => commandOf(pid).includes(new URL(url).port))
  return pids
    .filter((pid) => pid === server || statOf(pid)[2] === server)
    .reduce((sum, pid) => sum + processorUs(pid), 0)
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')
  } catch {
    return []
  }
}

/** The name of a process and the fields after it. */
function statOf(pid: number | string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [begin, end] = [text.indexOf('('), text.lastIndexOf(')')]
    return [text.slice(begin + 1, end), ...text.slice(end + 2).split(' ')]
  } catch {
    return []
  }
}
