/** How fast what stands behind a link may be used: so many calls within a minute, counted in this process, whoever makes them. */
import { Failure } from '../kernel/failure.ts'
import { age, type Clock, type Instant, later, MINUTE } from '../kernel/time.ts'

/** More than people of a room that are asked at once; a program that guesses needs billions of years. */
const MOST_A_MINUTE = 120
const MOST_KEYS = 10_000

export function createPace({ clock }: { clock: Clock }) {
  const seen = new Map<string, { since: Instant; count: number }>()
  /** Throws `governance.link-too-fast` with when it goes on. */
  return (key: string): void => {
    const now = clock()
    const found = seen.get(key)
    const current = found && age(found.since, now) < MINUTE ? found : { since: now, count: 0 }
    current.count += 1
    if (seen.size >= MOST_KEYS) seen.clear()
    seen.set(key, current)
    if (current.count <= MOST_A_MINUTE) return
    const retryAfterMs = Math.max(0, age(now, later(current.since, MINUTE)))
    throw new Failure(
      'limited',
      'governance.link-too-fast',
      'Too many people use this at once. Try again in a minute; nothing was lost.',
      { facts: { retryAfterMs } },
    )
  }
}
