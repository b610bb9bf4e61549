/**
 * The named providers, in memory for whoever asks a model and in the database for the next start.
 * Configured rows hide built-in ones of the same name.
 */
import type { ActorId } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import { outwardUrl } from '../kernel/outward.ts'
import type { Reach } from '../kernel/reach.ts'
import { Secret } from '../kernel/secret.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import { type Remember, readOnly } from '../store/remember.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { knownAt } from './built-in-providers.ts'
import type { Provider, ProviderInput } from './contract.ts'
import { createCredentialNames } from './credential-names.ts'
import { BUILT_IN, type KeptCredential, type ProviderRow } from './provider-row.ts'
import type { Endpoint } from './providers/endpoint.ts'
import type { Sealing } from './sealed.ts'
import { type Dialect, isSpokenByClients, type ProviderCall, type Spoken, speechOf } from './speech.ts'
import { deleteProviderRow, listProviderRows, saveProviderRow } from './store.ts'

/** Writes the audit entry in the transaction of the change. */
export type RecordAudit = (
  tx: Tx,
  entry: {
    actor: ActorId
    action: string
    subject: string
    application?: string | null
    detail?: Record<string, unknown>
  },
) => Promise<void>

export type ProviderTableDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly sealing: Sealing
  /** A provider's key under its usual name in the environment. */
  readonly credential: (name: string) => Secret | undefined
  /** Which private addresses may be asked; all when it is not said. */
  readonly reach?: Reach
  /** Further names that may be used there (`AIRWORTHY_CREDENTIALS`). */
  readonly credentialNames?: readonly string[]
  /** What has this name already (`the application shop`), so that names stay one namespace. */
  readonly takenBy: (tx: Tx, name: string) => Promise<string | undefined>
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** For a process that goes on while the database is away. */
  readonly remember?: Remember
}

/** Names of families that are no addresses. */
export const RESERVED = ['local', 'replay', 'scripted', 'recorded', 'flow'] as const

type Entry = Pick<ProviderRow, 'name' | 'dialect' | 'baseUrl' | 'credential' | 'speaks'> & { updatedAt: Instant | null }

