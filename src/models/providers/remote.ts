/** Any provider at an address: hosted, Ollama, vLLM, llama.cpp, or an application that is brought as it is. */
import type { Usage } from '../../core/usage.ts'
import {
  type Answer,
  type AnswerBlock,
  type AnswerEvent,
  applyQuirks,
  type Billed,
  chatInbound,
  createBilledReader,
  createReducer,
  type Outbound,
  textOf as saidIn,
} from '../../dialects/index.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Answered, Asked, ModelProvider } from '../answered.ts'
import type { FinishReason, SaidPart, ToolCall } from '../completion.ts'
import { estimateUsage } from '../count-tokens.ts'
import { exchangeMessages, exchangeText, offeredTools, spokenMessages } from '../exchange.ts'
import { outboundOf } from '../outbound.ts'
import { demandNoKey, withoutKey } from '../said-back.ts'
import { speechOf } from '../speech.ts'
import { chunksOf, textOf, type Upstream } from '../upstream.ts'
import { formatOf, remedyFor } from './answer-format.ts'
import { askWithKeys, type EndpointOf } from './ask-with-keys.ts'
import { addressed, type Endpoint, named } from './endpoint.ts'

export function createRemote({
  upstream,
  endpointOf,
  rest,
  heard,
}: EndpointOf & {
  upstream: Pick<Upstream, 'send'>
}): ModelProvider {
  const ask = (asked: Asked, stream: boolean) =>
    askWithKeys({ endpointOf, rest, heard }, asked, (endpoint) => askOnce(endpoint, asked, stream))
  const askOnce = async (endpoint: Endpoint, asked: Asked, stream: boolean) => {
    if (!endpoint.credential) await endpoint.fetchCredential?.()
    const outbound = outboundOf(speechOf(endpoint.dialect).wire)
    const body = JSON.stringify(bodyOf(endpoint, outbound, asked, stream))
    const { url, headers } = addressed(endpoint, { call: callOf(outbound), model: asked.rest, stream, body })
    const answer = await upstream.send({
      url,
      headers: { ...named(headers), accept: stream ? 'text/event-stream' : 'application/json' },
      body,
      timeouts: endpoint.timeouts,
      signal: asked.signal,
    })
    return { outbound, answer }
  }

  return {
    async complete(asked) {
      const { endpoint, outbound, answer } = await ask(asked, false)
      const text = demandNoKey(endpoint, await textOf(answer, { host: endpoint.name, signal: asked.signal }))
      return readWhole(asked, endpoint, { outbound, text })
    },

    async *stream(asked) {
      const { endpoint, outbound, answer } = await ask(asked, true)
      const frames = outbound.createFrames()
      const reader = outbound.createReader()
      const reducer = createReducer()
      const visible = new Set<number>()
      const take = function* (events: AnswerEvent[]) {
        for (const event of events) {
          reducer.push(event)
          if (event.type === 'open' && (event.start.kind === 'text' || event.start.kind === 'refusal'))
            visible.add(event.block)
          if (event.type === 'delta' && visible.has(event.block)) yield { kind: 'text', text: event.text } as const
        }
      }
      const billed = createBilledReader()
      let fingerprint = {}
      const read = (data: string) => {
        billed.push(data)
        fingerprint = { ...fingerprint, ...fingerprintIn(data) }
        return readable(endpoint, () => reader.push(data))
      }
      try {
        const chunks = chunksOf(answer, { host: endpoint.name, signal: asked.signal })
        for await (const chunk of withoutKey(endpoint, chunks)) {
          for (const data of readable(endpoint, () => frames.push(chunk))) yield* take(read(data))
          if (reducer.take().error || reducer.take().isWhole) break
        }
        for (const data of frames.end()) yield* take(read(data))
        yield* take(reader.end())
      } finally {
        // After the last event the connection is read empty, so that it can be used again.
        if (reducer.take().isWhole) answer.body.resume()
        else answer.body.destroy()
      }
      const whole = reducer.take()
      if (!whole.isWhole && !whole.error)
        throw new Failure(
          'unavailable',
          'models.stream-cut',
          `${endpoint.name} broke off its answer after ${saidIn(whole).length} characters. Try again.`,
        )
      const answered = await answeredOf(asked, endpoint, { answer: whole, billed: billed.take() })
      yield { kind: 'end', answered: { ...answered, ...fingerprint } }
    },
  }
}

/** What a request says, for those who send several at once. */
export const writeBody = (endpoint: Endpoint, asked: Asked): unknown =>
  bodyOf(endpoint, outboundOf(speechOf(endpoint.dialect).wire), asked, false)

/** A whole answer that came another way than alone. */
export const readBody = (asked: Asked, endpoint: Endpoint, text: string): Promise<Answered> =>
  readWhole(asked, endpoint, { outbound: outboundOf(speechOf(endpoint.dialect).wire), text })

async function readWhole(
  asked: Asked,
  endpoint: Endpoint,
  { outbound, text }: { outbound: Outbound; text: string },
): Promise<Answered> {
  const billed = createBilledReader()
  billed.push(text)
  const answered = await answeredOf(asked, endpoint, {
    answer: readable(endpoint, () => outbound.readAnswer(parsed(text, endpoint))),
    billed: billed.take(),
  })
  return { ...answered, ...fingerprintIn(text) }
}

const callOf = ({ wire }: Outbound) => (wire === 'messages' || wire === 'responses' ? wire : 'chat')

