/**
 * Responses that clients build on by their ids, where the provider keeps none: each turn is asked with all turns before
 * it, so that any provider, of any dialect, and any application can answer it.
 */
import type { Turn } from '../core/conversation.ts'
import { Failure } from '../kernel/failure.ts'
import { holderIn, type ResponseHolder, type StoredResponse } from '../telemetry/index.ts'
import { type Caller, demand } from '../wire/caller.ts'
import type { GatewayDeps, ResponseStore } from './deps.ts'
import type { Exchange, Keeper } from './exchange.ts'
import { askHolder, holderOfPrevious } from './held-responses.ts'
import { isRecord, wrong } from './protocols/parsed-request.ts'

type Json = Readonly<Record<string, unknown>>

/** Ours: the id of a trace. A provider's own look otherwise, and are its own business. */
const OURS = /^resp_[0-9a-f]{32}$/
/** An item of an answer of ours, by which its response is known. */
const ITEM = /^(?:msg|fc|rs)_([0-9a-f]{32})_\d+$/
/** Of everything that was asked; what is larger is answered and not kept. */
const MOST_BYTES = 8 * 1024 * 1024

/** Whether a request speaks of what was answered before. Cheap: most do not. */
export const buildsOnEarlier = (bytes: Buffer): boolean =>
  bytes.includes('"previous_response_id"') || bytes.includes('"item_reference"')

/** The same request with what it refers to written out; what we do not hold stays as it is. */
export async function withEarlierTurns(
  bytes: Buffer,
  { caller, store }: { caller: Caller; store: ResponseStore },
): Promise<{ bytes: Buffer; previous: string | null; heldAt?: ResponseHolder | undefined }> {
  const body = parsed(bytes)
  const before = body?.previous_response_id
  const heldAt =
    typeof before === 'string' && !OURS.test(before) ? await holderOfPrevious(before, { caller, store }) : undefined
  const found = body && (await writtenOut(body, (id) => store.find(id, caller)))
  return found
    ? { bytes: Buffer.from(JSON.stringify(found.body)), previous: found.previous, heldAt }
    : { bytes, previous: null, heldAt }
}

async function writtenOut(
  body: Json,
  find: (id: string) => ReturnType<ResponseStore['find']>,
): Promise<{ body: Json; previous: string | null } | undefined> {
  const { previous_response_id: previous, ...rest } = body
  const isOurs = typeof previous === 'string' && OURS.test(previous)
  const before = isOurs ? await find(previous) : undefined
  const given = itemsOf(body.input)
  let isChanged = before !== undefined
  const items: unknown[] = []
  for (const item of given) {
    const referred = isRecord(item) && item.type === 'item_reference' ? await itemOf(String(item.id), find) : undefined
    isChanged ||= referred !== undefined
    items.push(referred ?? item)
  }
  if (!isChanged) return undefined
  if (!before) return { body: { ...body, input: items }, previous: null }
  const input = [...itemsOf(JSON.parse(before.input)), ...outputOf(before.response).filter(isOfUse), ...items]
  return { body: { ...rest, input }, previous: before.id }
}

async function itemOf(id: string, find: (id: string) => ReturnType<ResponseStore['find']>): Promise<unknown> {
  const trace = ITEM.exec(id)?.[1]
  const found = trace === undefined ? undefined : await find(`resp_${trace}`)
  return found && outputOf(found.response).find((item) => item.id === id)
}

const outputOf = (response: string): Json[] => {
  const { output } = JSON.parse(response) as { output?: unknown }
  return Array.isArray(output) ? output.filter(isRecord) : []
}

/** A thought without its seal proves nothing to whoever thought it, and is refused there. */
const isOfUse = (item: Json): boolean => item.type !== 'reasoning' || typeof item.encrypted_content === 'string'

/** Items of a request: a text alone is one of the user's. */
const itemsOf = (input: unknown): readonly unknown[] =>
  typeof input === 'string'
    ? [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }]
    : Array.isArray(input)
      ? input
      : []

function parsed(bytes: Buffer): Json | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    return isRecord(body) ? body : undefined
  } catch {
    // Whoever reads the request says so.
    return undefined
  }
}

/** Fields of a request that its response repeats. */
const REPEATED = ['instructions', 'metadata', 'tools', 'tool_choice', 'parallel_tool_calls', 'max_output_tokens']

const repeatedOf = (body: Json, previous: string | null, isKept: boolean): Json => ({
  ...Object.fromEntries(REPEATED.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]]))),
  previous_response_id: previous,
  store: isKept,
})

/** A response is kept where it is made: by a provider that knows responses, or here. Clients that say nothing want it. */
export function prepareKeeping(
  exchange: Exchange,
  {
    body,
    bytes,
    store,
    lost,
  }: { body: Json; bytes: number; store: ResponseStore | undefined; lost: (thrown: Failure) => void },
): void {
  const isKept = store !== undefined && body.store !== false && bytes <= MOST_BYTES
  if (isKept) exchange.storing = new KeepsResponse(store, body.input, lost)
  exchange.repeated = repeatedOf(body, exchange.previous, isKept)
}

