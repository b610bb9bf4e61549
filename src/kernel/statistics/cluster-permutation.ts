/**
 * Did shares change between two periods, where what one user asks belongs together? The labels of the periods are dealt
 * anew among the users: under no change every deal is as likely as the one that was seen (Good 2005, Permutation,
 * Parametric and Bootstrap Tests, ch. 3). p = (1 + as far or farther) / (1 + draws), which is never 0 (Phipson & Smyth
 * 2010, Statistical Applications in Genetics and Molecular Biology 9).
 *
 * Invariant: whole users are dealt, so that one who asks a hundred times is one coin.
 */

/** What one user did in one period. */
export type PeriodUnit = {
  readonly isLater: boolean
  readonly requests: number
  /** How many requests count, by share; a share that is not here counts none. */
  readonly counts: ReadonlyMap<number, number>
  /** Out of how many, for shares that are not of all requests. */
  readonly of: ReadonlyMap<number, number>
}

export type PeriodChange = {
  /** Two-sided, one for each share, not corrected for their number. */
  readonly p: readonly number[]
  /** Half the sum of the differences of `spread`: 0 alike, 1 nothing in common (total variation). */
  readonly distance: number
  readonly distanceP: number
}

/**
 * @param shares how many shares there are, counted from 0
 * @param spread those that divide all requests among them, for the distance
 * @param partial those that are not of all requests
 * @param random a seeded stream in [0, 1)
 */
export function periodChange({
  units,
  shares,
  spread,
  partial,
  draws,
  random,
}: {
  units: readonly PeriodUnit[]
  shares: number
  spread: readonly number[]
  partial: readonly number[]
  draws: number
  random: () => number
}): PeriodChange {
  const flat = flattened(units, shares, partial)
  const labels = Uint8Array.from(units, ({ isLater }) => (isLater ? 1 : 0))
  const seen = differencesOf(flat, labels)
  const distance = distanceOf(seen, spread)
  const farther = new Array<number>(shares).fill(0)
  let fartherApart = 0
  for (let draw = 0; draw < draws; draw++) {
    deal(labels, random)
    const dealt = differencesOf(flat, labels)
    for (let share = 0; share < shares; share++)
      if (Math.abs(dealt[share] ?? 0) >= Math.abs(seen[share] ?? 0) - ROUNDING)
        farther[share] = (farther[share] ?? 0) + 1
    if (distanceOf(dealt, spread) >= distance - ROUNDING) fartherApart++
  }
  const pOf = (count: number) => (1 + count) / (1 + draws)
  return { p: farther.map(pOf), distance, distanceP: pOf(fartherApart) }
}

/** Sums in another order differ in their last digits. */
const ROUNDING = 1e-12

/** Sums of a user in a row of cells: counts by share, then what they are out of, all requests last. */
type Flat = {
  readonly shares: number
  /** Where the cell of what a share is out of stands. */
  readonly ofs: Int32Array
  /** Of user u the cells from `starts[u]` to `starts[u + 1]`. */
  readonly starts: Int32Array
  readonly cells: Int32Array
  readonly values: Float64Array
  /** Over all users. */
  readonly totals: Float64Array
}

function flattened(units: readonly PeriodUnit[], shares: number, partial: readonly number[]): Flat {
  const all = 2 * shares
  const ofs = new Int32Array(shares).fill(all)
  for (const share of partial) ofs[share] = shares + share
  const [starts, cells, values] = [[0], [] as number[], [] as number[]]
  const totals = new Float64Array(all + 1)
  const add = (cell: number, value: number) => {
    cells.push(cell)
    values.push(value)
    totals[cell] = (totals[cell] ?? 0) + value
  }
  for (const { requests, counts, of } of units) {
    for (const [share, count] of counts) add(share, count)
    for (const [share, out] of of) add(shares + share, out)
    add(all, requests)
    starts.push(cells.length)
  }
  return {
    ...{ shares, ofs, totals, starts: Int32Array.from(starts), cells: Int32Array.from(cells) },
    values: Float64Array.from(values),
  }
}

/** Later minus earlier; 0 where one of them has nothing to be a share of. */
function differencesOf({ shares, ofs, starts, cells, values, totals }: Flat, labels: Uint8Array): Float64Array {
  const later = new Float64Array(totals.length)
  for (let unit = 0; unit < labels.length; unit++) {
    if (labels[unit] === 0) continue
    const end = starts[unit + 1] ?? 0
    for (let at = starts[unit] ?? 0; at < end; at++) {
      const cell = cells[at] ?? 0
      later[cell] = (later[cell] ?? 0) + (values[at] ?? 0)
    }
  }
  const differences = new Float64Array(shares)
  for (let share = 0; share < shares; share++) {
    const of = ofs[share] ?? 0
    const [ofLater, ofAll] = [later[of] ?? 0, totals[of] ?? 0]
    if (ofLater === 0 || ofLater === ofAll) continue
    const count = later[share] ?? 0
    differences[share] = count / ofLater - ((totals[share] ?? 0) - count) / (ofAll - ofLater)
  }
  return differences
}

const distanceOf = (differences: Float64Array, spread: readonly number[]): number =>
  spread.reduce((sum, share) => sum + Math.abs(differences[share] ?? 0), 0) / 2

/** Fisher and Yates: every order is as likely. */
function deal(labels: Uint8Array, random: () => number): void {
  for (let left = labels.length - 1; left > 0; left--) {
    const other = Math.floor(random() * (left + 1))
    const label = labels[left] ?? 0
    labels[left] = labels[other] ?? 0
    labels[other] = label
  }
}
