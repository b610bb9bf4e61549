/** The catalogue: a card for every model that is known here, and the one sentence for those that are not or do not work. */
import { type Digest, digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import type { ModelCard, ProviderTest } from './contract.ts'
import { invalidParameters } from './parameters.ts'
import type { PriceBook } from './price-book.ts'
import type { ProviderTable } from './provider-table.ts'
import { isLocalModel, LOCAL_MODELS } from './providers/local.ts'
import { REPLAY_DESCRIPTION, ReplayParameters } from './providers/replay.ts'
import { isScriptedModel, SCRIPTED_MODELS, ScriptedParameters } from './providers/scripted.ts'
import type { LoadedRecording } from './recordings/recordings.ts'

export type CatalogueDeps = {
  readonly clock: Clock
  readonly book: Pick<PriceBook, 'models' | 'priceOf'>
  readonly table: ProviderTable
  readonly recordings: ReadonlyMap<string, LoadedRecording>
  /** The last test of a provider, if there was one. */
  readonly tested: (provider: string) => ProviderTest | undefined
}

/** `openai/gpt-4o` → provider and the rest; the first slash splits. */
export function splitModel(model: string): { provider: string; rest: string } {
  const slash = model.indexOf('/')
  return slash < 0 ? { provider: model, rest: '' } : { provider: model.slice(0, slash), rest: model.slice(slash + 1) }
}

export type Catalogue = {
  list(): ModelCard[]
  /** Undefined for a model that there is none of here. */
  find(model: string): ModelCard | undefined
  /** Throws `models.unknown-model` with what works. */
  card(model: string): ModelCard
  /** Throws for an unknown model and for parameters that it does not take. */
  check(model: string, parameters: Record<string, unknown>): ModelCard
  /** What of the model's own content its answers come from, for the digest of a release; null for remote ones. */
  contentOf(model: string): Digest | null
}

export function createCatalogue({ clock, book, table, recordings, tested }: CatalogueDeps): Catalogue {
  const embedded = (
    kind: 'local' | 'scripted',
    name: string,
    about: { title: string; description: string; parameters: Record<string, string> },
  ): ModelCard => ({
    model: `${kind}/${name}`,
    provider: kind,
    kind,
    title: about.title,
    description: about.description,
    works: true,
    reason: null,
    mutable: null,
    price: book.priceOf(`${kind}/${name}`, clock()),
    parameters: { ...about.parameters },
  })
  const replay = (name: string, loaded: LoadedRecording): ModelCard => {
    const source = loaded.kind === 'ready' ? loaded.recording.source : loaded.source
    const size = loaded.kind === 'ready' ? `${loaded.recording.size} conversations. ` : ''
    return {
      model: `replay/${name}`,
      provider: 'replay',
      kind: 'replay',
      title: `Recording of ${source.recordedModel ?? name}`,
      description: `${REPLAY_DESCRIPTION} ${size}${source.origin ?? ''}`.trim(),
      works: loaded.kind === 'ready',
      reason: loaded.kind === 'ready' ? null : `The recording cannot be read: ${loaded.reason}`,
      mutable: null,
      price: source.pricedAs ? book.priceOf(source.pricedAs, clock()) : null,
      parameters: { otherwise: 'the local model that answers where there is no recording' },
    }
  }
  const remote = (provider: string, rest: string, at = clock()): ModelCard => {
    const { baseUrl } = table.get(provider)
    const reason = whyNot(provider)
    return {
      model: `${provider}/${rest}`,
      provider,
      kind: 'remote',
      title: `${rest} at ${provider}`,
      description: `Asked over the network at ${baseUrl}. What is sent leaves this machine${isLoopback(baseUrl) ? ' only if that server sends it on' : ''}.`,
      works: reason === null,
      reason,
      mutable: mutableOf(provider, rest),
      price: book.priceOf(`${provider}/${rest}`, at),
      parameters: { '*': 'passed on as they are, for example temperature and max_tokens' },
    }
  }
  const whyNot = (provider: string): string | null => {
    const missing = table.missingKey(provider)
    if (missing) return `No key: ${missing}, or store one with PUT /api/v1/providers/${provider}.`
    const test = tested(provider)
    if (test?.kind === 'failed') return test.reason
    if (!test && table.get(provider).builtIn && table.get(provider).credentials.length === 0)
      return `Nobody has tried this address yet: POST /api/v1/providers/${provider}/test.`
    return null
  }
  const remoteModels = (provider: string, priced: readonly string[]): string[] => {
    const test = tested(provider)
    const found = test?.kind === 'reached' ? test.models : []
    const all = [...new Set([...priced, ...found])]
    return all.length > 0 ? all : ['<model>']
  }
  /** Of the built-in providers that wait for a key, only those of whose models something is known: the rest is a list of names. */
  const isWorthListing = (provider: string, priced: readonly string[]): boolean =>
    !table.get(provider).builtIn || table.missingKey(provider) === undefined || priced.length > 0
  const remotes = (): ModelCard[] => {
    const at = clock()
    const priced = Map.groupBy(book.models, (model) => splitModel(model).provider)
    return table.names().flatMap((provider) => {
      const own = priced.get(provider)?.map((model) => splitModel(model).rest) ?? []
      return isWorthListing(provider, own) ? remoteModels(provider, own).map((rest) => remote(provider, rest, at)) : []
    })
  }
  const list = (): ModelCard[] => [
    ...Object.entries(LOCAL_MODELS).map(([name, about]) => embedded('local', name, about)),
    ...[...recordings].map(([name, loaded]) => replay(name, loaded)),
    ...Object.entries(SCRIPTED_MODELS).map(([name, about]) => embedded('scripted', name, about)),
    ...remotes(),
  ]
  const find = (model: string): ModelCard | undefined => {
    const { provider, rest } = splitModel(model)
    if (provider === 'local' && isLocalModel(rest)) return embedded('local', rest, LOCAL_MODELS[rest])
    if (provider === 'scripted' && isScriptedModel(rest))
      return embedded('scripted', rest, SCRIPTED_MODELS[rest as keyof typeof SCRIPTED_MODELS])
    const recording = provider === 'replay' ? recordings.get(rest) : undefined
    if (recording) return replay(rest, recording)
    return table.has(provider) && rest !== '' ? remote(provider, rest) : undefined
  }
  const card = (model: string): ModelCard => {
    const found = find(model)
    if (found) return found
    throw new Failure('invalid', 'models.unknown-model', `There is no model ${model}. ${whatWorks(list())}`)
  }
  return {
    list,
    find,
    card,
    check(model, parameters) {
      const found = card(model)
      const { provider, rest } = splitModel(model)
      const schema =
        provider === 'local' && isLocalModel(rest)
          ? LOCAL_MODELS[rest].schema
          : provider === 'scripted'
            ? ScriptedParameters
            : provider === 'replay'
              ? ReplayParameters
              : undefined
      const parsed = schema?.safeParse(parameters)
      if (parsed && !parsed.success) throw invalidParameters(model, parsed.error)
      return found
    },
    contentOf(model) {
      const { provider, rest } = splitModel(model)
      const recording = provider === 'replay' ? recordings.get(rest) : undefined
      if (recording?.kind === 'ready') return recording.recording.digest
      return provider === 'local' ? digestOf({ model, revision: LOCAL_REVISION }) : null
    },
  }
}

/** Rises when the reader's rules change, so that evidence on the old ones goes stale. */
const LOCAL_REVISION = 1

/** "These work now: …", for whoever asked for one that does not. */
export function whatWorks(cards: readonly ModelCard[]): string {
  const names = cards.flatMap(({ works, model }) => (works ? model : []))
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more (GET /api/v1/models)` : ''
  return `These work now: ${names.slice(0, MOST_NAMED).join(', ')}${more}.`
}
/** A sentence with a thousand names helps nobody. */
const MOST_NAMED = 40

const DATED = /-\d{4}-?\d{2}-?\d{2}$/
const mutableOf = (provider: string, rest: string): string | null =>
  DATED.test(rest)
    ? null
    : `${provider} may change what it means by ${rest}; a name with a date, where there is one, stays.`

const isLoopback = (baseUrl: string): boolean => /^https?:\/\/(127\.|localhost|\[::1\])/.test(baseUrl)
