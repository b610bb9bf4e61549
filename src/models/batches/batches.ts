/**
 * Requests that a provider answers as a batch, in its own time and at its price for that.
 *
 * Invariants: a batch is known by the id that its provider keeps, so that whoever sent it may be gone when it ends; an
 * answer is read as any other of its dialect; it is priced as served in a batch, or its price is unknown.
 */
import { ZodError } from 'zod'
import { Failure, messageOf } from '../../kernel/failure.ts'
import type { Answered, Asked } from '../answered.ts'
import type { Completion, CompletionRequest } from '../completion.ts'
import { type Endpoint, endpointHeaders, endpointUrl, refused } from '../providers/endpoint.ts'
import { readBody, writeBody } from '../providers/remote.ts'
import { demandNoKey } from '../said-back.ts'
import { textOf, type Upstream } from '../upstream.ts'
import { anthropicBatches } from './anthropic-batches.ts'
import type { AskProvider, BatchApi, BatchLine, SoughtBatch } from './batch-api.ts'
import { openaiBatches } from './openai-batches.ts'

export type BatchRequest = Omit<CompletionRequest, 'signal' | 'model'>
/** `isSilent` where the provider says nothing of it at all. */
export type BatchOutcome = Completion | { readonly problem: string; readonly isSilent?: boolean }
export type BatchLook =
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'ended'; readonly outcomes: readonly BatchOutcome[] }

type OneBatch = { readonly model: string; readonly id: string; readonly signal: AbortSignal }
/** A batch with what it was sent with. */
export type SentBatch = OneBatch & { readonly requests: readonly BatchRequest[]; readonly tag?: string }
type Batches = {
  /**
   * Sends them and gives the id of the batch. Throws `models.no-batches` for a provider without them.
   *
   * @param tag by which it is found again when the answer to this was lost; letters, digits, `_` and `-`
   */
  send(model: string, requests: readonly BatchRequest[], signal: AbortSignal, tag?: string): Promise<string>
  /** One look; with an outcome for each request, in their order, when it has ended. */
  look(ask: SentBatch): Promise<BatchLook>
  /** One look that reads no answers. Throws `models.batch-failed` for one that the provider refused. */
  state(ask: OneBatch): Promise<{ readonly kind: 'running' | 'ended' }>
  /** The id of a batch that was sent with this tag; undefined when the provider has none. */
  find(ask: SoughtBatch & Pick<OneBatch, 'model' | 'signal'>): Promise<string | undefined>
  cancel(ask: OneBatch): Promise<void>
  has(model: string): boolean
  /** What goes into one batch. Throws `models.no-batches`. */
  most(model: string): BatchApi['most']
}

const APIS: Readonly<Partial<Record<Endpoint['dialect'], BatchApi>>> = {
  openai: openaiBatches,
  anthropic: anthropicBatches,
}
const MOST_BYTES = 256 * 1024 * 1024

