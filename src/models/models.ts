/**
 * Models: one way to ask any of them, what each answer cost, and what is known about it.
 *
 * Invariant: an answer says who gave it (`servedBy`), whether its tokens were counted or told, and which price
 * book its cost was computed with; a cost that is not known is null.
 */

import type { ModelPart } from '../core/manifest.ts'
import type { Usage } from '../core/usage.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { hide } from '../kernel/hide.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'
import { epochMs, monotonicMs } from '../kernel/time.ts'
import type { Answered, ModelProvider } from './answered.ts'
import { askedToWait } from './asked-to-wait.ts'
import { createAsking, type FindProvider } from './asking.ts'
import { createBatches } from './batches/index.ts'
import type { Call, CallSink, UpstreamHeaders } from './call.ts'
import { createCatalogue, splitModel, whatWorks } from './catalogue.ts'
import type { Completion } from './completion.ts'
import type { ModelCard, ProviderTest } from './contract.ts'
import { createEmbed } from './embed.ts'
import { type ForwardAsk, forwardTo } from './forward.ts'
import { hearing } from './hearing.ts'
import { createHeld } from './held.ts'
import { createPricePolicies, createPrices } from './prices/index.ts'
import { createProviderTable, type ProviderTableDeps } from './provider-table.ts'
import { type EndpointOf, onlyOf } from './providers/ask-with-keys.ts'
import { type Endpoint, listAsk, refused } from './providers/endpoint.ts'
import { createLocal } from './providers/local.ts'
import { namesInList } from './providers/model-names.ts'
import { createRemote } from './providers/remote.ts'
import { createReplay } from './providers/replay.ts'
import { createScripted } from './providers/scripted.ts'
import { createQuotas } from './quotas/index.ts'
import type { RecordingSource } from './recordings/recording.ts'
import { loadRecordings } from './recordings/recordings.ts'
import { createRoutes } from './routes/index.ts'
import { demandNoKey, hidingSaid } from './said-back.ts'
import { createSealing } from './sealed.ts'
import { createSelfHosted } from './self-hosted/index.ts'
import { createUnder } from './under.ts'
import { createUpstream, type Timeouts, textOf } from './upstream.ts'
import { refusalOf } from './upstream-failure.ts'

export type ModelsDeps = Omit<ProviderTableDeps, 'sealing' | 'upstream'> & {
  readonly masterKey: Secret
  readonly random: RandomBytes
  /** The parsed content of `packs/prices/core.json`. */
  readonly priceBook: unknown
  readonly recordings: readonly RecordingSource[]
  readonly timeouts?: Partial<Timeouts>
}

