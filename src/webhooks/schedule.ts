/** When a delivery that failed is tried again: soon at first, then over three days, as Standard Webhooks advises. */
import { HOUR, MINUTE, SECOND } from '../kernel/time.ts'

const WAITS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

/** Tries in all. */
export const MOST_ATTEMPTS = WAITS_MS.length + 1

/**
 * Milliseconds until the next try, up to a tenth more by chance; undefined when there is none.
 * @param attempts how often it was tried
 * @param chance from 0 to 1
 * @param askedMs what the receiver asked for by `Retry-After`; it makes the wait longer, never shorter
 */
export function waitAfter(
  attempts: number,
  { chance, askedMs = 0 }: { chance: number; askedMs?: number },
): number | undefined {
  const wait = WAITS_MS[attempts - 1]
  return wait === undefined ? undefined : Math.max(askedMs, Math.round(wait * (1 + chance / 10)))
}
