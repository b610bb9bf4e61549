/** Where a predicate turns from false to true, to double precision. */

/** The point between `low` (false) and `high` (true) from which `holds` is true; `holds` must be monotone. */
export function bisect(range: { low: number; high: number }, holds: (x: number) => boolean): number {
  let { low, high } = range
  for (let round = 0; round < 200; round += 1) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
