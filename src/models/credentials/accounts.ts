/**
 * Accounts that are exchanged for tokens: a service account of Google's (RFC 7523, a signed JWT for a token:
 * developers.google.com/identity/protocols/oauth2/service-account) and an application of Entra's (RFC 6749 §4.4,
 * learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 */
import { createSign } from 'node:crypto'
import { z } from 'zod'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { textOf, type Upstream } from '../upstream.ts'
import type { Fetched } from './renewed.ts'

/** The file that Google gives for a service account; its other fields are not needed. */
export const ServiceAccount = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().startsWith('-----BEGIN'),
  private_key_id: z.string().optional(),
  token_uri: z.url().default('https://oauth2.googleapis.com/token'),
})
export type ServiceAccount = z.infer<typeof ServiceAccount>

export const EntraAccount = z.object({
  type: z.literal('entra'),
  tenant: z.string().regex(/^[\w.-]+$/, 'a tenant is an id or a domain'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  authority: z.url().default('https://login.microsoftonline.com'),
  scope: z.string().default('https://cognitiveservices.azure.com/.default'),
})
export type EntraAccount = z.infer<typeof EntraAccount>

export const Account = z.discriminatedUnion('type', [ServiceAccount, EntraAccount])
export type Account = z.infer<typeof Account>

/** What a text holds when it is no key as it is; undefined for a key. Throws `models.account-not-valid`. */
export function accountIn(text: string): Account | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return Account.parse(JSON.parse(text))
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? z.prettifyError(thrown) : messageOf(thrown)
    throw new Failure(
      'invalid',
      'models.account-not-valid',
      `This is no service account's key and no account of Entra's: ${why}`,
    )
  }
}

export type TokenDeps = { readonly send: Upstream['send']; readonly nowMs: () => number }

/** Throws `models.token-failed`. */
export const fetchToken = (account: Account, deps: TokenDeps): Promise<Fetched> =>
  account.type === 'entra' ? fetchEntra(account, deps) : fetchGoogle(account, deps)

const HOUR_SECONDS = 3600
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

function fetchGoogle({ client_email, private_key, private_key_id, token_uri }: ServiceAccount, deps: TokenDeps) {
  const iat = Math.floor(deps.nowMs() / 1000)
  const head = { alg: 'RS256', typ: 'JWT', ...(private_key_id && { kid: private_key_id }) }
  const claims = { iss: client_email, scope: SCOPE, aud: token_uri, iat, exp: iat + HOUR_SECONDS }
  const said = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = createSign('RSA-SHA256').update(said).sign(private_key).toString('base64url')
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${said}.${signature}` }
  return ask(token_uri, form, deps)
}

function fetchEntra({ tenant, client_id, client_secret, authority, scope }: EntraAccount, deps: TokenDeps) {
  const url = `${authority.replace(/\/+$/, '')}/${tenant}/oauth2/v2.0/token`
  return ask(url, { grant_type: 'client_credentials', client_id, client_secret, scope }, deps)
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

async function ask(url: string, form: Record<string, string>, { send, nowMs }: TokenDeps): Promise<Fetched> {
  const { host } = new URL(url)
  const signal = AbortSignal.timeout(15_000)
  try {
    const answer = await send({
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      signal,
    })
    const text = await textOf(answer, { host, signal, limit: 64 * 1024 })
    if (answer.status !== 200) throw new Error(`it answered ${answer.status} ${errorIn(text)}`)
    const { access_token, expires_in } = Token.parse(JSON.parse(text))
    return { secret: new Secret(access_token), untilMs: nowMs() + expires_in * 1000 }
  } catch (thrown) {
    throw tokenFailed(host, thrown)
  }
}

/** The code that OAuth gives (RFC 6749 §5.2); the sentence beside it may say back what was sent. */
const errorIn = (text: string): string => /"error"\s*:\s*"([\w.-]{1,60})"/.exec(text)?.[1] ?? ''

export const tokenFailed = (from: string, cause: unknown): Failure =>
  new Failure(
    'unavailable',
    'models.token-failed',
    `${from} gave no token: ${messageOf(cause)}. Check the account, and try again.`,
    {
      cause,
    },
  )