export async function createModels(deps: ModelsDeps) {
  const { clock } = deps
  const prices = await createPrices(deps)
  const { book } = prices
  const pricePolicies = await createPricePolicies(deps)
  const recordings = loadRecordings(deps.recordings)
  const upstream = createUpstream(deps.timeouts, { reach: deps.reach })
  const table = await createProviderTable({
    ...deps,
    upstream,
    sealing: createSealing(deps),
    takenBy: async (tx, name) => (routes.find(name) ? `the route ${name}` : deps.takenBy(tx, name)),
  })
  const routes = await createRoutes({
    ...deps,
    takenBy: async (tx, name) => (table.takes(name) ? `the provider ${name}` : deps.takenBy(tx, name)),
    demandModel: (model) => providerOf(model, { needsKey: false }),
  })
  const quotas = createQuotas({ ...deps, demandProvider: (name) => void table.get(name) })
  const tests = new Map<string, ProviderTest>()
  const catalogue = createCatalogue({ clock, book, table, recordings, tested: (provider) => tests.get(provider) })
  const local = createLocal()
  const embedded: Readonly<Record<string, ModelProvider>> = {
    local,
    replay: createReplay({ recordings, local }),
    scripted: createScripted(),
  }
  const remotes = new Map<string, ModelProvider>()

  /** Throws the one clear sentence for a model that is unknown or has no key. */
  const providerOf = (model: string, { needsKey = true } = {}): ReturnType<FindProvider> => {
    const { provider: name, rest } = splitModel(model)
    const own = embedded[name]
    if (own) {
      catalogue.card(model)
      return { provider: own, rest }
    }
    if (!table.has(name) || rest === '') catalogue.card(model)
    if (needsKey) demandKey(name, model)
    const known = remotes.get(name) ?? createRemote({ upstream, ...keyedEndpoint(name) })
    remotes.set(name, known)
    return { provider: known, rest }
  }
  /** Which key it was says something where there are several. */
  const hear = (name: string, asked: Pick<ForwardAsk, 'model' | 'credential'>, headers: UpstreamHeaders): void => {
    const credential = table.hasSeveralKeys(name) ? asked.credential : undefined
    quotas.heard({ target: `${name}/${asked.model}`, credential: credential ?? '', headers })
  }
  /** A provider's address with a key that is chosen for each request, and another one after it failed. */
  const keyedEndpoint = (name: string): EndpointOf => ({
    endpointOf: (without) => {
      const credential = table.chooseKey(name, without && { without })
      return without && credential === undefined
        ? undefined
        : { endpoint: table.endpoint(name, credential), credential }
    },
    rest: (credential, trouble) => table.restKey(name, credential, trouble),
    heard: (model, credential, headers) => hear(name, { model, credential }, headers),
  })
  /** A recording costs what it was recorded of. */
  const costOf: typeof book.costOf = (model, usage, at) => {
    const source = model.startsWith('replay/')
      ? deps.recordings.find(({ name }) => model === `replay/${name}`)
      : undefined
    return book.costOf(source?.pricedAs ?? model, usage, at)
  }
  const demandKey = (name: string, model: string): void => {
    const missing = table.missingKey(name)
    if (!missing) return
    throw new Failure(
      'unmet',
      'models.key-missing',
      `${model} needs a key: ${missing}, or store one with PUT /api/v1/providers/${name}. ${whatWorks(catalogue.list())}`,
    )
  }
  const priced = ({ pricedAs, calls, said, ...answered }: Answered): Completion => ({
    ...answered,
    ...(calls && { calls: [...calls], said: [...(said ?? [])] }),
    citations: [...answered.citations],
    ...chargeOf(pricedAs, answered.usage),
    priceBook: prices.ref,
  })

  const chargeOf = (model: string, usage: Usage): Pick<Completion, 'costMicroUsd' | 'charge'> => {
    const at = clock()
    return { costMicroUsd: book.costOf(model, usage, at), charge: { model, at, usage } }
  }

  /**
   * Bytes to a provider and its answer as it comes; only the model's name is replaced.
   * Throws when nobody was asked; all else the sink is told.
   */
  function forward(ask: ForwardAsk, sink: CallSink): Call {
    if (!table.has(ask.provider))
      throw new Failure('invalid', 'models.not-forwardable', `${ask.provider} has no address to forward to.`)
    demandKey(ask.provider, ask.model)
    const told = hearing(sink, (headers) => hear(ask.provider, ask, headers))
    return forwardTo(upstream, table.endpoint(ask.provider, ask.credential), ask, told)
  }
  /** An answer of a provider that is an error, as a failure with its words and without its key. */
  function refusal(provider: string, answer: { status: number; headers: UpstreamHeaders; text: string }): Failure {
    const { status, headers, text } = answer
    const body = table.secrets(provider).reduce(hide, text)
    const waitMs = askedToWait({ headers, text, nowMs: epochMs(clock()) })
    const failure = refusalOf({ provider, status, body, waitMs })
    // What it says of the request stands; what it says of our key is ours.
    const isOurs = status === 401 || status === 403 || status >= 500
    const facts = { ...failure.facts, ...(!isOurs && { status }) }
    return new Failure(failure.kind, failure.code, failure.message, { facts })
  }
  const embed = createEmbed({ forward, spoken: table.spoken, refusal, chargeOf })

  async function testProvider(name: string, signal: AbortSignal): Promise<ProviderTest> {
    const endpoint = table.endpoint(name)
    listAsk(endpoint)
    const started = monotonicMs()
    const test = await listing(endpoint, signal)
      .then((answer) => namesInList(answer).sort())
      .then(
        (models): ProviderTest => ({ kind: 'reached', milliseconds: Math.round(monotonicMs() - started), models }),
        (thrown): ProviderTest => ({
          kind: 'failed',
          milliseconds: Math.round(monotonicMs() - started),
          code: thrown instanceof Failure ? thrown.code : 'models.upstream-failed',
          reason: messageOf(thrown),
        }),
      )
    signal.throwIfAborted()
    tests.set(name, test)
    return test
  }
  const batches = createBatches({
    send: upstream.send,
    priced,
    endpointOf(model) {
      const { rest } = providerOf(model)
      const [name] = model.split('/', 1)
      if (name === undefined || !table.has(name))
        throw new Failure('unmet', 'models.no-batches', `${model} is asked in this process, which has no batches.`)
      return { endpoint: table.endpoint(name), rest }
    },
  })
  const selfHosted = createSelfHosted({
    clock,
    send: upstream.send,
    table,
    listModels: async (name, signal) => {
      const test = await testProvider(name, signal)
      return test.kind === 'reached' ? test.models : []
    },
  })

  const asking = (find: FindProvider) => createAsking(find, priced)
  const under = createUnder({
    ...{ upstream, providerOf, asking },
    isOurs: (name) => embedded[name] !== undefined,
    endpointOf: (name) => keyedEndpoint(name).endpointOf,
    dialectOf: (name) => table.spoken(name).dialect,
  })

  return {
    ...asking(providerOf),
    under,
    forward,
    refusal,
    /** What a provider said in pieces, without the key that it was asked with. */
    withoutKey: (provider: string, credential: string | undefined, said: string): string =>
      table.has(provider) ? hidingSaid(table.endpoint(provider, credential), said) : said,
    /** Vectors of texts, of length 1. */
    embed,
    /** An address that is no named provider: the target of an application. */
    at: (endpoint: Endpoint): ModelProvider => createRemote({ upstream, endpointOf: onlyOf(endpoint) }),
    /** For what is asked over HTTP without being a model; the same guard and pool. */
    send: upstream.send,

    list: (): ModelCard[] => catalogue.list(),
    findCard: (model: string): ModelCard | undefined => catalogue.find(model),
    card: (model: string): ModelCard => catalogue.card(model),
    /** The part of a manifest for a model of a blueprint. Throws for an unknown model or parameter. */
    resolve(name: string, { model, parameters }: { model: string; parameters: Record<string, unknown> }): ModelPart {
      const { mutable } = catalogue.check(model, parameters)
      const content = catalogue.contentOf(model)
      return { name, digest: digestOf({ model, parameters, content }), model, parameters, mutable }
    },
    /** Changes with a price of your own; ask each time. */
    get priceBook() {
      return prices.ref
    },
    prices,
    pricePolicies,
    /** Null when the price is not known. */
    costOf,
    providers: table,
    quotas,
    routes,
    batches,
    /** What a provider keeps of ours. */
    askHeld: createHeld(upstream.send, table.endpoint),
    selfHosted,
    /** Whether an application may not have this name. */
    takes: (name: string) => table.takes(name) || routes.find(name) !== undefined,
    testProvider,
    /** What a provider answers to `/models`, as it is. */
    listing: (name: string, signal: AbortSignal): Promise<unknown> => listing(table.endpoint(name), signal),
    /** Providers that can be asked: with a key where they need one, and configured where their address is a guess. */
    askable: (): string[] =>
      table.list().flatMap(({ name, credentials, builtIn }) => {
        const isGuess = builtIn && credentials.length === 0 && tests.get(name)?.kind !== 'reached'
        return isGuess || table.missingKey(name) ? [] : [name]
      }),
    /** The text at an address, through the same guard. Throws `models.text-unreadable` unless it answers 200. */
    async readText(url: string, signal: AbortSignal): Promise<string> {
      const host = new URL(url).host
      const timeouts = { headersMs: 10_000, totalMs: 30_000 }
      const answer = await upstream.send({ url, method: 'GET', headers: {}, timeouts, signal })
      const text = await textOf(answer, { host, signal })
      if (answer.status === 200) return text
      throw new Failure(
        'unavailable',
        'models.text-unreadable',
        `${host} answered ${answer.status} for ${url}. Check the address; it must be the file itself, as redirects are not followed.`,
      )
    },
    async close() {
      table.close()
      await upstream.close()
    },
  }

  async function listing(endpoint: Endpoint, signal: AbortSignal): Promise<unknown> {
    if (!endpoint.credential) await endpoint.fetchCredential?.()
    const answer = await upstream.send({
      ...listAsk(endpoint),
      method: 'GET',
      timeouts: { headersMs: 10_000, totalMs: 15_000 },
      signal,
    })
    if (answer.status !== 200) throw await refused(endpoint, answer, signal)
    return JSON.parse(demandNoKey(endpoint, await textOf(answer, { host: endpoint.name, signal })))
  }
}

export type Models = Awaited<ReturnType<typeof createModels>>
