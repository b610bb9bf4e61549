/** The keys of a provider's row, each with its way to be read. Opened once for a row and a state of the mounted files. */
import { hash } from 'node:crypto'
import type { Secret } from '../../kernel/secret.ts'
import type { Sealing } from '../sealed.ts'
import { accountIn, fetchToken } from './accounts.ts'
import { type AwsDeps, fetchAwsKeys } from './aws-roles.ts'
import type { Credential, KeptCredential } from './contract.ts'
import type { Key } from './key.ts'
import { createRenewed, type Renewed } from './renewed.ts'
import type { SecretFiles } from './secret-files.ts'

export type KeysDeps = Pick<AwsDeps, 'send' | 'askMachine' | 'nowMs'> & {
  readonly organisation: string
  readonly sealing: Sealing
  /** What a provider may name. */
  readonly environment: (name: string) => Secret | undefined
  /** All of it, for the places that Amazon's SDKs know. */
  readonly anyEnvironment: (name: string) => Secret | undefined
  readonly files: Pick<SecretFiles, 'read' | 'namesIn' | 'version'>
}

type Row = { readonly name: string; readonly credentials: readonly KeptCredential[] }
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

  /** A text is a key as it is, or an account that is exchanged for tokens. What cannot be read says so when it is used. */
  function keyOf(named: Named, read: () => Secret | undefined): Key {
    try {
      const text = read()?.reveal()
      const account = text === undefined ? undefined : accountIn(text)
      if (text !== undefined && account)
        return { ...named, isToken: true, ...renewed(text, () => fetchToken(account, deps)) }
    } catch {
      return { ...named, read: () => throwing(read) }
    }
    return { ...named, read: once(read) }
  }

  function keysOf(provider: string, kept: KeptCredential): Key[] {
    const { organisation, sealing, environment, anyEnvironment } = deps
    const { name, inForce } = kept
    switch (kept.kind) {
      case 'env':
        return [keyOf({ name, inForce, kind: 'env', from: kept.env }, () => environment(kept.env))]
      case 'file':
        return [keyOf({ name, inForce, kind: 'file', from: kept.file }, () => files.read(kept.file))]
      case 'folder':
        return files.namesIn(kept.folder).map((file) => {
          const path = `${kept.folder}/${file}`
          return keyOf({ name: `${name}/${file}`, inForce, kind: 'file', from: path }, () => files.read(path))
        })
      case 'aws': {
        const fetch = () => fetchAwsKeys(kept.aws, { ...deps, environment: anyEnvironment })
        return [{ name, inForce, kind: 'aws', from: kept.aws, ...renewed(`aws ${kept.aws}`, fetch) }]
      }
      case 'sealed': {
        const open = () => sealing.open(kept.sealed, `${organisation}/${provider}`)
        return [keyOf({ name, inForce, kind: 'stored', from: null }, open)]
      }
    }
  }

  return {
    of(row: Row): readonly Key[] {
      const known = opened.get(row)
      if (known && known.version === files.version) return known.keys
      const keys = row.credentials.flatMap((kept) => keysOf(row.name, kept))
      opened.set(row, { version: files.version, keys })
      return keys
    },
  }
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

export const shownKey = (key: Key, state: Credential['state']): Credential => ({
  name: key.name,
  kind: key.kind,
  from: key.from,
  inForce: key.inForce,
  state,
})
