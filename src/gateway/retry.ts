/** Which failures another target, or the same one a moment later, may heal. */
import { Failure } from '../kernel/failure.ts'
import { retryAfterMs } from '../kernel/retry-after.ts'

/** Statuses of providers that say nothing against the request itself: busy, broken, or not taking our key or model. */
const HEALABLE = new Set([401, 403, 404, 408, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529])

export const isHealableStatus = (status: number): boolean => HEALABLE.has(status)

const CODES = new Set([
  'models.upstream-timeout',
  'models.upstream-unreachable',
  'models.upstream-failed',
  'models.upstream-unreadable',
  'models.upstream-limited',
  'models.upstream-refused-key',
  'models.upstream-unknown-model',
  'models.stream-cut',
  'models.key-missing',
  'models.unknown-model',
])

export const isHealableCode = (code: string): boolean => CODES.has(code)

export const isHealable = (thrown: unknown): boolean => thrown instanceof Failure && isHealableCode(thrown.code)

/** `Retry-After`, or OpenAI's `retry-after-ms`; undefined when there is neither. */
export function retryAfterOf(headers: Readonly<Record<string, string | string[] | undefined>>, nowMs: number) {
  const milliseconds = Number(textOf(headers['retry-after-ms']))
  if (milliseconds > 0) return milliseconds
  return retryAfterMs(textOf(headers['retry-after']), nowMs)
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** Full jitter (Brooker 2015): a pause by chance below a bound that doubles, for a target that is asked again. */
export const pauseBefore = (round: number, chance: number): number =>
  Math.round(chance * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round))

const textOf = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim()