export function createBatches({
  send,
  endpointOf,
  priced,
}: {
  send: Upstream['send']
  /** Throws for a model that cannot be asked over the network. */
  endpointOf: (model: string) => { endpoint: Endpoint; rest: string }
  priced: (answered: Answered) => Completion
}): Batches {
  const apiOf = ({ name, dialect }: Endpoint): BatchApi => {
    const api = APIS[dialect]
    if (api) return api
    throw new Failure(
      'unmet',
      'models.no-batches',
      `${name} speaks ${dialect}, and batches are known of ${Object.keys(APIS).join(' and ')} alone. Measure it another way.`,
    )
  }

  const asking =
    (endpoint: Endpoint, signal: AbortSignal): AskProvider =>
    async ({ path, method = 'POST', body, contentType = 'application/json' }) => {
      if (!endpoint.credential) await endpoint.fetchCredential?.()
      const headers = { ...endpointHeaders(endpoint), 'content-type': contentType }
      const answer = await send({
        ...{ url: endpointUrl(endpoint, path), method, headers, timeouts: endpoint.timeouts, signal },
        ...(body !== undefined && { body }),
      })
      if (answer.status < 200 || answer.status >= 300) throw await refused(endpoint, answer, signal)
      return demandNoKey(endpoint, await textOf(answer, { host: endpoint.name, signal, limit: MOST_BYTES }))
    }

  return {
    has(model) {
      try {
        return APIS[endpointOf(model).endpoint.dialect] !== undefined
      } catch {
        return false
      }
    },

    most: (model) => apiOf(endpointOf(model).endpoint).most,

    async state({ model, id, signal }) {
      const { endpoint } = endpointOf(model)
      const state = await readable(endpoint, () => apiOf(endpoint).look(id, asking(endpoint, signal)))
      if (state.kind === 'failed') throw refusedBatch(endpoint, state.reason)
      return { kind: state.kind }
    },

    find({ model, signal, ...sought }) {
      const { endpoint } = endpointOf(model)
      return readable(endpoint, () => apiOf(endpoint).find(sought, asking(endpoint, signal)))
    },

    async cancel({ model, id, signal }) {
      const { endpoint } = endpointOf(model)
      await apiOf(endpoint).cancel(id, asking(endpoint, signal))
    },

    async send(model, requests, signal, tag = TAG) {
      const { endpoint, rest } = endpointOf(model)
      const api = apiOf(endpoint)
      const lines = requests.map((request, at): BatchLine => {
        const asked: Asked = { ...request, model, rest, signal }
        return { id: idOf(tag, at), body: writeBody(endpoint, asked) }
      })
      return readable(endpoint, () => api.send(lines, tag, asking(endpoint, signal)))
    },

    async look({ model, id, requests, signal, tag = TAG }) {
      const { endpoint, rest } = endpointOf(model)
      const [api, ask] = [apiOf(endpoint), asking(endpoint, signal)]
      const state = await readable(endpoint, () => api.look(id, ask))
      if (state.kind === 'running') return state
      if (state.kind === 'failed') throw refusedBatch(endpoint, state.reason)
      const outcomes = new Map<string, BatchOutcome>()
      for (const path of state.read)
        for (const answer of await readable(endpoint, () => api.read(path, ask))) {
          const request = requests[placeOf(tag, answer.id)]
          if (!request) continue
          const asked: Asked = { ...request, model, rest, signal }
          outcomes.set(
            answer.id,
            answer.kind === 'failed' ? { problem: answer.reason } : await read(asked, endpoint, answer.text),
          )
        }
      const silent = { problem: 'The batch has ended without an answer to it.', isSilent: true }
      return { kind: 'ended', outcomes: requests.map((_, at) => outcomes.get(idOf(tag, at)) ?? silent) }
    },
  }

  async function read(asked: Asked, endpoint: Endpoint, text: string): Promise<BatchOutcome> {
    try {
      const answered = await readBody(asked, endpoint, text)
      // Whatever an answer says of how it was served: it is billed as a batch.
      return priced({ ...answered, usage: { ...answered.usage, tier: 'batch' } })
    } catch (thrown) {
      return { problem: messageOf(thrown) }
    }
  }
}

const TAG = 'airworthy'
const idOf = (tag: string, at: number): string => `${tag}-${at}`
/** -1 for one of another batch. */
const placeOf = (tag: string, id: string): number =>
  id.startsWith(`${tag}-`) && /^\d+$/.test(id.slice(tag.length + 1)) ? Number(id.slice(tag.length + 1)) : -1

const refusedBatch = ({ name }: Endpoint, reason: string): Failure =>
  new Failure('unavailable', 'models.batch-failed', `${name} refused the batch: ${reason}`)

/** What is not as the interface is published is the provider's fault. */
async function readable<Value>({ name }: Endpoint, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof ZodError || thrown instanceof SyntaxError)) throw thrown
    throw new Failure(
      'unavailable',
      'models.batch-unreadable',
      `${name} answers about batches in another way than is published. Does it have them? Measure it another way.`,
      { cause: thrown },
    )
  }
}
