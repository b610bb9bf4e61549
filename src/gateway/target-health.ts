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
}

export type AttemptEnd = {
  readonly failed: boolean
  readonly ms: number
  /** What the target asked for, as in `Retry-After`. */
  readonly retryAfterMs?: number | undefined
}

export function createTargetHealth(nowMs: () => number) {
  const known = new Map<string, Health>()
  const healthOf = (model: string): Health => {
    let health = known.get(model)
    if (!health) {
      health = { underWay: 0, latencyMs: undefined, failures: 0, restsUntilMs: 0, isProbed: false }
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
    ended(model: string, { failed, ms, retryAfterMs }: AttemptEnd): void {
      const health = healthOf(model)
      health.underWay -= 1
      health.isProbed = false
      if (!failed) {
        health.failures = 0
        health.restsUntilMs = 0
        health.latencyMs = health.latencyMs === undefined ? ms : health.latencyMs + SMOOTHING * (ms - health.latencyMs)
        return
      }
      health.failures += 1
      const restMs = Math.max(retryAfterMs ?? 0, health.failures >= TOLERATED ? REST_MS : 0)
      if (restMs > 0) health.restsUntilMs = nowMs() + Math.min(restMs, LONGEST_REST_MS)
    },
    /** The client went away: that says nothing of the target. */
    left(model: string): void {
      const health = healthOf(model)
      health.underWay -= 1
      health.isProbed = false
    },
  }
}

export type TargetHealth = ReturnType<typeof createTargetHealth>
