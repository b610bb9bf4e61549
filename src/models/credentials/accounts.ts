/**
 * Accounts that are exchanged for tokens: a service account of Google's (RFC 7523, a signed JWT for a token:
 * developers.google.com/identity/protocols/oauth2/service-account), an application of Entra's (RFC 6749 §4.4,
 * learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow), and an identity of elsewhere that
 * Google takes for one of its own (`external-accounts.ts`).
 */
import { createSign } from 'node:crypto'
import { z } from 'zod'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { ExternalAccount, type ExternalDeps, fetchExternal } from './external-accounts.ts'
import type { Fetched } from './renewed.ts'
import { CLOUD_PLATFORM, exchanged } from './token-exchange.ts'

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

export const Account = z.discriminatedUnion('type', [ServiceAccount, EntraAccount, ExternalAccount])
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
      `This is no service account's key, no configuration of an external account and no account of Entra's: ${why}`,
    )
  }
}

/** Throws `models.token-failed`. */
export async function fetchToken(account: Account, deps: ExternalDeps): Promise<Fetched> {
  switch (account.type) {
    case 'service_account':
      return fetchGoogle(account, deps)
    case 'entra':
      return fetchEntra(account, deps)
    case 'external_account':
      return fetchExternal(account, deps)
  }
}

const HOUR_SECONDS = 3600

function fetchGoogle({ client_email, private_key, private_key_id, token_uri }: ServiceAccount, deps: ExternalDeps) {
  const iat = Math.floor(deps.nowMs() / 1000)
  const head = { alg: 'RS256', typ: 'JWT', ...(private_key_id && { kid: private_key_id }) }
  const claims = { iss: client_email, scope: CLOUD_PLATFORM, aud: token_uri, iat, exp: iat + HOUR_SECONDS }
  const said = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = createSign('RSA-SHA256').update(said).sign(private_key).toString('base64url')
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${said}.${signature}` }
  return exchanged(token_uri, form, deps)
}

function fetchEntra({ tenant, client_id, client_secret, authority, scope }: EntraAccount, deps: ExternalDeps) {
  const url = `${authority.replace(/\/+$/, '')}/${tenant}/oauth2/v2.0/token`
  return exchanged(url, { grant_type: 'client_credentials', client_id, client_secret, scope }, deps)
}
