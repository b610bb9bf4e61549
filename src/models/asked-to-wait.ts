/**
 * How long a provider asks to be left alone, in every form in which they say it: `retry-after-ms`, `Retry-After` as
 * seconds or date (RFC 9110 §10.2.3), Google's `RetryInfo` in the body (google.rpc, error_details.proto), and what is
 * said of the window of a limit: OpenAI's `x-ratelimit-reset-*` as a duration (`6m0s`), Anthropic's
 * `anthropic-ratelimit-*-reset` as a date, others as seconds or an instant. A window counts only where nothing is left
 * of it, else every answer would ask to wait.
 */
import { retryAfterMs } from '../kernel/retry-after.ts'
import type { UpstreamHeaders } from './call.ts'

/** Milliseconds; undefined when it does not say. */
export function askedToWait({
  headers,
  text,
  nowMs,
}: {
  headers: UpstreamHeaders
  text: string
  nowMs: number
}): number | undefined {
  const milliseconds = textOf(headers['retry-after-ms'])
  if (milliseconds !== '' && Number(milliseconds) >= 0) return Number(milliseconds)
  return retryAfterMs(textOf(headers['retry-after']), nowMs) ?? retryInfo(text) ?? windowOf(headers, nowMs)
}

/** `{"error": {"details": [{"@type": "…/google.rpc.RetryInfo", "retryDelay": "34.07s"}]}}`, in an array for streams. */
function retryInfo(text: string): number | undefined {
  const found = /google\.rpc\.RetryInfo"[^{}]*?"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(text)
  const before = /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"[^{}]*?google\.rpc\.RetryInfo"/.exec(text)
  const seconds = found?.[1] ?? before?.[1]
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000)
}

const RESET = /^(?:x-ratelimit-reset(-[\w-]+)?|anthropic-ratelimit-([\w-]+)-reset)$/

/** The longest of the windows of which nothing is left. */
function windowOf(headers: UpstreamHeaders, nowMs: number): number | undefined {
  let longest: number | undefined
  for (const name in headers) {
    const found = RESET.exec(name)
    if (!found) continue
    const left =
      found[2] === undefined ? `x-ratelimit-remaining${found[1] ?? ''}` : `anthropic-ratelimit-${found[2]}-remaining`
    if (textOf(headers[left]) !== '0') continue
    const ms = durationMs(textOf(headers[name]), nowMs)
    if (ms !== undefined && (longest === undefined || ms > longest)) longest = ms
  }
  return longest
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
/** Numbers above these are instants since 1970, not lengths of time. */
const SECONDS_SINCE_1970 = 1_000_000_000
const MILLISECONDS_SINCE_1970 = 1_000_000_000_000

/** Milliseconds of a length of time or until an instant, undefined for anything else: `6m0s`, `7.66s`, `20ms`, `12`, `1731000000`, `2026-03-01T00:00:10Z`. */
export function durationMs(text: string, nowMs: number): number | undefined {
  const number = text === '' ? Number.NaN : Number(text)
  if (number >= MILLISECONDS_SINCE_1970) return Math.max(0, number - nowMs)
  if (number >= SECONDS_SINCE_1970) return Math.max(0, number * 1000 - nowMs)
  if (number >= 0) return number * 1000
  if (/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) {
    let ms = 0
    for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g))
      ms += Number(amount) * (UNITS[unit] ?? 0)
    return Math.ceil(ms)
  }
  return retryAfterMs(text, nowMs)
}

const textOf = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim()
