/**
 * Which arms are worth a choice between quality, cost and time, and by which the others are beaten. Pure.
 *
 * An arm is beaten by one that is no worse in all three and better in one, by the figures. What is not known may be
 * anything: an arm whose cost nobody knows beats none, and is beaten by none.
 */
export type Point = {
  readonly id: string
  readonly label: string
  /** The more the better. */
  readonly good: number | null
  /** Micro-dollars of a case. */
  readonly cost: number | null
  /** Milliseconds. */
  readonly latency: number | null
}
type Known = Point & { readonly good: number; readonly cost: number; readonly latency: number }

/** beaten: the best of those that beat it, and in what that one is better. */
export type Place = { readonly id: string } & (
  | { readonly kind: 'front' }
  | { readonly kind: 'beaten'; readonly by: string; readonly in: readonly Gain[] }
  | { readonly kind: 'unknown'; readonly lacks: readonly ('score' | 'cost' | 'time')[] }
)
export type Gain = 'quality' | 'cost' | 'time'

/** In the order in which they came. */
export function placesOf(points: readonly Point[]): Place[] {
  const known = points.filter(isKnown)
  return points.map((point): Place => {
    const { id } = point
    if (!isKnown(point)) return { id, kind: 'unknown', lacks: lacksOf(point) }
    const [best] = known
      .filter((other) => gainsOf(other, point) !== undefined)
      .toSorted((one, other) => other.good - one.good || one.cost - other.cost || one.latency - other.latency)
    return best ? { id, kind: 'beaten', by: best.label, in: gainsOf(best, point) ?? [] } : { id, kind: 'front' }
  })
}

const isKnown = (point: Point): point is Known => point.good !== null && point.cost !== null && point.latency !== null

function lacksOf({ good, cost, latency }: Point): ('score' | 'cost' | 'time')[] {
  return [
    ...(good === null ? (['score'] as const) : []),
    ...(cost === null ? (['cost'] as const) : []),
    ...(latency === null ? (['time'] as const) : []),
  ]
}

/** In what the one is better; undefined where it is worse in anything, or the same in all. */
function gainsOf(one: Known, other: Known): Gain[] | undefined {
  if (one.good < other.good || one.cost > other.cost || one.latency > other.latency) return undefined
  const gains: Gain[] = [
    ...(one.good > other.good ? (['quality'] as const) : []),
    ...(one.cost < other.cost ? (['cost'] as const) : []),
    ...(one.latency < other.latency ? (['time'] as const) : []),
  ]
  return gains.length > 0 ? gains : undefined
}
