/** The keys of a provider's row, each with its way to be read. Opened once for a row and a state of the mounted files. */
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Secret } from '../../kernel/secret.ts'
import { type Instant, instantOf } from '../../kernel/time.ts'
import type { Sealing } from '../sealed.ts'
import { accountIn, fetchToken } from './accounts.ts'
import { type AwsDeps, fetchAwsKeys } from './aws-roles.ts'
import { fetchAzureToken } from './azure-identities.ts'
import type { Credential, KeptCredential } from './contract.ts'
import { fetchGoogleToken } from './google-identities.ts'
import { type IdentityCloud, identityElsewhere } from './identity-hosts.ts'
import type { Key } from './key.ts'
import { createRenewed, type Renewed } from './renewed.ts'
import type { SecretFiles } from './secret-files.ts'

export type KeysDeps = Pick<AwsDeps, 'send' | 'askMachine' | 'nowMs'> & {
  readonly organisation: string
  readonly sealing: Sealing
  /** What a provider may name. */
  readonly environment: (name: string) => Secret | undefined
  /** All of it, for the places that the clouds' SDKs know. */
  readonly anyEnvironment: (name: string) => Secret | undefined
  readonly files: Pick<SecretFiles, 'read' | 'readAt' | 'namesIn' | 'version'>
}

type Row = { readonly name: string; readonly baseUrl: string; readonly credentials: readonly KeptCredential[] }
type Named = Pick<Key, 'name' | 'inForce' | 'kind' | 'from'>

export function createProviderKeys(deps: KeysDeps) {
  const { files, nowMs } = deps
  const opened = new WeakMap<Row, { version: number; keys: readonly Key[] }>()
  /** By what they are fetched with, so that a row that is read again fetches nothing again. */
  const tokens = new Map<string, Renewed>()

  const renewed = (what: string, fetch: Parameters<typeof createRenewed>[0]['fetch']): Renewed => {
    const name = hash('sha256', what)
    const known = tokens.get(name) ?? createRenewed({ fetch, nowMs })
    tokens.set(name, known)
    return known
  }

  /** Whoever runs the server wrote its environment and its mounted secrets; what others store reads no file of its own. */
  const mayRead = (named: Named) => async (path: string) => {
    if (named.kind !== 'stored') return readFile(path, 'utf8')
    const found = files.readAt(path)?.reveal()
    if (found !== undefined) return found
    throw new Error(`${path} is no mounted secret: a stored account reads files below AIRWORTHY_SECRETS alone`)
  }

  /** A text is a key as it is, or an account that is exchanged for tokens. What cannot be read says so when it is used. */
  function keyOf({ baseUrl }: Row, named: Named, read: () => Secret | undefined): Key {
    try {
      const text = read()?.reveal()
      const account = text === undefined ? undefined : accountIn(text)
      if (text === undefined || !account) return { ...named, read: once(read) }
      const fetch = () => fetchToken(account, { ...deps, mayRead: mayRead(named) })
      // The same text may read more in one place than in another.
      const token = renewed(`${named.kind === 'stored' ? 'stored' : 'mounted'} ${text}`, fetch)
      return {
        ...named,
        isToken: true,
        ...(account.type === 'external_account' ? own('google', baseUrl, token) : token),
      }
    } catch {
      return { ...named, read: () => throwing(read) }
    }
  }

  function keysOf(row: Row, kept: KeptCredential): Key[] {
    const { organisation, sealing, environment, anyEnvironment } = deps
    const { name, inForce } = kept
    const clouds = { ...deps, environment: anyEnvironment }
    switch (kept.kind) {
      case 'env':
        return [keyOf(row, { name, inForce, kind: 'env', from: kept.env }, () => environment(kept.env))]
      case 'file':
        return [keyOf(row, { name, inForce, kind: 'file', from: kept.file }, () => files.read(kept.file))]
      case 'folder':
        return files.namesIn(kept.folder).map((file) => {
          const path = `${kept.folder}/${file}`
          return keyOf(row, { name: `${name}/${file}`, inForce, kind: 'file', from: path }, () => files.read(path))
        })
      case 'aws': {
        const keys = renewed(`aws ${kept.aws}`, () => fetchAwsKeys(kept.aws, clouds))
        return [{ name, inForce, kind: 'aws', from: kept.aws, ...keys }]
      }
      case 'azure': {
        const { azure: source, clientId, scope } = kept
        const fetch = () => fetchAzureToken({ source, clientId, scope }, clouds)
        const token = own('azure', row.baseUrl, renewed(`azure ${source} ${clientId} ${scope}`, fetch))
        return [{ name, inForce, kind: 'azure', from: source, isToken: true, ...token }]
      }
      case 'google': {
        const token = own(
          'google',
          row.baseUrl,
          renewed(`google ${kept.google}`, () => fetchGoogleToken(kept.google, clouds)),
        )
        return [{ name, inForce, kind: 'google', from: kept.google, isToken: true, ...token }]
      }
      case 'sealed': {
        const open = () => sealing.open(kept.sealed, `${organisation}/${row.name}`)
        return [keyOf(row, { name, inForce, kind: 'stored', from: null }, open)]
      }
    }
  }

  return {
    of(row: Row): readonly Key[] {
      const known = opened.get(row)
      if (known && known.version === files.version) return known.keys
      const keys = row.credentials.flatMap((kept) => keysOf(row, kept))
      opened.set(row, { version: files.version, keys })
      return keys
    },
  }
}

/** Tokens of a machine's identity for its own cloud; elsewhere, the failure in their place. */
function own(cloud: IdentityCloud, baseUrl: string, token: Renewed): Renewed {
  const elsewhere = identityElsewhere(cloud, baseUrl)
  if (!elsewhere) return token
  const refuse = () => {
    throw elsewhere
  }
  return { read: refuse, fetch: async () => refuse(), failed: () => undefined }
}

/** Reads it again for the failure that it ends in. */
function throwing(read: () => Secret | undefined): undefined {
  const text = read()?.reveal()
  if (text !== undefined) accountIn(text)
}

/** Opening costs; what throws is tried again. */
function once(read: () => Secret | undefined): () => Secret | undefined {
  let known: { readonly secret: Secret | undefined } | undefined
  return () => {
    known ??= { secret: read() }
    return known.secret
  }
}

/** What is said of a credential in the audit log: never the thing itself. */
export const toldOf = (kept: KeptCredential): string =>
  `${kept.name}: ${kept.kind === 'env' ? kept.env : kept.kind === 'sealed' ? 'stored' : kept.kind}`

/** One that may be tried again is not shown as ready while the last try failed. */
export function shownKey({ name, kind, from, inForce, failed }: Key, state: Credential['state']): Credential {
  const last = state.kind === 'ready' ? failed?.() : undefined
  const shown = last && { kind: 'resting' as const, until: instantOf(last.untilMs) as Instant, reason: last.reason }
  return { name, kind, from, inForce, state: shown ?? state }
}
