/**
 * Time as text: an `Instant` is an ISO 8601 UTC string with milliseconds, so that row, value and JSON
 * are the same and comparing strings compares instants. Only this folder reads the machine's clock.
 */
import { z } from 'zod'

export const Instant = z.iso
  .datetime({ precision: 3 })
  // PostgreSQL counts from the year 1.
  .refine((text) => !text.startsWith('0000'), 'there is no year 0')
  .brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

/** Tells the present instant. A parameter everywhere, so that tests can stop it. */
export type Clock = () => Instant

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

let lastMs = -1
let lastInstant = '' as Instant
/** One request asks several times within a millisecond; making the text is most of the cost. */
export const systemClock: Clock = () => {
  const now = Date.now()
  if (now !== lastMs) {
    lastMs = now
    lastInstant = instantOf(now)
  }
  return lastInstant
}

/** A clock that moves only when told to. */
export function stoppedClock(start = '2026-03-01T00:00:00.000Z'): Clock & { advance(ms: number): void } {
  let now = Date.parse(start)
  const clock = () => instantOf(now)
  return Object.assign(clock, {
    advance(ms: number) {
      now += ms
    },
  })
}

/** The instant of a number of milliseconds since 1970. Throws `RangeError` when it is no date. */
export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant

/** Milliseconds since 1970. */
export const epochMs = (instant: Instant): number => (instant === lastInstant ? lastMs : Date.parse(instant))

/** Milliseconds from `then` to `now`; negative when `then` lies ahead. */
export const age = (then: Instant, now: Instant): number => epochMs(now) - epochMs(then)

export const later = (instant: Instant, ms: number): Instant => instantOf(epochMs(instant) + ms)

/** Milliseconds on a clock that never jumps; only differences mean something. */
export const monotonicMs = (): number => performance.now()

/** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
