/** What Cohere answers, whole or as a stream. It does not say which model answered. */
import type { Answer, AnswerBlock, AnswerCitation, AnswerEvent, AnswerUsage, FinishReason } from '../answer.ts'
import { failedAnswer } from '../chat/read-answer.ts'
import type { StreamReader } from '../dialect.ts'
import { count, isRecord, type Json, parsedJson, present, textIn, unreadable } from '../field-reader.ts'

export function readCohereAnswer(body: unknown): Answer {
  if (!isRecord(body)) throw unreadable('cohere', 'it is no JSON object')
  if (typeof body.message === 'string') return failedAnswer({ message: body.message })
  if (!isRecord(body.message)) throw unreadable('cohere', 'it has no `message`')
  const { message } = body
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isRecord) : []
  const plan = textIn(message.tool_plan)
  return {
    id: textIn(body.id) ?? null,
    model: null,
    blocks: [
      ...(plan ? [{ kind: 'reasoning', text: plan } as const] : []),
      ...contentOf(message),
      ...calls.map((call): AnswerBlock => {
        const made = isRecord(call.function) ? call.function : {}
        return {
          kind: 'tool-call',
          id: textIn(call.id) ?? '',
          name: textIn(made.name) ?? '',
          arguments: textIn(made.arguments) || '{}',
        }
      }),
    ],
    finish: finishOf(body.finish_reason),
    usage: cohereUsage(body.usage),
    error: errorOf(body.finish_reason, undefined),
    isWhole: true,
  }
}

/** Citations name the block of the text that they belong to by its place. */
function contentOf(message: Json): AnswerBlock[] {
  const content = Array.isArray(message.content) ? message.content.filter(isRecord) : []
  const citations = Array.isArray(message.citations) ? message.citations.filter(isRecord) : []
  return content.flatMap((block, place): AnswerBlock[] => {
    if (block.type === 'thinking') return [{ kind: 'reasoning', text: textIn(block.thinking) ?? '' }]
    if (block.type !== 'text') return [{ kind: 'native', wire: 'cohere', value: block, text: '' }]
    const own = citations.filter(({ content_index }) => (content_index ?? 0) === place).flatMap(citationsOf)
    return [{ kind: 'text', text: textIn(block.text) ?? '', ...(own.length > 0 && { citations: own }) }]
  })
}

function citationsOf(citation: Json): AnswerCitation[] {
  const sources = Array.isArray(citation.sources) ? citation.sources.filter(isRecord) : []
  const quote = textIn(citation.text)
  return sources.map((source) => {
    const document = isRecord(source.document) ? source.document : {}
    return present({ url: textIn(document.url), title: textIn(document.title) ?? textIn(source.id), quote })
  })
}

