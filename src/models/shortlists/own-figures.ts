/**
 * Criteria over what experiments on an application's own cases measured here. Pure.
 *
 * Invariant: what was not measured, or not surely enough, is never taken for met.
 */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { compareMoney, MicroUsd } from '../../kernel/money.ts'

export const OwnCriteria = z.strictObject({
  application: Name,
  suite: z.string().min(1).max(200),
  /** What the score that the suite decides by must reach, or may not exceed where lower is better; in its own unit. */
  quality: z.number().optional(),
  /** Of the median whole answer. */
  latencyMsAtMost: z.number().positive().optional(),
  microUsdPerTaskAtMost: MicroUsd.optional(),
})
export type OwnCriteria = z.infer<typeof OwnCriteria>

/** By the price of a month, or by own figures: quality by the worse end of its interval, so that few cases lead nowhere. */
export const SortBy = z.enum(['price', 'quality', 'latency', 'cost'])
export type SortBy = z.infer<typeof SortBy>

export const OwnFigures = z.object({
  /** By which the suite decides. */
  evaluator: z.string(),
  better: z.enum(['higher', 'lower']),
  experiment: z.string(),
  quality: z.object({ value: z.number().nullable(), interval: Interval.nullable(), n: z.number().int() }),
  latencyMs: z.object({ value: z.number(), n: z.number().int() }).nullable(),
  costPerTaskMicroUsd: MicroUsd.nullable(),
})
export type OwnFigures = z.infer<typeof OwnFigures>

type Judged = { readonly criterion: string; readonly kind: 'out' | 'unknown'; readonly why: string }
/** A comparison on own cases, as far as it is read here. */
export type OwnCases = {
  readonly evaluator: string | null
  readonly better: 'higher' | 'lower' | null
  readonly items: readonly (Omit<OwnFigures, 'evaluator' | 'better'> & { readonly model: string })[]
}

/** By model; one that was not measured is not in it. */
export function ownFiguresOf({ evaluator, better, items }: OwnCases): Map<string, OwnFigures> {
  if (evaluator === null || better === null) return new Map()
  return new Map(
    items.map(({ model, experiment, quality, latencyMs, costPerTaskMicroUsd }) => {
      const { value, interval, n } = quality
      const own = { experiment, quality: { value, interval, n }, latencyMs, costPerTaskMicroUsd }
      return [model, { evaluator, better, ...own }]
    }),
  )
}

export function judgeOwn(wanted: OwnCriteria, own: OwnFigures | null): Judged[] {
  const { application, suite, quality, latencyMsAtMost, microUsdPerTaskAtMost } = wanted
  const asked = [quality, latencyMsAtMost, microUsdPerTaskAtMost].some((one) => one !== undefined)
  if (!asked) return []
  if (!own)
    return [
      unknown('measured', `No experiment of ${application} measured it on ${suite}: airworthy eval ${application}.`),
    ]
  return [
    ...(quality === undefined ? [] : ofQuality(quality, own)),
    ...(latencyMsAtMost === undefined ? [] : ofLatency(latencyMsAtMost, own)),
    ...(microUsdPerTaskAtMost === undefined ? [] : ofCost(microUsdPerTaskAtMost, own)),
  ]
}

/** Better ones are less; what was not measured is last. */
export function bySort(sort: SortBy, one: OwnFigures | null, other: OwnFigures | null): number {
  if (sort === 'price') return 0
  if (sort === 'cost') {
    const [a, b] = [one?.costPerTaskMicroUsd, other?.costPerTaskMicroUsd]
    return a && b ? compareMoney(a, b) : Number(!a) - Number(!b)
  }
  const [a, b] = [keyOf(sort, one), keyOf(sort, other)]
  return a === null || b === null ? Number(a === null) - Number(b === null) : a - b
}

function keyOf(sort: 'quality' | 'latency', own: OwnFigures | null): number | null {
  if (sort === 'latency') return own?.latencyMs?.value ?? null
  const interval = own?.quality.interval
  if (!own || !interval) return null
  return own.better === 'higher' ? -interval.low : interval.high
}

function ofQuality(wanted: number, { quality: { interval, n }, evaluator, better }: OwnFigures): Judged[] {
  if (!interval) return [unknown('quality', `Its ${evaluator} is not known well enough for an interval (n ${n}).`)]
  const isHigher = better === 'higher'
  const [worst, best] = isHigher ? [interval.low, interval.high] : [interval.high, interval.low]
  const meets = (value: number) => (isHigher ? value >= wanted : value <= wanted)
  if (meets(worst)) return []
  const lies = `${evaluator} lies between ${figure(interval.low)} and ${figure(interval.high)} (n ${n})`
  return meets(best)
    ? [unknown('quality', `${lies}: whether it reaches ${wanted} takes more cases.`)]
    : [out('quality', `${lies}, ${isHigher ? 'below' : 'above'} ${wanted}.`)]
}

function ofLatency(most: number, { latencyMs }: OwnFigures): Judged[] {
  if (!latencyMs) return [unknown('latency', 'How long it takes was not measured.')]
  if (latencyMs.value <= most) return []
  return [out('latency', `It takes ${Math.round(latencyMs.value)} ms in the median (n ${latencyMs.n}), above ${most}.`)]
}

function ofCost(most: string, { costPerTaskMicroUsd: cost }: OwnFigures): Judged[] {
  if (cost === null) return [unknown('cost', 'What a task takes is not known: a run has no price.')]
  return compareMoney(cost, most) <= 0 ? [] : [out('cost', `A task takes ${cost} micro-USD, above ${most}.`)]
}

const out = (criterion: string, why: string): Judged => ({ criterion, kind: 'out', why })
const unknown = (criterion: string, why: string): Judged => ({ criterion, kind: 'unknown', why })
const figure = (value: number): string => String(Number(value.toFixed(3)))
