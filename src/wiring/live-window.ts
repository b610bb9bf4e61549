/** Figures of the requests that ended within the last seconds, in memory: what the page of gateways shows. */
import { isOfDrill } from '../core/fault.ts'
import { verdictsIn } from '../core/guardrail.ts'
import type { GatewayReport } from '../models/index.ts'
import type { Settled } from '../telemetry/index.ts'

const WINDOW_SECONDS = 10
const SECONDS = 60
/** Of each second; more requests change no quantile that anybody reads. */
const MOST_MEASURED = 500

type Second = {
  at: number
  requests: number
  cancelled: number
  readonly errors: Map<string, number>
  readonly servedBy: Map<string, number>
  readonly guardrails: Map<string, number>
  readonly latency: number[]
  readonly firstToken: number[]
  readonly overhead: number[]
}

export function createLiveWindow({ nowMs }: { nowMs: () => number }) {
  const seconds: Second[] = []
  const present = (): Second => {
    const at = Math.floor(nowMs() / 1000)
    const last = seconds.at(-1)
    if (last?.at === at) return last
    const made: Second = {
      at,
      requests: 0,
      cancelled: 0,
      errors: new Map(),
      servedBy: new Map(),
      guardrails: new Map(),
      latency: [],
      firstToken: [],
      overhead: [],
    }
    seconds.push(made)
    while ((seconds[0]?.at ?? at) <= at - SECONDS) seconds.shift()
    return made
  }
  return {
    observe(event: Settled): void {
      if (isOfDrill(event)) return
      const { status, errorCode, httpStatus, latencyMs, firstTokenMs, overheadMs, servedBy, steps } = event
      const second = present()
      second.requests += 1
      if (status === 'cancelled') second.cancelled += 1
      else if (status === 'errored') add(second.errors, errorCode ?? String(httpStatus))
      if (servedBy !== null) add(second.servedBy, servedBy)
      for (const { id, verdict } of verdictsIn(steps))
        if (verdict !== 'passed') add(second.guardrails, `${id} ${verdict}`)
      if (second.overhead.length >= MOST_MEASURED) return
      second.overhead.push(overheadMs)
      if (status !== 'complete') return
      second.latency.push(latencyMs)
      if (firstTokenMs !== null) second.firstToken.push(firstTokenMs)
    },
    read(): Pick<GatewayReport, 'window' | 'perSecond'> {
      const now = Math.floor(nowMs() / 1000)
      const recent = seconds.filter(({ at }) => at > now - WINDOW_SECONDS)
      const by = new Map(seconds.map(({ at, requests }) => [at, requests]))
      const all = (name: 'latency' | 'firstToken' | 'overhead') => spread(recent.flatMap((second) => second[name]))
      return {
        window: {
          seconds: WINDOW_SECONDS,
          requests: sum(recent.map(({ requests }) => requests)),
          cancelled: sum(recent.map(({ cancelled }) => cancelled)),
          errors: joined(recent.map(({ errors }) => errors)),
          servedBy: joined(recent.map(({ servedBy }) => servedBy)),
          guardrails: joined(recent.map(({ guardrails }) => guardrails)),
          latencyMs: all('latency'),
          firstTokenMs: all('firstToken'),
          overheadMs: all('overhead'),
        },
        perSecond: Array.from({ length: SECONDS }, (_, index) => by.get(now - SECONDS + index) ?? 0),
      }
    },
  }
}

const add = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function joined(all: readonly ReadonlyMap<string, number>[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) for (const [name, value] of one) counts.set(name, (counts.get(name) ?? 0) + value)
  return Object.fromEntries(counts)
}

function spread(values: number[]): { p50: number; p95: number; p99: number } | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
