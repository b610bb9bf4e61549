/** How far people agree on a queue. Pure; the same labels give the same figures. */
import type { ActorId } from '../../core/actor.ts'
import { seededRandom } from '../../kernel/random.ts'
import { cohenKappa, krippendorffAlpha, krippendorffInterval } from '../../kernel/statistics/index.ts'
import type { Agreement, ItemLabel, Queue } from './annotation.ts'

const LEVEL = 0.95
const SEED = 41

/**
 * Answers of which the same people said the same and which had their last label in the same week, counted: a queue of
 * 100,000 answers has a few hundred such groups at most times.
 */
export type AlikeLabelled = {
  /** At least two people and what each said, in the order of their ids. */
  readonly said: readonly (readonly [ActorId, string])[]
  /** Monday's date. */
  readonly week: string
  readonly items: number
}

export function agreementOf(
  { choices, isOrdered }: Pick<Queue, 'choices' | 'isOrdered'>,
  groups: readonly AlikeLabelled[],
): Agreement {
  const values = choices.map(({ value }) => value)
  const level = isOrdered ? 'ordinal' : 'nominal'
  const ratingsOf = (some: readonly AlikeLabelled[]) =>
    ({
      units: some.map(({ said }) => said.map(([, value]) => values.indexOf(value))),
      counts: some.map(({ items }) => items),
      level,
    }) as const
  const alpha = krippendorffAlpha(ratingsOf(groups))
  const interval = alpha && krippendorffInterval({ ...ratingsOf(groups), random: seededRandom(SEED), resamples: 500 })
  const items = itemsIn(groups)
  const same = itemsIn(groups.filter(({ said }) => new Set(said.map(([, value]) => value)).size === 1))
  const weeks = Map.groupBy(groups, ({ week }) => week)
  return {
    items,
    same: items === 0 ? null : same / items,
    alpha: alpha?.alpha ?? null,
    interval: interval
      ? { low: interval.low, high: interval.high, method: 'bootstrap over answers', sides: 2, level: LEVEL }
      : null,
    pairs: pairsOf(groups, values, isOrdered),
    weeks: [...weeks]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([from, some]) => ({
        from,
        items: itemsIn(some),
        alpha: krippendorffAlpha(ratingsOf(some))?.alpha ?? null,
      })),
  }
}

const itemsIn = (groups: readonly AlikeLabelled[]): number => groups.reduce((sum, { items }) => sum + items, 0)

function pairsOf(groups: readonly AlikeLabelled[], values: readonly string[], isOrdered: boolean): Agreement['pairs'] {
  const pairs = new Map<string, { one: ActorId; other: ActorId; table: number[][] }>()
  for (const { said, items } of groups)
    said.forEach(([one, first], at) => {
      for (const [other, second] of said.slice(at + 1)) {
        const key = `${one} ${other}`
        const pair = pairs.get(key) ?? { one, other, table: values.map(() => values.map(() => 0)) }
        const row = pair.table[values.indexOf(first)]
        const column = values.indexOf(second)
        if (row) row[column] = (row[column] ?? 0) + items
        pairs.set(key, pair)
      }
    })
  return [...pairs.values()].map(({ one, other, table }) => {
    const found = cohenKappa({ table, weights: isOrdered ? 'quadratic' : 'none' })
    return {
      one,
      other,
      n: table.flat().reduce((sum, count) => sum + count, 0),
      kappa: found?.kappa ?? null,
      interval: found
        ? { low: found.low, high: found.high, method: 'fleiss-cohen-everitt', sides: 2, level: LEVEL }
        : null,
    }
  })
}

/** What people settled on: what somebody decided, else what most say; undefined when they differ. */
export function settledValue(
  adjudicated: { readonly value: string } | null,
  labels: readonly Pick<ItemLabel, 'value'>[],
): string | undefined {
  if (adjudicated) return adjudicated.value
  const counts = [
    ...Map.groupBy(
      labels.flatMap(({ value }) => value ?? []),
      (value) => value,
    ),
  ].sort(([, one], [, other]) => other.length - one.length)
  const [first, second] = counts
  if (!first || first[1].length === second?.[1].length) return undefined
  return first[0]
}