/** Keeps what an exchange answers, when it is an answer of ours and whole. */
class KeepsResponse implements Keeper {
  readonly #store: ResponseStore
  #input: unknown
  readonly #lost: (thrown: Failure) => void
  #pieces: Buffer[] = []
  #bytes = 0

  constructor(store: ResponseStore, input: unknown, lost: (thrown: Failure) => void) {
    this.#store = store
    this.#input = input
    this.#lost = lost
  }

  asked(turns: readonly Turn[]): void {
    this.#input = turns.map(({ role, content }) => ({
      type: 'message',
      role,
      content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text: content }],
    }))
  }

  push(piece: Buffer): void {
    this.#bytes += piece.length
    if (this.#bytes <= MOST_BYTES) this.#pieces.push(piece)
    else this.#pieces = []
  }

  ended(exchange: Exchange, isWhole: boolean): void {
    const response = isWhole ? responseIn(Buffer.concat(this.#pieces).toString('utf8')) : undefined
    const id = `resp_${exchange.traceId}`
    if (response?.id !== id) return
    const [input, whole] = [JSON.stringify(itemsOf(this.#input)), JSON.stringify(response)]
    this.#keep(exchange, { id, input, response: whole, provider: null, credential: null })
  }

  passed(exchange: Exchange, holder: ResponseHolder): void {
    const { responseId: id } = exchange.facts
    if (id) this.#keep(exchange, { id, input: '[]', response: '{}', ...holder })
  }

  #keep(
    { facts, caller: { organisation, actor, application }, at }: Exchange,
    kept: Pick<StoredResponse, 'id' | 'input' | 'response' | 'provider' | 'credential'>,
  ): void {
    const { id } = kept
    const isKept = this.#store.keep({ ...kept, organisation, application, actor, user: facts.user, at })
    if (!isKept)
      this.#lost(
        new Failure('unavailable', 'gateway.response-not-kept', `The response ${id} is not kept: too many wait.`),
      )
  }
}

/** A whole answer, or the one that the last event of a stream holds. */
function responseIn(text: string): Json | undefined {
  const last = text.startsWith('{')
    ? text
    : text
        .split('\n')
        .findLast((line) => /^data: \{"type":"response\.(?:completed|incomplete)"/.test(line))
        ?.slice('data: '.length)
  const value: unknown = last === undefined ? undefined : JSON.parse(last)
  if (!isRecord(value)) return undefined
  return isRecord(value.response) ? value.response : value
}

const PATH = /^\/v1\/responses\/([^/]+)(\/input_items)?$/
export const isStoredPath = (path: string): boolean => PATH.test(path)

/** What `GET` and `DELETE` of `/v1/responses/<id>`, and its input items, answer. Throws what the client is told. */
export async function answerStored(
  {
    method = 'GET',
    path,
    query,
    caller,
  }: { method?: string | undefined; path: string; query: URLSearchParams; caller: Caller },
  deps: Pick<GatewayDeps, 'responses' | 'models' | 'whyOff'>,
): Promise<Json> {
  const { responses: store } = deps
  demand(caller, 'infer')
  const [, id = '', items] = PATH.exec(path) ?? []
  if (method !== 'GET' && (method !== 'DELETE' || items))
    throw new Failure(
      'invalid',
      'gateway.method-not-taken',
      `Use ${items ? 'GET' : 'GET or DELETE'} here, not ${method}.`,
      {
        facts: { status: 405 },
      },
    )
  const found = await store?.find(id, caller)
  if (!store || !found) throw unknownResponse(id)
  const holder = holderIn(found)
  const held = holder && (await askHolder(deps, { holder, id, method, suffix: items ?? '', query }))
  if (method === 'DELETE' || (holder && !held)) await store.remove(id, caller)
  if (holder && !held) throw unknownResponse(id)
  if (held) return held
  if (method === 'DELETE') return { id, object: 'response', deleted: true }
  return items ? pageOf(found.id, JSON.parse(found.input) as unknown[], query) : (JSON.parse(found.response) as Json)
}

/** Newest first unless it is asked for otherwise, as OpenAI has it. */
function pageOf(id: string, input: readonly unknown[], query: URLSearchParams): Json {
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 100)
    throw wrong('limit', '`limit` is a number from 1 to 100.')
  const trace = id.slice('resp_'.length)
  const all = input.map((item, place): Json => ({ id: `in_${trace}_${place}`, ...(isRecord(item) ? item : {}) }))
  const ordered = query.get('order') === 'asc' ? all : all.toReversed()
  const after = query.get('after')
  const from = after === null ? 0 : ordered.findIndex((item) => item.id === after) + 1
  const data = ordered.slice(from, from + limit)
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + limit < ordered.length,
  }
}

const unknownResponse = (id: string): Failure =>
  new Failure(
    'unknown',
    'gateway.response-unknown',
    `There is no response ${id} that this key may see. Responses are kept for thirty days, for whoever asked; of those that a provider keeps itself, where they are.`,
  )
