/**
 * In which order the targets of a route are asked, as a pure decision over how they stand. Targets that failed a
 * moment ago come last, in any strategy: they are still better than nothing.
 */
import type { RouteStrategy } from '../core/target-condition.ts'

export type Standing = {
  /** Requests under way. */
  readonly underWay: number
  /** Smoothed milliseconds of its answers; undefined before the first. */
  readonly latencyMs: number | undefined
  /** Rests after failures. */
  readonly isResting: boolean
}

type Target = { readonly model: string; readonly weight: number }

export type OrderAsk<T extends Target = Target> = {
  readonly route: { readonly strategy: RouteStrategy; readonly targets: readonly T[] }
  readonly standingOf: (model: string) => Standing
  /** Comparable price of a model; undefined when not known. */
  readonly priceOf: (model: string) => number | undefined
  /** In [0, 1). */
  readonly chance: () => number
}

/** Each target once. */
export function orderTargets<T extends Target>(ask: OrderAsk<T>): T[] {
  const ordered = byStrategy(ask)
  const isResting = ({ model }: T) => ask.standingOf(model).isResting
  return [...ordered.filter((target) => !isResting(target)), ...ordered.filter(isResting)]
}

function byStrategy<T extends Target>(ask: OrderAsk<T>): readonly T[] {
  const { route, standingOf, priceOf, chance } = ask
  switch (route.strategy) {
    case 'priority':
      return route.targets
    case 'weighted':
      return drawn(route.targets, chance)
    case 'least-load':
      return sorted(route.targets, ({ model, weight }) => standingOf(model).underWay / weight)
    case 'latency':
      return quickerOfTwo(ask)
    case 'cost':
      return sorted(route.targets, ({ model }) => priceOf(model) ?? Number.POSITIVE_INFINITY)
  }
}

/** One after the other by chance, in proportion to what is left. */
function drawn<T extends Target>(targets: readonly T[], chance: () => number): T[] {
  const left = [...targets]
  const order: T[] = []
  while (left.length > 0) {
    const at = chance() * left.reduce((sum, { weight }) => sum + weight, 0)
    let passed = 0
    const index = left.findIndex(({ weight }) => {
      passed += weight
      return at < passed
    })
    order.push(...left.splice(index < 0 ? left.length - 1 : index, 1))
  }
  return order
}

/**
 * The quicker of two chosen by chance goes first (power of two choices, Mitzenmacher 2001): always the quickest would
 * send everybody to one target until it is slow. A target that has answered nobody yet counts as quick.
 */
function quickerOfTwo<T extends Target>({ route, standingOf, chance }: OrderAsk<T>): T[] {
  const [one, two, ...rest] = drawn(
    route.targets.map((target) => ({ ...target, weight: 1 })),
    chance,
  )
  const latency = ({ model }: T) => standingOf(model).latencyMs ?? 0
  const pair = [one, two].flatMap((target) => target ?? [])
  return [...sorted(pair, latency), ...sorted(rest, latency)]
}

/** By a figure, smallest first; equal ones as listed. */
const sorted = <T extends Target>(targets: readonly T[], figure: (target: T) => number): T[] =>
  targets.toSorted((a, b) => {
    const [left, right] = [figure(a), figure(b)]
    return left === right ? 0 : left - right
  })