export function createCohereReader(): StreamReader {
  /** The provider's names of blocks that are open, and ours. */
  const open = new Map<string, number>()
  let blocks = 0
  let text: number | undefined
  let ended = false

  const begin = (key: string, start: Extract<AnswerEvent, { type: 'open' }>['start'], events: AnswerEvent[]) => {
    const block = blocks++
    open.set(key, block)
    events.push({ type: 'open', block, start })
    return block
  }
  const close = (key: string, events: AnswerEvent[]) => {
    const block = open.get(key)
    if (block !== undefined) events.push({ type: 'close', block })
    open.delete(key)
  }
  const say = (key: string, kind: 'text' | 'reasoning', piece: string | undefined, events: AnswerEvent[]) => {
    if (!piece) return
    const block = open.get(key) ?? begin(key, { kind }, events)
    if (kind === 'text') text = block
    events.push({ type: 'delta', block, text: piece })
  }
  const onContent = (key: string, content: Json, events: AnswerEvent[]) => {
    say(key, 'reasoning', textIn(content.thinking), events)
    say(key, 'text', textIn(content.text), events)
  }
  const onCall = (key: string, call: Json, events: AnswerEvent[]) => {
    const made = isRecord(call.function) ? call.function : {}
    const known = open.get(key)
    if (known === undefined) close('plan', events)
    const block =
      known ?? begin(key, { kind: 'tool-call', id: textIn(call.id) ?? '', name: textIn(made.name) ?? '' }, events)
    const piece = textIn(made.arguments)
    if (piece) events.push({ type: 'delta', block, text: piece })
  }
  const onEnd = (delta: Json, events: AnswerEvent[]) => {
    for (const key of [...open.keys()]) close(key, events)
    const usage = cohereUsage(delta.usage)
    if (usage) events.push({ type: 'usage', usage })
    const error = errorOf(delta.finish_reason, delta.error)
    if (error) {
      events.push({ type: 'error', ...error })
      return
    }
    const finish = finishOf(delta.finish_reason)
    if (finish) events.push({ type: 'finish', ...finish })
    ended = true
    events.push({ type: 'end' })
  }
  const read = (event: Json): AnswerEvent[] => {
    const events: AnswerEvent[] = []
    const delta = isRecord(event.delta) ? event.delta : {}
    const message = isRecord(delta.message) ? delta.message : {}
    const key = String(event.index ?? 0)
    switch (event.type) {
      case 'message-start':
        events.push({ type: 'start', ...present({ id: textIn(event.id) }) })
        break
      case 'content-start':
      case 'content-delta':
        close('plan', events)
        if (isRecord(message.content)) onContent(`content ${key}`, message.content, events)
        break
      case 'content-end':
        close(`content ${key}`, events)
        break
      case 'tool-plan-delta':
        say('plan', 'reasoning', textIn(message.tool_plan), events)
        break
      case 'tool-call-start':
      case 'tool-call-delta':
        if (isRecord(message.tool_calls)) onCall(`call ${key}`, message.tool_calls, events)
        break
      case 'tool-call-end':
        close(`call ${key}`, events)
        break
      case 'citation-start':
        if (text !== undefined && isRecord(message.citations))
          for (const citation of citationsOf(message.citations))
            events.push({ type: 'citation', block: text, citation })
        break
      case 'message-end':
        onEnd(delta, events)
        break
    }
    return events
  }
  return {
    push(data) {
      if (ended || data.trim() === '[DONE]') return []
      const value = parsedJson(data)
      if (!isRecord(value)) throw unreadable('cohere', 'an event of the stream is not JSON')
      if (value.type === undefined && typeof value.message === 'string')
        return [{ type: 'error', code: 'error', message: value.message }]
      return read(value)
    },
    // Only `message-end` says that an answer is whole.
    end: () => [],
  }
}

const FINISHES: Readonly<Record<string, FinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop-sequence',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  ERROR_TOXIC: 'filtered',
}

const finishOf = (reason: unknown): Answer['finish'] =>
  typeof reason === 'string' ? { reason: FINISHES[reason] ?? 'unknown' } : null

/** It may say in the answer itself that it failed. */
const errorOf = (reason: unknown, said: unknown): Answer['error'] =>
  reason === 'ERROR' || reason === 'TIMEOUT' || reason === 'ERROR_LIMIT'
    ? { code: String(reason), message: textIn(said) ?? `the answer ended with ${reason}` }
    : null

/** `tokens` is what the model read and wrote, `billed_units` what is paid, which leaves out the prompt's frame. */
function cohereUsage(usage: unknown): AnswerUsage | null {
  if (!isRecord(usage)) return null
  const tokens = isRecord(usage.tokens) ? usage.tokens : isRecord(usage.billed_units) ? usage.billed_units : {}
  const input = count(tokens.input_tokens)
  if (input === undefined) return null
  return {
    inputTokens: input,
    outputTokens: count(tokens.output_tokens) ?? 0,
    ...present({ cacheReadTokens: count(usage.cached_tokens) }),
  }
}
