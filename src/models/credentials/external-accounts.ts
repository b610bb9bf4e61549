/**
 * An identity of elsewhere that Google takes for one of its own (workload identity federation, google.aip.dev/auth/4117):
 * a token of its own is found in a file or at an address, exchanged at Google's STS (RFC 8693), and where the
 * configuration says so exchanged once more for one of a service account.
 *
 * Such a configuration names files to read and places to send them to, and whoever may change a provider may give one.
 * So what it finds goes to Google alone, and one that is stored reads nothing but mounted secrets (`mayRead`).
 */
import { z } from 'zod'
import { Secret } from '../../kernel/secret.ts'
import { isLoopback, isMachineAddress } from '../machine-addresses.ts'
import type { Upstream } from '../upstream.ts'
import type { Fetched } from './renewed.ts'
import { CLOUD_PLATFORM, exchanged, posted, type TokenDeps, tokenFailed } from './token-exchange.ts'

const ofGoogle = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text)
  return (protocol === 'https:' && hostname.endsWith('.googleapis.com')) || isLoopback(hostname)
}, 'it is sent to https://….googleapis.com alone')

const format = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text') }),
    z.object({ type: z.literal('json'), subject_token_field_name: z.string().min(1) }),
  ])
  .default({ type: 'text' })

/** The file that Google gives for a pool; certificates, programs and Amazon's own form are not read. */
export const ExternalAccount = z.object({
  type: z.literal('external_account'),
  audience: z.string().min(1),
  subject_token_type: z.string().min(1),
  token_url: ofGoogle.default('https://sts.googleapis.com/v1/token'),
  service_account_impersonation_url: ofGoogle.optional(),
  service_account_impersonation: z
    .object({ token_lifetime_seconds: z.number().int().min(600).max(43_200).optional() })
    .optional(),
  credential_source: z
    .object({
      file: z.string().min(1).optional(),
      url: z.url().optional(),
      headers: z.record(z.string(), z.string()).default({}),
      format,
    })
    .refine(
      ({ file, url }) => (file === undefined) !== (url === undefined),
      'gives a `file` or a `url`; certificates, programs and those of Amazon are not read',
    ),
})
export type ExternalAccount = z.infer<typeof ExternalAccount>

export type ExternalDeps = TokenDeps & {
  readonly askMachine: Upstream['askMachine']
  /** The content of a file that a configuration names; throws for one that it may not read. */
  readonly mayRead: (path: string) => Promise<string>
}

const LIFETIME_SECONDS = 3600

/** Throws `models.token-failed`. */
export async function fetchExternal(account: ExternalAccount, deps: ExternalDeps): Promise<Fetched> {
  const impersonate = account.service_account_impersonation_url
  const subject = await subjectTokenOf(account, deps).catch((thrown) => {
    throw tokenFailed('The source of the external account', thrown)
  })
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: account.audience,
    scope: CLOUD_PLATFORM,
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    subject_token: subject,
    subject_token_type: account.subject_token_type,
  }
  const federated = await exchanged(account.token_url, form, deps)
  if (impersonate === undefined) return federated
  return impersonated(impersonate, account, { federated, deps })
}

async function subjectTokenOf({ credential_source: source }: ExternalAccount, deps: ExternalDeps): Promise<string> {
  const { file, url, headers, format } = source
  const text = url === undefined ? await deps.mayRead(file ?? '') : await textAt({ url, headers }, deps)
  const found = format.type === 'text' ? text.trim() : fieldOf(text, format.subject_token_field_name)
  if (found === '') throw new Error('there is no token in it')
  return found
}

/** Azure's metadata service is such a source, at the one address where it gives tokens. */
function textAt({ url, headers }: { url: string; headers: Record<string, string> }, deps: ExternalDeps) {
  const { hostname, pathname } = new URL(url)
  const isMachine = isMachineAddress(new URL(url)) && !isLoopback(hostname)
  if (isMachine && pathname === '/metadata/identity/oauth2/token') return deps.askMachine({ url, headers })
  return posted({ url, headers }, deps)
}

function fieldOf(text: string, name: string): string {
  const found = z.record(z.string(), z.unknown()).parse(JSON.parse(text))[name]
  if (typeof found !== 'string') throw new Error(`it has no field ${name}`)
  return found.trim()
}

const Impersonated = z.object({ accessToken: z.string().min(1), expireTime: z.iso.datetime() })

/** cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
async function impersonated(
  url: string,
  { service_account_impersonation: said }: ExternalAccount,
  { federated, deps }: { federated: Fetched; deps: TokenDeps },
): Promise<Fetched> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${federated.secret.reveal()}` }
  const lifetime = `${said?.token_lifetime_seconds ?? LIFETIME_SECONDS}s`
  try {
    const text = await posted({ url, headers, body: JSON.stringify({ scope: [CLOUD_PLATFORM], lifetime }) }, deps)
    const { accessToken, expireTime } = Impersonated.parse(JSON.parse(text))
    return { secret: new Secret(accessToken), untilMs: Date.parse(expireTime) }
  } catch (thrown) {
    throw tokenFailed(new URL(url).host, thrown)
  }
}
