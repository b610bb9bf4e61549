/**
 * Successive halving (Jamieson & Talwalkar 2016): every variant is tried on a few examples, the better half on more,
 * until one is left or the budget is spent. Pure: what to run next, and who goes on.
 */

/** How many examples each round's variants are tried on, in all and counted from the first. */
export type Round = { readonly variants: number; readonly examples: number }

/** The rounds that a budget of calls pays for; undefined when it does not pay for one example of each variant. */
export function roundsOf(given: { variants: number; examples: number; budget: number }): Round[] | undefined {
  const { variants, examples, budget } = given
  const sizes: number[] = []
  for (let size = variants; ; size = Math.ceil(size / 2)) {
    sizes.push(size)
    if (size === 1 || sizes.length > 30) break
  }
  const playing = sizes.length === 1 ? sizes : sizes.slice(0, -1)
  const rounds: Round[] = []
  let left = budget
  let done = 0
  for (const [index, size] of playing.entries()) {
    const share = Math.floor(left / (playing.length - index) / size)
    const more = Math.min(share, examples - done)
    if (more < 1 && rounds.length === 0) return undefined
    done += Math.max(more, 0)
    left -= Math.max(more, 0) * size
    rounds.push({ variants: size, examples: done })
  }
  return rounds
}

export type Standing = { readonly id: string; readonly mean: number | null; readonly cost: number }

/** The better half, the best first: by mean score, then by cost, then as they came. Who has no score goes first. */
export const betterHalf = <One extends Standing>(all: readonly One[]): One[] =>
  ranked(all).slice(0, Math.max(1, Math.ceil(all.length / 2)))

export const ranked = <One extends Standing>(all: readonly One[]): One[] =>
  all.toSorted((one, other) => (other.mean ?? -Infinity) - (one.mean ?? -Infinity) || one.cost - other.cost)

export type Point = {
  readonly id: string
  readonly mean: number | null
  readonly cost: number
  readonly latencyMs: number
}

/** Those that no other beats in quality, cost and time at once. */
export const paretoOf = (points: readonly Point[]): string[] =>
  points
    .filter(({ mean }) => mean !== null)
    .filter((one) => !points.some((other) => beats(other, one)))
    .map(({ id }) => id)

const beats = (one: Point, other: Point): boolean =>
  one.mean !== null &&
  other.mean !== null &&
  one.mean >= other.mean &&
  one.cost <= other.cost &&
  one.latencyMs <= other.latencyMs &&
  (one.mean > other.mean || one.cost < other.cost || one.latencyMs < other.latencyMs)
