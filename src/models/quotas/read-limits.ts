/**
 * Limits in the headers of an answer; pure. As documented by
 * - OpenAI, Azure and Groq: `x-ratelimit-limit-requests`, `-tokens` (developers.openai.com/api/docs/guides/rate-limits,
 *   console.groq.com/docs/rate-limits),
 * - Anthropic: `anthropic-ratelimit-requests-limit`, `-input-tokens-limit`, … a minute (docs.anthropic.com/en/api/rate-limits),
 * - Mistral, Cerebras, DigitalOcean: with the window in the name, `x-ratelimit-limit-req-minute`, `…-tokens-per-day`,
 * - Fireworks: `x-ratelimit-limit-tokens-prompt`, `-tokens-generated` (docs.fireworks.ai/serverless/rate-limits).
 *
 * `-tokens` is a minute's with all of them. `-requests` is a minute's with some and a day's with others (Groq, and small
 * accounts of OpenAI), so its window is worked out from how soon what was used comes back.
 */
import { durationMs } from '../asked-to-wait.ts'
import type { UpstreamHeaders } from '../call.ts'
import type { Counted, Per, ReadLimit } from './contract.ts'

export function readLimits(headers: UpstreamHeaders, nowMs: number): ReadLimit[] {
  const found: ReadLimit[] = []
  for (const name in headers) {
    const places = placesOf(name)
    const limit = places && numberIn(headers[name])
    if (!places || !limit) continue
    const remaining = numberIn(headers[places.remaining]) ?? null
    const per = places.per ?? windowOf({ limit, remaining, resetMs: resetIn(headers[places.reset], nowMs) })
    found.push({ counted: places.counted, per, limit, remaining })
  }
  return found
}

type Places = { counted: Counted; per: Per | undefined; remaining: string; reset: string }

const COUNTED: Readonly<Record<string, Counted>> = {
  req: 'requests',
  requests: 'requests',
  tokens: 'tokens',
  'input-tokens': 'input-tokens',
  'tokens-prompt': 'input-tokens',
  'output-tokens': 'output-tokens',
  'tokens-generated': 'output-tokens',
}

function placesOf(name: string): Places | undefined {
  if (name.startsWith('anthropic-ratelimit-')) {
    const kind = /^anthropic-ratelimit-([a-z-]+)-limit$/.exec(name)?.[1] ?? ''
    const counted = COUNTED[kind]
    const at = `anthropic-ratelimit-${kind}`
    return counted && { counted, per: 'minute', remaining: `${at}-remaining`, reset: `${at}-reset` }
  }
  if (!name.startsWith('x-ratelimit-limit-')) return undefined
  const rest = name.slice('x-ratelimit-limit-'.length)
  const [, kind = rest, window] = /^(.+?)-(?:per-)?(second|minute|hour|day|month)$/.exec(rest) ?? []
  const counted = COUNTED[kind]
  if (!counted) return undefined
  const per = (window as Per | undefined) ?? (counted === 'requests' ? undefined : 'minute')
  return { counted, per, remaining: `x-ratelimit-remaining-${rest}`, reset: `x-ratelimit-reset-${rest}` }
}

const WINDOWS: readonly (readonly [Per, number])[] = [
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]
/** What comes back is rounded, and other requests come in between. */
const MOST_OFF = 1.5

/** What was used comes back evenly: `reset` is to the window as what was used is to the limit. */
function windowOf(said: { limit: number; remaining: number | null; resetMs: number | undefined }): Per | null {
  const { limit, remaining, resetMs } = said
  if (remaining === null || remaining >= limit || resetMs === undefined || resetMs <= 0) return null
  const windowMs = (resetMs * limit) / (limit - remaining)
  return WINDOWS.find(([, ms]) => windowMs > ms / MOST_OFF && windowMs < ms * MOST_OFF)?.[0] ?? null
}

const textOf = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '')

/** Azure says -1 where it does not count. */
function numberIn(value: string | string[] | undefined): number | undefined {
  const text = textOf(value).trim()
  const number = text === '' ? Number.NaN : Number(text)
  return number >= 0 ? number : undefined
}

const resetIn = (value: string | string[] | undefined, nowMs: number): number | undefined => {
  const text = textOf(value).trim()
  return text === '' ? undefined : durationMs(text, nowMs)
}
