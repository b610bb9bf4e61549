/** How long a server asks to be left alone. */
import { epochMs, systemClock } from './time.ts'

/**
 * Milliseconds of a `Retry-After`, which is seconds or a date (RFC 9110 §10.2.3); 0 for a date that has passed.
 * Undefined when there is none, or none that can be read.
 */
export function retryAfterMs(text: string | undefined, nowMs = epochMs(systemClock())): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const seconds = Number(text)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - nowMs
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
