/** What goes wrong with a provider, as failures with a stable code and a sentence that says what to do. */
import { Failure, messageOf } from '../kernel/failure.ts'
import { hide } from '../kernel/hide.ts'
import type { Secret } from '../kernel/secret.ts'

const PHASES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'idle',
}
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
])

/** A thrown error of the HTTP client. */
export function upstreamFailure(thrown: unknown, host: string): Failure {
  if (thrown instanceof Failure) return thrown
  const { code = '', errors } = thrown as { code?: string; errors?: { code?: string }[] }
  const found = code || errors?.[0]?.code || ''
  const phase = PHASES[found]
  if (phase)
    return new Failure(
      'unavailable',
      'models.upstream-timeout',
      `${host} was too slow (${phase}). Try again, or give it more time.`,
      { facts: { phase }, cause: thrown },
    )
  if (UNREACHABLE.has(found))
    return new Failure(
      'unavailable',
      'models.upstream-unreachable',
      `${host} cannot be reached (${found}). Is the server running, and is the address right?`,
      { cause: thrown },
    )
  return new Failure(
    'unavailable',
    'models.stream-cut',
    `The connection to ${host} broke off: ${messageOf(thrown)}. Try again.`,
    { cause: thrown },
  )
}

/** An answer that is an error, by status. What the provider says is shown without the key. */
export function refusalOf({
  provider,
  status,
  body,
  waitMs,
  credential,
}: {
  provider: string
  status: number
  body: string
  /** How long it asks to be left alone, in milliseconds. */
  waitMs?: number | undefined
  credential?: Secret | undefined
}): Failure {
  const said = errorText(hide(body, credential))
  const facts = { upstreamStatus: status }
  if (status === 401 || status === 403)
    return new Failure(
      'unavailable',
      'models.upstream-refused-key',
      `${provider} does not accept the key (${status}): ${said} Set a working one with PUT /api/v1/providers/${provider}.`,
      { facts },
    )
  if (status === 404)
    return new Failure('invalid', 'models.upstream-unknown-model', `${provider} does not know this: ${said}`, { facts })
  if (status === 429)
    return new Failure('limited', 'models.upstream-limited', `${provider} limits us: ${said}`, {
      facts: { ...facts, ...retryFacts(waitMs) },
    })
  if (status >= 400 && status < 500)
    return new Failure('invalid', 'models.upstream-refused', `${provider} refused the request (${status}): ${said}`, {
      facts,
    })
  return new Failure('unavailable', 'models.upstream-failed', `${provider} failed (${status}): ${said} Try again.`, {
    facts: { ...facts, ...retryFacts(waitMs) },
  })
}

/** The sentence of an error body: OpenAI's `{error: {message}}`, `{message}`, `{detail}`, or the text itself. */
export function errorText(body: string): string {
  let found: unknown = body
  try {
    const value = JSON.parse(body) as Record<string, unknown> | null
    const inner = (value?.error ?? value) as Record<string, unknown> | string | null
    found = typeof inner === 'string' ? inner : (inner?.message ?? inner?.detail ?? body)
  } catch {
    // Not JSON: the text is what there is.
  }
  const text = String(typeof found === 'string' ? found : JSON.stringify(found))
    .replace(/\s+/g, ' ')
    .trim()
  return text === '' ? 'no reason given.' : `${text.slice(0, 300)}${/[.!?]$/.test(text) ? '' : '.'}`
}

const retryFacts = (waitMs: number | undefined): Record<string, number> =>
  waitMs === undefined ? {} : { retryAfterMs: waitMs }
