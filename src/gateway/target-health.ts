/**
 * How the targets of routes stand, from the answers that they gave this process. A target that failed three times on
 * end rests; after that one request probes it, and only its success ends the rest.
 */
import type { Standing } from './route-order.ts'

/** Failures on end before a target rests. */
const TOLERATED = 3
const REST_MS = 10_000
const LONGEST_REST_MS = 300_000
/** How much of an answer's time counts in the smoothed one. */
const SMOOTHING = 0.2

type Health = {
  underWay: number
  latencyMs: number | undefined
  failures: number
  restsUntilMs: number
  isProbed: boolean
  answered: number
  /** How often it failed, by code. */
  readonly failedBy: Map<string, number>
}

/** closed: it is asked · open: it rests · half-open: one request probes it. */
export type Breaker = 'closed' | 'open' | 'half-open'

export type TargetFigures = {
  readonly model: string
  readonly breaker: Breaker
  /** Until it is probed; 0 unless it rests. */
  readonly restsMs: number
  readonly underWay: number
  readonly latencyMs: number | null
  /** Since the start of the process. */
  readonly answered: number
  readonly failedBy: Readonly<Record<string, number>>
}

export type AttemptEnd = {
  readonly failed: boolean
  readonly ms: number
  /** What the target asked for, as in `Retry-After`. */
  readonly retryAfterMs?: number | undefined
  /** How it failed. */
  readonly errorCode?: string | null
}

export function createTargetHealth(nowMs: () => number) {
  const known = new Map<string, Health>()
  const healthOf = (model: string): Health => {
    let health = known.get(model)
    if (!health) {
      health = {
        underWay: 0,
        latencyMs: undefined,
        failures: 0,
        restsUntilMs: 0,
        isProbed: false,
        answered: 0,
        failedBy: new Map(),
      }
      known.set(model, health)
    }
    return health
  }
  return {
    standingOf(model: string): Standing {
      const { underWay, latencyMs, restsUntilMs, isProbed } = healthOf(model)
      return { underWay, latencyMs, isResting: restsUntilMs > nowMs() || isProbed }
    },
    began(model: string): void {
      const health = healthOf(model)
      health.underWay += 1
      if (health.restsUntilMs > 0) health.isProbed = true
    },
    ended(model: string, { failed, ms, retryAfterMs, errorCode }: AttemptEnd): void {
      const health = healthOf(model)
      health.underWay -= 1
      health.isProbed = false
      if (!failed) {
        health.answered += 1
        health.failures = 0
        health.restsUntilMs = 0
        health.latencyMs = health.latencyMs === undefined ? ms : health.latencyMs + SMOOTHING * (ms - health.latencyMs)
        return
      }
      health.failures += 1
      const code = errorCode ?? 'unknown'
      health.failedBy.set(code, (health.failedBy.get(code) ?? 0) + 1)
      const restMs = Math.max(retryAfterMs ?? 0, health.failures >= TOLERATED ? REST_MS : 0)
      if (restMs > 0) health.restsUntilMs = nowMs() + Math.min(restMs, LONGEST_REST_MS)
    },
    /** The client went away: that says nothing of the target. */
    left(model: string): void {
      const health = healthOf(model)
      health.underWay -= 1
      health.isProbed = false
    },
    /** How each target stands that was asked. */
    figures(): TargetFigures[] {
      const now = nowMs()
      return [...known].map(([model, { underWay, latencyMs, restsUntilMs, isProbed, answered, failedBy }]) => ({
        model,
        breaker: restsUntilMs > now ? 'open' : restsUntilMs > 0 || isProbed ? 'half-open' : 'closed',
        restsMs: Math.max(0, restsUntilMs - now),
        underWay,
        latencyMs: latencyMs ?? null,
        answered,
        failedBy: Object.fromEntries(failedBy),
      }))
    },
  }
}

export type TargetHealth = ReturnType<typeof createTargetHealth>
