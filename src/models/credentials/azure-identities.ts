/**
 * Where a program on Azure's machines finds its identity, as the SDKs look for it: the workload identity of a pod
 * (azure.github.io/azure-workload-identity), the endpoint of App Service, Functions and Container Apps
 * (learn.microsoft.com/azure/app-service/overview-managed-identity), the machine's own metadata service
 * (learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token). `chain` asks in this
 * order and takes the first that is there.
 */
import { readFile } from 'node:fs/promises'
import type { Secret } from '../../kernel/secret.ts'
import type { Upstream } from '../upstream.ts'
import type { Fetched } from './renewed.ts'
import { exchanged, type TokenDeps, tokenFailed, tokenIn } from './token-exchange.ts'

export const AZURE_SOURCES = ['chain', 'workload', 'app-service', 'instance'] as const
export type AzureSource = (typeof AZURE_SOURCES)[number]

export type AzureIdentity = {
  readonly source: AzureSource
  /** Which identity: of a user-assigned one; that of `AZURE_CLIENT_ID`, else the system-assigned one when left out. */
  readonly clientId?: string | undefined
  /** What the token is for; Azure's models when left out. */
  readonly scope?: string | undefined
}
export type AzureDeps = TokenDeps & {
  readonly environment: (name: string) => Secret | undefined
  readonly askMachine: Upstream['askMachine']
}

export const AZURE_SCOPE = 'https://cognitiveservices.azure.com/.default'

type Wanted = { readonly clientId: string | undefined; readonly scope: string }
/** Undefined where this is not the place. */
type Find = (wanted: Wanted, deps: AzureDeps) => Promise<Fetched> | undefined

/** Throws `models.token-failed`. */
export async function fetchAzureToken(identity: AzureIdentity, deps: AzureDeps): Promise<Fetched> {
  const { source, clientId = said('AZURE_CLIENT_ID', deps), scope = AZURE_SCOPE } = identity
  const sources = source === 'chain' ? AZURE_SOURCES.filter((one) => one !== 'chain') : [source]
  for (const one of sources) {
    const found = FINDS[one]({ clientId, scope }, deps)
    if (!found) continue
    return found.catch((thrown) => {
      throw tokenFailed(`The ${one} identity of Azure`, thrown)
    })
  }
  throw tokenFailed('Azure', new Error(`nothing was found in ${sources.join(', ')}`))
}

const FINDS: Readonly<Record<Exclude<AzureSource, 'chain'>, Find>> = {
  workload(wanted, deps) {
    const file = said('AZURE_FEDERATED_TOKEN_FILE', deps)
    const tenant = said('AZURE_TENANT_ID', deps)
    if (!file || !tenant || !wanted.clientId) return undefined
    return federated({ file, tenant, clientId: wanted.clientId, scope: wanted.scope }, deps)
  },
  'app-service'(wanted, deps) {
    const endpoint = said('IDENTITY_ENDPOINT', deps)
    const header = said('IDENTITY_HEADER', deps)
    if (!endpoint || !header) return undefined
    return asked(`${endpoint}?${queryOf(wanted, '2019-08-01')}`, { 'x-identity-header': header }, deps)
  },
  instance(wanted, deps) {
    const base = (said('AZURE_POD_IDENTITY_AUTHORITY_HOST', deps) ?? INSTANCE).replace(/\/+$/, '')
    return asked(`${base}/metadata/identity/oauth2/token?${queryOf(wanted, '2018-02-01')}`, { metadata: 'true' }, deps)
  },
}

const INSTANCE = 'http://169.254.169.254'
const AUTHORITY = 'https://login.microsoftonline.com'

/** The file is read each time, because the cluster writes it anew every hour. */
async function federated(
  { file, tenant, clientId, scope }: { file: string; tenant: string; clientId: string; scope: string },
  deps: AzureDeps,
): Promise<Fetched> {
  const authority = (said('AZURE_AUTHORITY_HOST', deps) ?? AUTHORITY).replace(/\/+$/, '')
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: (await readFile(file, 'utf8')).trim(),
  }
  return exchanged(`${authority}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, form, deps)
}

/** These services take a resource, which is a scope without its last part. */
const queryOf = ({ clientId, scope }: Wanted, version: string): URLSearchParams =>
  new URLSearchParams({
    'api-version': version,
    resource: scope.replace(/\/\.default$/, ''),
    ...(clientId !== undefined && { client_id: clientId }),
  })

const asked = async (url: string, headers: Record<string, string>, deps: AzureDeps): Promise<Fetched> =>
  tokenIn(await deps.askMachine({ url, headers: { ...headers, accept: 'application/json' } }), deps)

const said = (name: string, { environment }: Pick<AzureDeps, 'environment'>): string | undefined =>
  environment(name)?.reveal()
