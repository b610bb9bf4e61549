/**
 * The named providers, in memory for whoever asks a model and in the database for the next start.
 * Configured rows hide built-in ones of the same name.
 */
import type { ActorId } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import { outwardUrl } from '../kernel/outward.ts'
import type { Reach } from '../kernel/reach.ts'
import type { Secret } from '../kernel/secret.ts'
import { type Clock, epochMs, type Instant } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import { type Remember, readOnly } from '../store/remember.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { knownAt } from './built-in-providers.ts'
import type { Provider, ProviderInput } from './contract.ts'
import { createCredentialNames } from './credential-names.ts'
import { keptCredentials } from './credentials/kept.ts'
import type { Key } from './credentials/key.ts'
import { createKeyRing, type KeyChoice } from './credentials/key-ring.ts'
import { createProviderKeys, shownKey, toldOf } from './credentials/provider-keys.ts'
import { createSaidBack } from './credentials/said-back.ts'
import { openSecretFiles } from './credentials/secret-files.ts'
import type { Trouble } from './failure-action.ts'
import { BUILT_IN, type ProviderRow } from './provider-row.ts'
import type { Endpoint } from './providers/endpoint.ts'
import type { Sealing } from './sealed.ts'
import { type Dialect, isSpokenByClients, type ProviderCall, type Spoken, speechOf } from './speech.ts'
import { deleteProviderRow, listProviderRows, saveProviderRow } from './store.ts'
import type { Upstream } from './upstream.ts'

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
  /** Who says what nobody did. */
  readonly systemActor: ActorId
  readonly publish: (event: ChangeEvent) => void
  /** For a process that goes on while the database is away. */
  readonly remember?: Remember
  /** The folder of mounted secrets (`AIRWORTHY_SECRETS`). */
  readonly secretsFolder?: string | undefined
  /** For credentials that are fetched. */
  readonly upstream: Pick<Upstream, 'send' | 'askMachine'>
  /** Told of what goes wrong in the background. */
  readonly report?: (thrown: unknown) => void
}

/** Names of families that are no addresses. */
export const RESERVED = ['local', 'replay', 'scripted', 'recorded', 'flow'] as const

type Entry = Pick<ProviderRow, 'name' | 'dialect' | 'baseUrl' | 'credentials' | 'speaks'> & {
  updatedAt: Instant | null
}

