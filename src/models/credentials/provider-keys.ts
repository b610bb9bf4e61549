/** The keys of a provider's row, each with its way to be read. Opened once for a row and a state of the mounted files. */
import type { Secret } from '../../kernel/secret.ts'
import type { Sealing } from '../sealed.ts'
import type { Credential, KeptCredential } from './contract.ts'
import type { Key } from './key.ts'
import type { SecretFiles } from './secret-files.ts'

export type KeysDeps = {
  readonly organisation: string
  readonly sealing: Sealing
  readonly environment: (name: string) => Secret | undefined
  readonly files: Pick<SecretFiles, 'read' | 'namesIn' | 'version'>
}

type Row = { readonly name: string; readonly credentials: readonly KeptCredential[] }

export function createProviderKeys(deps: KeysDeps) {
  const { files } = deps
  let opened = new WeakMap<Row, { version: number; keys: readonly Key[] }>()
  return {
    of(row: Row): readonly Key[] {
      const known = opened.get(row)
      if (known && known.version === files.version) return known.keys
      const keys = row.credentials.flatMap((kept) => keysOf(deps, row.name, kept))
      opened.set(row, { version: files.version, keys })
      return keys
    },
    forget(): void {
      opened = new WeakMap()
    },
  }
}

function keysOf(
  { organisation, sealing, environment, files }: KeysDeps,
  provider: string,
  kept: KeptCredential,
): Key[] {
  const { name, inForce } = kept
  switch (kept.kind) {
    case 'env':
      return [{ name, inForce, kind: 'env', from: kept.env, read: () => environment(kept.env) }]
    case 'file':
      return [{ name, inForce, kind: 'file', from: kept.file, read: once(() => files.read(kept.file)) }]
    case 'folder':
      return files.namesIn(kept.folder).map((file) => {
        const path = `${kept.folder}/${file}`
        return { name: `${name}/${file}`, inForce, kind: 'file', from: path, read: once(() => files.read(path)) }
      })
    case 'sealed':
      return [
        {
          name,
          inForce,
          kind: 'stored',
          from: null,
          read: once(() => sealing.open(kept.sealed, `${organisation}/${provider}`)),
        },
      ]
  }
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
  kept.kind === 'env'
    ? `${kept.name}: ${kept.env}`
    : kept.kind === 'sealed'
      ? `${kept.name}: stored`
      : `${kept.name}: ${kept.kind}`

export const shownKey = (key: Key, state: Credential['state']): Credential => ({
  name: key.name,
  kind: key.kind,
  from: key.from,
  inForce: key.inForce,
  state,
})
