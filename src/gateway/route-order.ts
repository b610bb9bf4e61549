/**
 * In which order the targets of a route are asked, as a pure decision over how they stand. Targets that failed a
 * moment ago come last, in any strategy: they are still better than nothing.
 */
import type { ModelRoute } from '../models/index.ts'

export type Standing = {
  /** Requests under way. */
  readonly underWay: number
  /** Smoothed milliseconds of its answers; undefined before the first. */
  readonly latencyMs: number | undefined
  /** Rests after failures. */
  readonly isResting: boolean
}

export type OrderAsk = {
  readonly route: Pick<ModelRoute, 'strategy' | 'targets'>
  readonly standingOf: (model: string) => Standing
  /** Comparable price of a model; undefined when not known. */
  readonly priceOf: (model: string) => number | undefined
  /** In [0, 1). */
  readonly chance: () => number
}

/** Each target once. */
export function orderTargets(ask: OrderAsk): string[] {
  const ordered = ORDERS[ask.route.strategy](ask).map(({ model }) => model)
  const isResting = (model: string) => ask.standingOf(model).isResting
  return [...ordered.filter((model) => !isResting(model)), ...ordered.filter(isResting)]
}

type Target = ModelRoute['targets'][number]
type Order = (ask: OrderAsk) => readonly Target[]

const ORDERS: Readonly<Record<ModelRoute['strategy'], Order>> = {
  priority: ({ route }) => route.targets,
  weighted: ({ route, chance }) => drawn(route.targets, chance),
  'least-load': ({ route, standingOf }) =>
    sorted(route.targets, ({ model, weight }) => standingOf(model).underWay / weight),
  latency: quickerOfTwo,
  cost: ({ route, priceOf }) => sorted(route.targets, ({ model }) => priceOf(model) ?? Number.POSITIVE_INFINITY),
}

/** One after the other by chance, in proportion to what is left. */
function drawn(targets: readonly Target[], chance: () => number): Target[] {
  const left = [...targets]
  const order: Target[] = []
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
function quickerOfTwo({ route, standingOf, chance }: OrderAsk): Target[] {
  const [one, two, ...rest] = drawn(
    route.targets.map((target) => ({ ...target, weight: 1 })),
    chance,
  )
  const latency = ({ model }: Target) => standingOf(model).latencyMs ?? 0
  const pair = [one, two].flatMap((target) => target ?? [])
  return [...sorted(pair, latency), ...sorted(rest, latency)]
}

/** By a figure, smallest first; equal ones as listed. */
const sorted = (targets: readonly Target[], figure: (target: Target) => number): Target[] =>
  targets.toSorted((a, b) => {
    const [left, right] = [figure(a), figure(b)]
    return left === right ? 0 : left - right
  })
