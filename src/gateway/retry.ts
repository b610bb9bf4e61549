/** How long a target is left alone before it is asked again. */

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** Full jitter (Brooker 2015): a pause by chance below a bound that doubles, for a target that is asked again. */
export const pauseBefore = (round: number, chance: number): number =>
  Math.round(chance * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round))