/** Parameters of a blueprint have the names of the chat dialect, and reach a server of it as they are. */
function bodyOf(endpoint: Endpoint, outbound: Outbound, asked: Asked, stream: boolean): unknown {
  const { stream: _, stream_options: __, ...parameters } = asked.parameters
  const body: Record<string, unknown> = {
    ...formatOf(asked),
    ...parameters,
    model: asked.rest,
    messages: asked.messages,
  }
  const lost: string[] = []
  if (outbound.wire === 'chat') {
    if (stream) Object.assign(body, { stream: true, stream_options: { include_usage: true } })
    if (asked.tools || asked.exchange) lost.push(...addExchange(body, outbound, asked))
    if (endpoint.quirks) lost.push(...applyQuirks(body, endpoint.quirks).map(({ field }) => field))
    if (lost.length === 0) return body
  } else {
    const { request, unread } = chatInbound.readRequest({ ...body, stream })
    const whole = {
      ...request,
      messages: [...request.messages, ...exchangeMessages(asked)],
      tools: [...request.tools, ...offeredTools(asked)],
    }
    const written = outbound.writeRequest(whole, { model: asked.rest })
    lost.push(...unread, ...written.losses.filter(({ changesAnswer }) => changesAnswer).map(({ field }) => field))
    if (lost.length === 0) return written.body
  }
  throw new Failure(
    'invalid',
    'models.parameters-not-valid',
    `${asked.model} cannot be asked with ${lost.join(', ')}. ${remedyFor(asked, lost)}`,
    { problems: lost.map((field) => ({ field, message: 'this provider has no word for it' })) },
  )
}

/** Tools and what was said of them, in the words of the chat dialect; what it has no word for. */
function addExchange(body: Record<string, unknown>, outbound: Outbound, asked: Asked): string[] {
  const messages = [...spokenMessages(asked), ...exchangeMessages(asked)]
  const tools = offeredTools(asked)
  const written = outbound.writeRequest({ messages, tools, stream: false }, { model: asked.rest })
  body.messages = written.body.messages
  if (written.body.tools !== undefined) body.tools = written.body.tools
  return written.losses.filter(({ changesAnswer }) => changesAnswer).map(({ field }) => field)
}

async function answeredOf(
  asked: Asked,
  endpoint: Endpoint,
  { answer, billed }: { answer: Answer; billed: Billed },
): Promise<Answered> {
  if (answer.error)
    throw new Failure(
      'unavailable',
      'models.upstream-failed',
      `${endpoint.name} failed: ${sentence(answer.error.message)} Try again.`,
    )
  const model = `${endpoint.name}/${asked.rest}`
  const text = saidIn(answer)
  const isRefusal =
    answer.blocks.some(({ kind }) => kind === 'refusal') && !answer.blocks.some(({ kind }) => kind === 'text')
  // Where nothing was offered, what it wants to be called is not ours to call.
  const calls = asked.tools ? answer.blocks.flatMap(calledIn) : []
  return {
    text,
    ...(calls.length > 0 && { calls, said: answer.blocks.flatMap(partOf) }),
    finishReason: isRefusal ? 'refusal' : calls.length > 0 ? 'tool-calls' : finishReasonOf(answer.finish?.reason),
    usage: answer.usage
      ? { ...usageOf(answer.usage), ...billed }
      : await estimateUsage([...asked.messages, ...exchangeText(asked)], text),
    servedBy: model,
    responseModel: answer.model,
    citations: [],
    pricedAs: model,
  }
}

const calledIn = (block: AnswerBlock): ToolCall[] =>
  block.kind === 'tool-call' ? [{ id: block.id, name: block.name, arguments: block.arguments }] : []

/** Without what the provider runs itself, which is no part of what was offered. */
function partOf(block: AnswerBlock): SaidPart[] {
  if (block.kind === 'native') return []
  return block.kind === 'text' ? [{ kind: 'text', text: block.text }] : [block]
}

/** Inside a text its quotes would have a backslash before them, so that an answer cannot say it of itself. */
function fingerprintIn(data: string): { fingerprint?: string } {
  const found = /"system_fingerprint"\s*:\s*"([^"\\]{1,200})"/.exec(data)?.[1]
  return found === undefined ? {} : { fingerprint: found }
}

const finishReasonOf = (reason: string | undefined): FinishReason =>
  reason === 'length' || reason === 'filtered' || reason === 'refusal' ? reason : 'stop'

const usageOf = (usage: NonNullable<Answer['usage']>): Usage => ({
  inputTokens: usage.inputTokens,
  outputTokens: usage.outputTokens,
  estimated: false,
  ...(usage.cacheReadTokens ? { cacheReadTokens: usage.cacheReadTokens } : {}),
  ...(usage.cacheWriteTokens ? { cacheWriteTokens: usage.cacheWriteTokens } : {}),
  ...(usage.cacheWriteHourTokens ? { cacheWriteHourTokens: usage.cacheWriteHourTokens } : {}),
  ...(usage.reasoningTokens ? { reasoningTokens: usage.reasoningTokens } : {}),
  ...(usage.inputAudioTokens ? { inputAudioTokens: usage.inputAudioTokens } : {}),
  ...(usage.outputAudioTokens ? { outputAudioTokens: usage.outputAudioTokens } : {}),
})

const sentence = (text: string): string => `${text.slice(0, 300)}${/[.!?]$/.test(text) ? '' : '.'}`

function parsed(text: string, endpoint: Endpoint): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable(endpoint, 'it is not JSON')
  }
}

function readable<Value>(endpoint: Endpoint, read: () => Value): Value {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'dialects.answer-unreadable')
      throw unreadable(endpoint, String(thrown.facts.why))
    throw thrown
  }
}

const unreadable = (endpoint: Endpoint, why: string): Failure =>
  new Failure(
    'unavailable',
    'models.upstream-unreadable',
    `The answer of ${endpoint.name} cannot be read: ${why}. Does its address end in /v1?`,
  )
