/** What is kept of the credentials that somebody gave. */
import { Failure } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import type { Sealing } from '../sealed.ts'
import type { Account } from './accounts.ts'
import { type CredentialInput, DEFAULT_CREDENTIAL, type KeptCredential, type NamedCredentialInput } from './contract.ts'
import { type IdentityCloud, identityElsewhere } from './identity-hosts.ts'

export type KeptDeps = {
  readonly sealing: Sealing
  /** `organisation/provider`, bound into what is sealed. */
  readonly owner: string
  /** Where its keys are sent. */
  readonly baseUrl: string
  /** Throws for a variable that may not be read. */
  readonly demandName: (env: string) => void
  /** Whether there is a folder of mounted secrets. */
  readonly hasFiles: boolean
  /** What is kept now and may stay: nothing when the provider's address changes, as a key belongs to it. */
  readonly before: readonly KeptCredential[]
}

/** @param input one key, several, or none */
export function keptCredentials(
  input: {
    readonly credential?: CredentialInput | undefined
    readonly credentials?: readonly NamedCredentialInput[] | undefined
  },
  deps: KeptDeps,
): KeptCredential[] {
  const { credential, credentials } = input
  if (credential !== undefined && credentials !== undefined)
    throw wrong('credentials', 'Give `credential` for one key or `credentials` for several, not both.')
  if (credential !== undefined) return [kept({ name: DEFAULT_CREDENTIAL, inForce: true }, credential, deps)]
  return (credentials ?? []).map(({ source, ...named }) => {
    if (source !== undefined) return kept(named, source, deps)
    const there = deps.before.find(({ name }) => name === named.name)
    if (there) return { ...there, ...named }
    throw wrong(
      'credentials',
      `Nothing is stored under ${named.name} for this address. Give it a \`source\`: the key itself, or {env}, {file} or {folder}.`,
    )
  })
}

type AccountInput = Extract<
  CredentialInput,
  { serviceAccount: unknown } | { externalAccount: unknown } | { entra: unknown }
>

function kept(
  named: { readonly name: string; readonly inForce: boolean },
  source: CredentialInput,
  { sealing, owner, baseUrl, demandName, hasFiles }: KeptDeps,
): KeptCredential {
  if (typeof source === 'string') return { ...named, kind: 'sealed', sealed: sealing.seal(new Secret(source), owner) }
  if ('env' in source) {
    demandName(source.env)
    return { ...named, kind: 'env', env: source.env }
  }
  if ('aws' in source) return { ...named, kind: 'aws', aws: source.aws }
  if ('azure' in source) {
    demandOwn('azure', baseUrl)
    return { ...named, kind: 'azure', ...source }
  }
  if ('google' in source) {
    demandOwn('google', baseUrl)
    return { ...named, kind: 'google', google: source.google }
  }
  if ('serviceAccount' in source || 'externalAccount' in source || 'entra' in source) {
    if ('externalAccount' in source) demandOwn('google', baseUrl)
    return { ...named, kind: 'sealed', sealed: sealing.seal(new Secret(JSON.stringify(accountOf(source))), owner) }
  }
  if (!hasFiles)
    throw wrong(
      'credentials',
      'There is no folder of mounted secrets. Have whoever runs the server name one in AIRWORTHY_SECRETS, or store the key here.',
    )
  return 'file' in source
    ? { ...named, kind: 'file', file: source.file }
    : { ...named, kind: 'folder', folder: source.folder }
}

function accountOf(source: AccountInput): Account {
  if ('entra' in source) return { type: 'entra', ...source.entra }
  return 'serviceAccount' in source ? source.serviceAccount : source.externalAccount
}

function demandOwn(cloud: IdentityCloud, baseUrl: string): void {
  const elsewhere = identityElsewhere(cloud, baseUrl)
  if (elsewhere) throw elsewhere
}

const wrong = (field: string, message: string): Failure =>
  new Failure('invalid', 'models.credentials-not-valid', message, { problems: [{ field, message }] })
