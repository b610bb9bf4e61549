/** What several gateways say, put together. */
import type { GatewayReport } from '../data/shapes.ts'

type Spread = GatewayReport['window']['latencyMs']
export type Target = GatewayReport['targets'][number]

export type Together = {
  readonly perSecond: readonly number[]
  readonly requests: number
  readonly seconds: number
  readonly underWay: number
  readonly cancelled: number
  readonly errors: readonly (readonly [code: string, count: number])[]
  readonly failed: number
  readonly latency: Spread
  readonly firstToken: Spread
  readonly overhead: Spread
  readonly servedBy: ReadonlyMap<string, number>
  /** `mail redacted`, and in how many requests. */
  readonly guardrails: readonly (readonly [said: string, count: number])[]
  readonly cacheHits: number
  readonly cacheAsked: number
  readonly targets: readonly Target[]
}

export function together(reports: readonly GatewayReport[]): Together {
  const windows = reports.map(({ window }) => window)
  const errors = counted(windows.map((window) => window.errors))
  return {
    perSecond: Array.from({ length: 60 }, (_, second) => sum(reports.map(({ perSecond }) => perSecond[second] ?? 0))),
    requests: sum(windows.map(({ requests }) => requests)),
    seconds: windows[0]?.seconds ?? 10,
    underWay: sum(reports.map(({ underWay }) => underWay)),
    cancelled: sum(windows.map(({ cancelled }) => cancelled)),
    errors: [...errors].sort((a, b) => b[1] - a[1]),
    failed: sum([...errors.values()]),
    latency: slowest(windows.map(({ latencyMs }) => latencyMs)),
    firstToken: slowest(windows.map(({ firstTokenMs }) => firstTokenMs)),
    overhead: slowest(windows.map(({ overheadMs }) => overheadMs)),
    servedBy: counted(windows.map(({ servedBy }) => servedBy)),
    guardrails: [...counted(windows.map(({ guardrails }) => guardrails))].sort((a, b) => b[1] - a[1]),
    cacheHits: sum(reports.map(({ cache }) => cache.hits + cache.shared + cache.near)),
    cacheAsked: sum(reports.map(({ cache }) => cache.hits + cache.shared + cache.misses)),
    targets: targetsOf(reports),
  }
}

/** Of one model at several gateways: what is worst of its breaker, and the sum of the rest. */
function targetsOf(reports: readonly GatewayReport[]): Target[] {
  const known = new Map<string, Target>()
  for (const target of reports.flatMap(({ targets }) => targets)) {
    const there = known.get(target.model)
    known.set(target.model, there ? both(there, target) : target)
  }
  return [...known.values()].sort((a, b) => a.model.localeCompare(b.model))
}

const BREAKERS = ['closed', 'half-open', 'open'] as const
const both = (one: Target, other: Target): Target => ({
  model: one.model,
  breaker: BREAKERS[Math.max(BREAKERS.indexOf(one.breaker), BREAKERS.indexOf(other.breaker))] ?? 'closed',
  restsMs: Math.max(one.restsMs, other.restsMs),
  underWay: one.underWay + other.underWay,
  latencyMs: one.latencyMs === null ? other.latencyMs : Math.max(one.latencyMs, other.latencyMs ?? 0),
  answered: one.answered + other.answered,
  failedBy: Object.fromEntries(counted([one.failedBy, other.failedBy])),
})

/** Quantiles cannot be added: with several gateways it is the slowest one's. */
function slowest(spreads: readonly Spread[]): Spread {
  const known = spreads.filter((spread) => spread !== null)
  if (known.length === 0) return null
  const most = (name: 'p50' | 'p95' | 'p99') => Math.max(...known.map((spread) => spread[name]))
  return { p50: most('p50'), p95: most('p95'), p99: most('p99') }
}

function counted(all: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all)
    for (const [name, count] of Object.entries(one)) counts.set(name, (counts.get(name) ?? 0) + count)
  return counts
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
