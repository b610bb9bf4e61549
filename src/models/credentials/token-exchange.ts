/** What is the same in every exchange for a token: the form that is posted, what comes back, and how it fails. */
import { z } from 'zod'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { oauthErrorIn } from '../oauth-error.ts'
import { textOf, type Upstream } from '../upstream.ts'
import type { Fetched } from './renewed.ts'

export type TokenDeps = { readonly send: Upstream['send']; readonly nowMs: () => number }

/** What Google's tokens are asked for; what they may do is decided by the roles of their account. */
export const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform'

/** POSTs a form and reads the token of the answer (RFC 6749 §5.1). Throws `models.token-failed`. */
export async function exchanged(url: string, form: Record<string, string>, deps: TokenDeps): Promise<Fetched> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  try {
    return tokenIn(await posted({ url, headers, body: new URLSearchParams(form).toString() }, deps), deps)
  } catch (thrown) {
    throw tokenFailed(new URL(url).host, thrown)
  }
}

const EXCHANGE_MS = 15_000
const MOST_BYTES = 64 * 1024

/** The text of an answer of 200; throws with the status and the code of OAuth for any other. */
export async function posted(
  ask: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
  { send }: TokenDeps,
): Promise<string> {
  const signal = AbortSignal.timeout(EXCHANGE_MS)
  const answer = await send({ ...ask, ...(ask.body === undefined && { method: 'GET' as const }), signal })
  const text = await textOf(answer, { host: new URL(ask.url).host, signal, limit: MOST_BYTES })
  if (answer.status !== 200) throw new Error(`it answered ${answer.status}${oauthErrorIn(text)}`)
  return text
}

const seconds = z.coerce.number().positive()
/** Azure's metadata services say when it ends; all others, and those too, in how many seconds. */
const Token = z.object({
  access_token: z.string().min(1),
  expires_on: seconds.optional(),
  expires_in: seconds.optional(),
})

/** Throws where there is no token, or where it does not say how long it holds. */
export function tokenIn(text: string, { nowMs }: Pick<TokenDeps, 'nowMs'>): Fetched {
  const { access_token, expires_on, expires_in } = Token.parse(JSON.parse(text))
  if (expires_on === undefined && expires_in === undefined) throw new Error('it does not say how long its token holds')
  const untilMs = expires_on === undefined ? nowMs() + (expires_in ?? 0) * 1000 : expires_on * 1000
  return { secret: new Secret(access_token), untilMs }
}

const CODE = 'models.token-failed'

/** A failure that is one already says more than who asked. */
export function tokenFailed(from: string, cause: unknown): Failure {
  if (cause instanceof Failure && cause.code === CODE) return cause
  const why = messageOf(cause).replace(/\.$/, '')
  return new Failure('unavailable', CODE, `${from} gave no token: ${why}. Check the account, and try again.`, { cause })
}
