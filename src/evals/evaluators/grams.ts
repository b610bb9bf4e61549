/** Counting of runs of tokens, for the measures of overlap. */

/** How often each run of `length` tokens occurs. */
export function countGrams(tokens: readonly string[], length: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let from = 0; from + length <= tokens.length; from++) {
    const gram = tokens.slice(from, from + length).join('\u0001')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** Runs that both have, each as often as the rarer of the two. */
export function sharedGrams(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [gram, count] of one) shared += Math.min(count, other.get(gram) ?? 0)
  return shared
}

export const totalOf = (counts: ReadonlyMap<string, number>): number => {
  let total = 0
  for (const count of counts.values()) total += count
  return total
}
