/**
 * Who is asked after a failure, for routes and for steps of releases alike: those that were asked least come first, who
 * was asked before is left alone for a while, and all asking again is bounded by the budget.
 */
import { pauseBefore } from './retry.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { Standing } from './route-order.ts'

/** A client is not kept waiting longer than this for the same target to recover. */
const LONGEST_WAIT_MS = 5_000

/** How often a target was asked for this request, and until when it wants to be left alone, in monotonic time. */
export type AskedBefore = { readonly times: number; readonly untilMs: number }

type Target = { readonly name: string; readonly model: string }

export type NextAsk<T extends Target> = {
  /** In their order, without those that are of no use for this request. */
  readonly targets: readonly T[]
  /** By name. */
  readonly asked: ReadonlyMap<string, AskedBefore>
  /** Attempts so far. */
  readonly made: number
  readonly nowMs: number
  /** In [0, 1). */
  readonly chance: () => number
  readonly standingOf: (model: string) => Standing
  readonly budget: RetryBudget
}

/** Takes from the budget what it allows; undefined when nobody may be asked. */
export function nextAttempt<T extends Target>(ask: NextAsk<T>): { target: T; pauseMs: number } | undefined {
  const { targets, asked, made, nowMs, chance, standingOf, budget } = ask
  const times = ({ name }: T) => asked.get(name)?.times ?? 0
  for (const target of targets.toSorted((a, b) => times(a) - times(b))) {
    const before = asked.get(target.name)
    const pauseMs = before ? Math.max(pauseBefore(made, chance()), before.untilMs - nowMs) : 0
    if (pauseMs > LONGEST_WAIT_MS) continue
    const provider = providerOf(target.model)
    // Another target that stands well is the usual traffic of that target; all else is asking again.
    if (!before && !standingOf(target.model).isResting) budget.asked(provider)
    else if (!budget.take(provider)) continue
    return { target, pauseMs }
  }
  return undefined
}

export const providerOf = (model: string): string => model.slice(0, Math.max(0, model.indexOf('/')))
