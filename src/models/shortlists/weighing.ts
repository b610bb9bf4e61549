/**
 * Compared models summed up under weights that somebody chose: a weighted mean of how near each comes to the best, with
 * the range that unknown figures and the interval of the quality leave. Pure.
 *
 * Nearness is value over best where more is better and best over value where less is, so that adding a poor candidate
 * moves nobody else (with a scale from worst to best it would: Belton & Gear 1983).
 */
import { z } from 'zod'

/** What a comparison says of one model, as far as it is weighed. */
export type Compared = {
  readonly model: string
  readonly quality: { readonly value: number | null; readonly interval: { low: number; high: number } | null }
  readonly costPerTaskMicroUsd: string | null
  readonly latencyMs: { readonly value: number } | null
  readonly firstTokenMs: { readonly value: number } | null
  readonly effort: { readonly setUpHours: number; readonly hoursPerMonth: number } | null
  readonly compliance: { readonly approval: string }
}

export const WEIGHED = ['quality', 'cost', 'latency', 'firstToken', 'effort', 'approval'] as const
export type Weighed = (typeof WEIGHED)[number]

/** From 0 (does not count) to 10; only proportions matter. */
export const Weights = z
  .partialRecord(z.enum(WEIGHED), z.number().min(0).max(10))
  .refine((weights) => Object.values(weights).some((weight) => weight > 0), 'give at least one criterion a weight')
export type Weights = z.infer<typeof Weights>

/** From 0 to 1, the best; `low` and `high` differ where a figure is unknown or has an interval. */
const Nearness = z.object({ low: z.number(), value: z.number().nullable(), high: z.number() })
type Nearness = z.infer<typeof Nearness>

export const WeighedModel = z.object({
  model: z.string(),
  /** The weighted mean over what is known; null when nothing is. */
  total: z.number().nullable(),
  low: z.number(),
  high: z.number(),
  parts: z.partialRecord(z.enum(WEIGHED), Nearness),
})
export type WeighedModel = z.infer<typeof WeighedModel>

export const Weighing = z.object({
  weights: Weights,
  /** The highest total first. */
  items: z.array(WeighedModel),
  /** The one that leads whatever the unknown figures are and wherever in its interval the quality lies; else null. */
  clear: z.string().nullable(),
  /** The weights, each changed alone, at which another one would lead; the nearest change first. */
  turns: z.array(z.object({ criterion: z.enum(WEIGHED), from: z.number(), to: z.number(), leads: z.string() })),
})
export type Weighing = z.infer<typeof Weighing>

/** @param better whether more or less of the quality is better */
export function weigh(items: readonly Compared[], weights: Weights, better: 'higher' | 'lower' | null): Weighing {
  const counted = WEIGHED.flatMap((criterion) => {
    const weight = weights[criterion] ?? 0
    return weight > 0 ? [{ criterion, weight, nearness: nearnessBy(criterion, items, better) }] : []
  })
  const weighed = items
    .map(({ model }, at): WeighedModel => {
      const own = counted.map(({ nearness, ...rest }) => ({ ...rest, nearness: nearness[at] ?? UNKNOWN }))
      const known = own.filter(({ nearness }) => nearness.value !== null)
      return {
        model,
        total: known.length === 0 ? null : mean(known, ({ value }) => value ?? 0),
        low: mean(own, ({ low }) => low),
        high: mean(own, ({ high }) => high),
        parts: Object.fromEntries(own.map(({ criterion, nearness }) => [criterion, nearness])),
      }
    })
    .sort((one, other) => (other.total ?? -1) - (one.total ?? -1))
  const [first, ...others] = weighed
  const isClear = first !== undefined && others.length > 0 && others.every(({ high }) => first.low > high)
  return { weights, items: weighed, clear: isClear ? first.model : null, turns: turnsOf(weighed, weights) }
}

const UNKNOWN: Nearness = { low: 0, value: null, high: 1 }

/** How near each comes to the best of them; the best itself has 1. */
function nearnessBy(criterion: Weighed, items: readonly Compared[], better: 'higher' | 'lower' | null): Nearness[] {
  const figures = items.map((item) => figureOf(criterion, item))
  const isMoreBetter = criterion === 'approval' || (criterion === 'quality' && better !== 'lower')
  const values = figures.flatMap((figure) => figure?.value ?? [])
  const best = isMoreBetter ? Math.max(...values) : Math.min(...values)
  const near = (value: number): number => {
    if (value === best) return 1
    return Math.min(1, Math.max(0, isMoreBetter ? value / best : best / value))
  }
  return figures.map((figure) => {
    if (figure === null) return UNKNOWN
    const ends = [figure.low, figure.high].map(near)
    // The one that nobody knows may be better than the best by any amount.
    if (figures.includes(null)) ends.push(0)
    return { low: Math.min(...ends), value: near(figure.value), high: Math.max(...ends) }
  })
}

type Figure = { readonly low: number; readonly value: number; readonly high: number }
const exactly = (value: number): Figure => ({ low: value, value, high: value })

function figureOf(criterion: Weighed, item: Compared): Figure | null {
  switch (criterion) {
    case 'quality': {
      const { value, interval } = item.quality
      return value === null ? null : { value, low: interval?.low ?? value, high: interval?.high ?? value }
    }
    case 'cost':
      return item.costPerTaskMicroUsd === null ? null : exactly(Number(item.costPerTaskMicroUsd))
    case 'latency':
      return item.latencyMs && exactly(item.latencyMs.value)
    case 'firstToken':
      return item.firstTokenMs && exactly(item.firstTokenMs.value)
    // The hours of the first year.
    case 'effort':
      return item.effort && exactly(item.effort.setUpHours + 12 * item.effort.hoursPerMonth)
    case 'approval':
      return exactly(item.compliance.approval === 'approved' ? 1 : 0)
  }
}

function mean(own: readonly { weight: number; nearness: Nearness }[], of: (nearness: Nearness) => number): number {
  const all = own.reduce((sum, { weight }) => sum + weight, 0)
  return own.reduce((sum, { weight, nearness }) => sum + weight * of(nearness), 0) / all
}

/** Over figures that both have: the lead is a sum of weight × difference, and each weight alone can bring it to nothing. */
function turnsOf([first, ...others]: readonly WeighedModel[], weights: Weights): Weighing['turns'] {
  if (!first) return []
  const turns = others.flatMap((other) => {
    const differences = WEIGHED.flatMap((criterion) => {
      const [ours, theirs] = [first.parts[criterion]?.value, other.parts[criterion]?.value]
      return typeof ours === 'number' && typeof theirs === 'number' ? [{ criterion, by: ours - theirs }] : []
    })
    const lead = differences.reduce((sum, { criterion, by }) => sum + (weights[criterion] ?? 0) * by, 0)
    return differences.flatMap(({ criterion, by }) => {
      const from = weights[criterion] ?? 0
      const to = from - lead / by
      return by !== 0 && lead > 0 && to > 0 && to < 10 ? [{ criterion, from, to, leads: other.model }] : []
    })
  })
  const change = ({ from, to }: Weighing['turns'][number]) => Math.abs(to - from)
  const nearest = Map.groupBy(
    turns.sort((one, other) => change(one) - change(other)),
    ({ criterion }) => criterion,
  )
  return [...nearest.values()].flatMap(([one]) => one ?? [])
}