export async function createProviderTable(deps: ProviderTableDeps) {
  const { db, clock, organisation, sealing, record, publish, remember = readOnly, report = () => {} } = deps
  const credentialNames = createCredentialNames(deps.credentialNames)
  /** A row may be older than the list of names. */
  const fromEnvironment = (name: string) => (credentialNames.mayBeNamed(name) ? deps.credential(name) : undefined)
  const files = await openSecretFiles({ folder: deps.secretsFolder, report })
  const nowMs = () => epochMs(clock())
  const environments = { environment: fromEnvironment, anyEnvironment: deps.credential }
  const keys = createProviderKeys({ ...deps.upstream, organisation, sealing, files, nowMs, ...environments })
  const ring = createKeyRing({ nowMs })
  const saidBack = createSaidBack({ ...deps, report, nowMs })
  let entries = await read()

  async function read(): Promise<Map<string, Entry>> {
    const rows = await remember('provider-rows', () => listProviderRows(db, organisation))
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
  /** Undefined for one that wants none. */
  const keyOf = (entry: Entry, choice?: KeyChoice): Key | undefined =>
    ring.choose(entry.name, keys.of(entry), choice) ?? (choice?.without ? undefined : keys.of(entry)[0])
  const named = (entry: Entry, name: string): Key | undefined => keys.of(entry).find((key) => key.name === name)
  const spoken = new WeakMap<Entry, Spoken>()
  const endpoints = new Map<Entry, Map<Key | undefined, Endpoint>>()
  const shown = (entry: Entry): Provider => ({
    name: entry.name,
    dialect: entry.dialect,
    baseUrl: entry.baseUrl,
    speaks: spokenBy(entry),
    credentials: keys.of(entry).map((key) => shownKey(key, ring.stateOf(entry.name, key))),
    builtIn: entry.updatedAt === null,
    updatedAt: entry.updatedAt,
  })
  const missingKey = (name: string): string | undefined => {
    const entry = get(name)
    if (entry.credentials.length === 0 || ring.choose(name, keys.of(entry))) return undefined
    const [first] = entry.credentials
    return first?.kind === 'env'
      ? `set ${first.env} and start again`
      : first?.kind === 'file' || first?.kind === 'folder'
        ? `put a key into ${first.kind === 'file' ? first.file : `the folder ${first.folder}`} of the mounted secrets`
        : undefined
  }

  return {
    names,
    has: (name: string) => entries.has(name),
    /** Whether an application or a route may not have this name. */
    takes: (name: string) => entries.has(name) || (RESERVED as readonly string[]).includes(name),
    get: (name: string): Provider => shown(get(name)),
    /** Those that wait for a key come last. */
    list: (): Provider[] =>
      names()
        .map((name) => shown(get(name)))
        .sort((a, b) => Number(missingKey(a.name) !== undefined) - Number(missingKey(b.name) !== undefined)),
    /** Reads the rows again, for a process that did not write them. */
    async reload() {
      entries = await read()
      endpoints.clear()
    },
    /** How it is spoken to, without its key. Kept while the row is the same: every request asks, and addresses take long to read. */
    spoken(name: string): Spoken {
      const entry = get(name)
      const known = spoken.get(entry)
      if (known) return known
      const made = { dialect: entry.dialect, speaks: spokenBy(entry), quirks: knownAt(entry.baseUrl)?.quirks }
      spoken.set(entry, made)
      return made
    },
    /** Address and opened key. Kept while the row is the same, so that asking costs nothing. */
    endpoint(name: string, credential?: string): Endpoint {
      const entry = get(name)
      const key = credential === undefined ? keyOf(entry) : named(entry, credential)
      const known = endpoints.get(entry)?.get(key)
      if (known) return known
      const { dialect, baseUrl } = entry
      const { quirks, list } = knownAt(baseUrl) ?? {}
      key?.read()
      const endpoint: Endpoint = {
        name,
        dialect,
        baseUrl,
        get credential() {
          return key?.read()
        },
        fetchCredential: key?.fetch,
        onSaidBack: key && (() => saidBack(name, key.name)),
        isToken: key?.isToken,
        speaks: spokenBy(entry),
        quirks,
        list,
        clock,
      }
      endpoints.set(entry, (endpoints.get(entry) ?? new Map()).set(key, endpoint))
      return endpoint
    },
    /** The name of the key to use; undefined when there is none, or with `without` no other that is ready. */
    chooseKey: (name: string, choice?: KeyChoice): string | undefined => keyOf(get(name), choice)?.name,
    hasSeveralKeys: (name: string): boolean => keys.of(get(name)).length > 1,
    /** All its keys, to take them out of what it says. */
    secrets: (name: string): Secret[] => keys.of(get(name)).flatMap((key) => key.read() ?? []),
    /** A key failed, and rests for as long as its trouble says. */
    restKey(name: string, credential: string, { keyRest }: Trouble): void {
      const key = named(get(name), credential)
      if (key && keyRest) ring.rest(name, key, keyRest)
    },
    keyWorked: ring.worked,
    /** Keys that failed and are not used for a while. */
    resting: () =>
      [...entries.values()].flatMap((entry) =>
        keys.of(entry).flatMap((key) => {
          const state = ring.stateOf(entry.name, key)
          return state.kind === 'resting' ? [{ provider: entry.name, name: key.name, state }] : []
        }),
      ),
    /**
     * The key of a target that a blueprint names: that of a provider, fetched where it must be, or of a variable of the
     * environment. A builder chooses name and address, so a provider's key goes to that provider's own host alone.
     */
    async credentialFor(name: string, url: string): Promise<Secret> {
      const owner = [...entries.values()].find(
        (entry) => entry.name === name || entry.credentials.some((one) => one.kind === 'env' && one.env === name),
      )
      if (owner && new URL(owner.baseUrl).origin !== new URL(url).origin)
        throw new Failure(
          'forbidden',
          'models.credential-elsewhere',
          `The key ${name} belongs to ${new URL(owner.baseUrl).host} and is not sent to ${new URL(url).host}. Add a provider for that address and name it.`,
        )
      if (!owner) credentialNames.demand(name)
      const secret = owner ? await there(keyOf(owner)) : fromEnvironment(name)
      if (secret) return secret
      throw new Failure(
        'unmet',
        'models.key-missing',
        `${new URL(url).host} needs the key ${name}: set it in the environment and start again, or name a provider that has one.`,
      )
    },
    /** What to do so that a provider has a key; undefined when nothing is missing. */
    missingKey,

    async put(name: string, input: ProviderInput, by: ActorId): Promise<Provider> {
      const { dialect, baseUrl, speaks } = input
      if ((RESERVED as readonly string[]).includes(name))
        throw new Failure(
          'conflict',
          'models.name-reserved',
          `${name} is built in and cannot be an address. Choose another name.`,
        )
      outwardUrl(baseUrl, deps.reach)
      if (speaks && !isSpokenByClients(dialect)) throw nothingToSpeak(dialect)
      const before = entries.get(name)
      const kept = keptCredentials(input, {
        sealing,
        owner: `${organisation}/${name}`,
        baseUrl,
        demandName: credentialNames.demand,
        hasFiles: deps.secretsFolder !== undefined,
        before: before && new URL(before.baseUrl).origin === new URL(baseUrl).origin ? before.credentials : [],
      })
      const row: ProviderRow = {
        organisation,
        name,
        dialect,
        baseUrl: baseUrl.replace(/\/+$/, ''),
        credentials: kept,
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
          detail: { dialect, baseUrl, credentials: kept.map(toldOf), ...(speaks && { speaks }) },
        })
      })
      entries = new Map(entries).set(name, row)
      endpoints.clear()
      ring.forget(name)
      publish({ topic: 'provider', id: name, application: null })
      return shown(row)
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
      endpoints.clear()
      publish({ topic: 'provider', id: name, application: null })
    },
    /** Reads the mounted secrets again now. */
    refreshFiles: files.refresh,
    close: files.close,
  }
}

const there = async (key: Key | undefined): Promise<Secret | undefined> => key?.read() ?? key?.fetch?.()

const nothingToSpeak = (dialect: Dialect): Failure =>
  new Failure(
    'invalid',
    'models.speaks-nothing',
    `No client speaks ${dialect}: its provider is asked in translation. Leave \`speaks\` out.`,
    { problems: [{ field: 'speaks', message: `is for dialects that clients speak, not ${dialect}` }] },
  )

export type ProviderTable = Awaited<ReturnType<typeof createProviderTable>>

const spokenBy = ({ dialect, speaks }: Entry): ProviderCall[] => speaks ?? [...speechOf(dialect).speaks]