export async function createProviderTable(deps: ProviderTableDeps) {
  const { db, clock, organisation, sealing, record, publish, remember = readOnly } = deps
  const credentialNames = createCredentialNames(deps.credentialNames)
  /** A row may be older than the list of names. */
  const fromEnvironment = (name: string) => (credentialNames.mayBeNamed(name) ? deps.credential(name) : undefined)
  let entries = await read()

  async function read(): Promise<Map<string, Entry>> {
    const rows = await remember('providers', () => listProviderRows(db, organisation))
    return new Map([...BUILT_IN.map((one) => ({ ...one, updatedAt: null })), ...rows].map((one) => [one.name, one]))
  }
  const get = (name: string): Entry => {
    const entry = entries.get(name)
    if (entry) return entry
    throw new Failure(
      'unknown',
      'models.provider-unknown',
      `There is no provider ${name}. There are ${names().join(', ')}.`,
    )
  }
  const names = (): string[] => [...entries.keys()].sort()
  const secretOf = ({ name, credential }: Entry): Secret | undefined => {
    if (credential.kind === 'env') return fromEnvironment(credential.env)
    return credential.kind === 'sealed' ? sealing.open(credential.sealed, `${organisation}/${name}`) : undefined
  }
  const opened = new Map<Entry, Endpoint>()

  return {
    names,
    has: (name: string) => entries.has(name),
    /** Whether an application or a route may not have this name. */
    takes: (name: string) => entries.has(name) || (RESERVED as readonly string[]).includes(name),
    get: (name: string): Provider => shown(get(name), fromEnvironment),
    /** Those that wait for a key come last. */
    list: (): Provider[] =>
      names()
        .map((name) => shown(get(name), fromEnvironment))
        .sort((a, b) => Number(waitsForKey(a)) - Number(waitsForKey(b))),
    /** Reads the rows again, for a process that did not write them. */
    async reload() {
      entries = await read()
      opened.clear()
    },
    /** How it is spoken to, without its key. */
    spoken(name: string): Spoken {
      const entry = get(name)
      return { dialect: entry.dialect, speaks: spokenBy(entry), quirks: knownAt(entry.baseUrl)?.quirks }
    },
    /** Address and opened key. Kept while the row is the same, so that asking costs nothing. */
    endpoint(name: string): Endpoint {
      const entry = get(name)
      const known = opened.get(entry)
      if (known) return known
      const { dialect, baseUrl } = entry
      const { quirks, list } = knownAt(baseUrl) ?? {}
      const endpoint: Endpoint = {
        name,
        dialect,
        baseUrl,
        credential: secretOf(entry),
        speaks: spokenBy(entry),
        quirks,
        list,
        clock,
      }
      opened.set(entry, endpoint)
      return endpoint
    },
    /**
     * The key of a target that a blueprint names: that of a provider, or of a variable of the environment. A builder
     * chooses both name and address, so a provider's key goes to that provider's own host and nowhere else.
     */
    credentialFor(name: string, url: string): Secret | undefined {
      const owner = [...entries.values()].find(
        (entry) => entry.name === name || (entry.credential.kind === 'env' && entry.credential.env === name),
      )
      if (owner && new URL(owner.baseUrl).origin !== new URL(url).origin)
        throw new Failure(
          'forbidden',
          'models.credential-elsewhere',
          `The key ${name} belongs to ${new URL(owner.baseUrl).host} and is not sent to ${new URL(url).host}. Add a provider for that address and name it.`,
        )
      if (!owner) credentialNames.demand(name)
      const secret = owner ? secretOf(owner) : fromEnvironment(name)
      if (secret) return secret
      throw new Failure(
        'unmet',
        'models.key-missing',
        `The target needs the key ${name}: set it in the environment and start again, or name a provider that has one.`,
      )
    },
    /** Which environment variable a provider waits for; undefined when nothing is missing. */
    missingKey(name: string): string | undefined {
      const { credential } = get(name)
      return credential.kind === 'env' && !fromEnvironment(credential.env) ? credential.env : undefined
    },

    async put(name: string, { dialect, baseUrl, credential, speaks }: ProviderInput, by: ActorId): Promise<Provider> {
      if ((RESERVED as readonly string[]).includes(name))
        throw new Failure(
          'conflict',
          'models.name-reserved',
          `${name} is built in and cannot be an address. Choose another name.`,
        )
      outwardUrl(baseUrl, deps.reach)
      if (speaks && !isSpokenByClients(dialect)) throw nothingToSpeak(dialect)
      if (typeof credential === 'object') credentialNames.demand(credential.env)
      const kept: KeptCredential = !credential
        ? { kind: 'none' }
        : typeof credential === 'string'
          ? { kind: 'sealed', sealed: sealing.seal(new Secret(credential), `${organisation}/${name}`) }
          : { kind: 'env', env: credential.env }
      const row: ProviderRow = {
        organisation,
        name,
        dialect,
        baseUrl: baseUrl.replace(/\/+$/, ''),
        credential: kept,
        speaks: speaks ?? null,
        updatedAt: clock(),
        updatedBy: by,
      }
      await inTransaction(db, async (tx) => {
        const taken = await deps.takenBy(tx, name)
        if (taken)
          throw new Failure(
            'conflict',
            'models.name-taken',
            `The name ${name} belongs to ${taken}. Choose another name.`,
          )
        await saveProviderRow(tx, row)
        await record(tx, {
          actor: by,
          action: 'models.put-provider',
          subject: name,
          detail: { dialect, baseUrl, credential: kept.kind, ...(speaks && { speaks }) },
        })
      })
      entries = new Map(entries).set(name, row)
      opened.clear()
      publish({ topic: 'provider', id: name, application: null })
      return shown(row, deps.credential)
    },

    async remove(name: string, by: ActorId): Promise<void> {
      await inTransaction(db, async (tx) => {
        if (!(await deleteProviderRow(tx, organisation, name)))
          throw new Failure(
            'unknown',
            'models.provider-not-configured',
            entries.has(name) ? `${name} is built in and was not changed.` : `There is no provider ${name}.`,
          )
        await record(tx, { actor: by, action: 'models.delete-provider', subject: name })
      })
      entries = await read()
      opened.clear()
      publish({ topic: 'provider', id: name, application: null })
    },
  }
}

const nothingToSpeak = (dialect: Dialect): Failure =>
  new Failure(
    'invalid',
    'models.speaks-nothing',
    `No client speaks ${dialect}: its provider is asked in translation. Leave \`speaks\` out.`,
    { problems: [{ field: 'speaks', message: `is for dialects that clients speak, not ${dialect}` }] },
  )

export type ProviderTable = Awaited<ReturnType<typeof createProviderTable>>

const spokenBy = ({ dialect, speaks }: Entry): ProviderCall[] => speaks ?? [...speechOf(dialect).speaks]

const waitsForKey = ({ credential }: Provider): boolean => credential.kind === 'env' && !credential.isSet

const shown = (entry: Entry, environment: ProviderTableDeps['credential']): Provider => {
  const { name, dialect, baseUrl, credential, updatedAt } = entry
  return {
    name,
    dialect,
    baseUrl,
    speaks: spokenBy(entry),
    credential:
      credential.kind === 'env'
        ? { kind: 'env', env: credential.env, isSet: environment(credential.env) !== undefined }
        : { kind: credential.kind === 'sealed' ? 'kept' : 'none' },
    builtIn: updatedAt === null,
    updatedAt,
  }
}
