/**
 * Where a program on Google's machines finds its identity, as the SDKs look for it (google.aip.dev/auth/4110): the file
 * that `GOOGLE_APPLICATION_CREDENTIALS` names, a service account's key or an external account, then the metadata service
 * of the machine, the pod or the container (cloud.google.com/compute/docs/access/authenticate-workloads). `chain` asks
 * in this order and takes the first that is there.
 */
import { readFile } from 'node:fs/promises'
import type { Secret } from '../../kernel/secret.ts'
import { GOOGLE_METADATA } from '../machine-addresses.ts'
import { accountIn, fetchToken } from './accounts.ts'
import type { ExternalDeps } from './external-accounts.ts'
import type { Fetched } from './renewed.ts'
import { CLOUD_PLATFORM, tokenFailed, tokenIn } from './token-exchange.ts'

export const GOOGLE_SOURCES = ['chain', 'file', 'instance'] as const
export type GoogleSource = (typeof GOOGLE_SOURCES)[number]

export type GoogleDeps = Omit<ExternalDeps, 'mayRead'> & { readonly environment: (name: string) => Secret | undefined }

/** Throws `models.token-failed`. */
export async function fetchGoogleToken(source: GoogleSource, deps: GoogleDeps): Promise<Fetched> {
  const file = deps.environment('GOOGLE_APPLICATION_CREDENTIALS')?.reveal()
  try {
    if (source !== 'instance' && file !== undefined) return await fromFile(file, deps)
    if (source === 'file') throw new Error('GOOGLE_APPLICATION_CREDENTIALS is not set')
    return await fromInstance(deps)
  } catch (thrown) {
    throw tokenFailed(`The ${source === 'chain' ? 'identity' : source} of Google`, thrown)
  }
}

/** Whoever runs the server wrote the file, so that it may read what it names. */
async function fromFile(file: string, deps: GoogleDeps): Promise<Fetched> {
  const account = accountIn((await readFile(file, 'utf8')).trim())
  if (!account || account.type === 'entra')
    throw new Error('the file that GOOGLE_APPLICATION_CREDENTIALS names is no account of Google’s')
  return fetchToken(account, { ...deps, mayRead: (path) => readFile(path, 'utf8') })
}

async function fromInstance(deps: GoogleDeps): Promise<Fetched> {
  const host = deps.environment('GCE_METADATA_HOST')?.reveal() ?? GOOGLE_METADATA
  const query = new URLSearchParams({ scopes: CLOUD_PLATFORM })
  const url = `http://${host}/computeMetadata/v1/instance/service-accounts/default/token?${query}`
  const flavor = { 'metadata-flavor': 'Google' }
  return tokenIn(await deps.askMachine({ url, headers: flavor, answers: flavor }), deps)
}
