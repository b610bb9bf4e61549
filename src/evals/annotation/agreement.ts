/** How far people agree on a queue. Pure; the same labels give the same figures. */
import { seededRandom } from '../../kernel/random.ts'
import { agreementTable, cohenKappa, krippendorffAlpha, krippendorffInterval } from '../../kernel/statistics/index.ts'
import { epochMs, type Instant } from '../../kernel/time.ts'
import type { Agreement, ItemLabel, Queue } from './annotation.ts'

const LEVEL = 0.95
const SEED = 41
const DAY_MS = 86_400_000

export function agreementOf(
  { choices, isOrdered }: Pick<Queue, 'choices' | 'isOrdered'>,
  labels: readonly ItemLabel[],
): Agreement {
  const values = choices.map(({ value }) => value)
  const byItem = [...Map.groupBy(labels, ({ item }) => item).values()].filter((some) => told(some).length >= 2)
  const level = isOrdered ? 'ordinal' : 'nominal'
  const unitsOf = (items: readonly ItemLabel[][]) =>
    items.map((some) => told(some).map(({ value }) => values.indexOf(value ?? '')))
  const alpha = krippendorffAlpha({ units: unitsOf(byItem), level })
  const interval =
    alpha && krippendorffInterval({ units: unitsOf(byItem), level, random: seededRandom(SEED), resamples: 500 })
  const weeks = Map.groupBy(byItem, (some) => weekOf(some.map(({ at }) => at)))
  return {
    items: byItem.length,
    same:
      byItem.length === 0
        ? null
        : byItem.filter((some) => new Set(told(some).map(({ value }) => value)).size === 1).length / byItem.length,
    alpha: alpha?.alpha ?? null,
    interval: interval
      ? { low: interval.low, high: interval.high, method: 'bootstrap over answers', sides: 2, level: LEVEL }
      : null,
    pairs: pairsOf(byItem, values, isOrdered),
    weeks: [...weeks]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([from, items]) => ({
        from,
        items: items.length,
        alpha: krippendorffAlpha({ units: unitsOf(items), level })?.alpha ?? null,
      })),
  }
}

function pairsOf(items: readonly ItemLabel[][], values: readonly string[], isOrdered: boolean): Agreement['pairs'] {
  const pairs = new Map<string, { one: ItemLabel['by']; other: ItemLabel['by']; said: [string, string][] }>()
  for (const some of items) {
    const sorted = told(some).sort((a, b) => (a.by < b.by ? -1 : 1))
    sorted.forEach((first, at) => {
      for (const second of sorted.slice(at + 1)) {
        const key = `${first.by} ${second.by}`
        const pair = pairs.get(key) ?? { one: first.by, other: second.by, said: [] }
        pair.said.push([first.value ?? '', second.value ?? ''])
        pairs.set(key, pair)
      }
    })
  }
  return [...pairs.values()].map(({ one, other, said }) => {
    const found = cohenKappa({ table: agreementTable(said, values), weights: isOrdered ? 'quadratic' : 'none' })
    return {
      one,
      other,
      n: said.length,
      kappa: found?.kappa ?? null,
      interval: found
        ? { low: found.low, high: found.high, method: 'fleiss-cohen-everitt', sides: 2, level: LEVEL }
        : null,
    }
  })
}

const told = (labels: readonly ItemLabel[]): ItemLabel[] => labels.filter(({ value }) => value !== null)

function weekOf(instants: readonly Instant[]): string {
  const last = Math.max(...instants.map(epochMs))
  // The first day of 1970 was a Thursday.
  const days = Math.floor(last / DAY_MS)
  return new Date((days - ((days + 3) % 7)) * DAY_MS).toISOString().slice(0, 10)
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
