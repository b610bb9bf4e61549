/** What a server of Anthropic's Messages answers, whole or as a stream. */
import type {
  Answer,
  AnswerBlock,
  AnswerCitation,
  AnswerEvent,
  AnswerUsage,
  BlockStart,
  FinishReason,
} from '../answer.ts'
import { failedAnswer } from '../chat/read-answer.ts'
import type { StreamReader } from '../dialect.ts'
import { count, isRecord, type Json, parsedJson, present, textIn, unreadable } from '../field-reader.ts'
import { partOfSignature } from './signature.ts'

export function readMessagesAnswer(body: unknown): Answer {
  if (!isRecord(body)) throw unreadable('messages', 'it is no JSON object')
  if (isRecord(body.error)) return failedAnswer(body.error)
  if (!Array.isArray(body.content)) throw unreadable('messages', 'it has no `content`')
  return {
    id: textIn(body.id) ?? null,
    model: textIn(body.model) ?? null,
    blocks: body.content.filter(isRecord).map(blockOf),
    finish: finishOf(body),
    ...tierIn(body.usage),
    usage: isRecord(body.usage) ? messagesUsage(body.usage) : null,
    error: null,
    isWhole: true,
  }
}

/** What others call the default is `standard` here. */
function tierIn(usage: unknown): Pick<Answer, 'serviceTier'> {
  const tier = isRecord(usage) ? textIn(usage.service_tier) : undefined
  return tier === undefined ? {} : { serviceTier: tier === 'standard' ? 'default' : tier }
}

/** A block that is there whole, as an answer holds it. */
function blockOf(block: Json): AnswerBlock {
  switch (block.type) {
    case 'text': {
      const citations = Array.isArray(block.citations) ? block.citations.filter(isRecord).map(citationOf) : []
      return { kind: 'text', text: textIn(block.text) ?? '', ...(citations.length > 0 && { citations }) }
    }
    case 'thinking':
      return {
        kind: 'reasoning',
        text: textIn(block.thinking) ?? '',
        ...partOfSignature(block.signature),
      }
    case 'redacted_thinking':
      return { kind: 'reasoning', text: '', sealed: textIn(block.data) ?? '' }
    case 'tool_use':
      return {
        kind: 'tool-call',
        id: textIn(block.id) ?? '',
        name: textIn(block.name) ?? '',
        arguments: JSON.stringify(block.input ?? {}),
      }
    default:
      return { kind: 'native', wire: 'messages', value: block, text: '' }
  }
}

function startOf(block: Json): BlockStart {
  switch (block.type) {
    case 'text':
      return { kind: 'text' }
    case 'thinking':
      return { kind: 'reasoning' }
    case 'redacted_thinking':
      return { kind: 'reasoning', sealed: textIn(block.data) ?? '' }
    case 'tool_use':
      return { kind: 'tool-call', id: textIn(block.id) ?? '', name: textIn(block.name) ?? '' }
    default:
      return { kind: 'native', wire: 'messages', value: block }
  }
}

const citationOf = (citation: Json): AnswerCitation =>
  present({
    url: textIn(citation.url) ?? textIn(citation.source),
    title: textIn(citation.title) ?? textIn(citation.document_title),
    quote: textIn(citation.cited_text),
  })

export function createMessagesReader(): StreamReader {
  /** The provider's numbers of blocks that are open, and ours. */
  const open = new Map<unknown, number>()
  /** Its calls that have had no arguments yet: they are an empty object. */
  let blocks = 0
  let usage: Json = {}
  let hasStarted = false
  let ended = false

  const onUsage = (more: unknown, events: AnswerEvent[]) => {
    if (!isRecord(more)) return
    // Counts are told again and again, and not all of them each time.
    usage = { ...usage, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null)) }
    const counted = messagesUsage(usage)
    if (counted) events.push({ type: 'usage', usage: counted })
  }
  const onDelta = (block: number, delta: Json): AnswerEvent[] => {
    switch (delta.type) {
      case 'text_delta':
        return piece(block, delta.text)
      case 'thinking_delta':
        return piece(block, delta.thinking)
      case 'input_json_delta':
        return piece(block, delta.partial_json)
      case 'compaction_delta':
        return piece(block, delta.content)
      case 'signature_delta':
        return signed(block, delta.signature)
      case 'citations_delta':
        return isRecord(delta.citation) ? [{ type: 'citation', block, citation: citationOf(delta.citation) }] : []
      default:
        return []
    }
  }
  const read = (event: Json): AnswerEvent[] => {
    const events: AnswerEvent[] = []
    switch (event.type) {
      case 'message_start': {
        const message = isRecord(event.message) ? event.message : {}
        if (hasStarted && blocks > 0) events.push({ type: 'restart' })
        hasStarted = true
        open.clear()
        events.push({
          type: 'start',
          ...present({ id: textIn(message.id), model: textIn(message.model) }),
          ...tierIn(message.usage),
        })
        onUsage(message.usage, events)
        break
      }
      case 'content_block_start': {
        const start = isRecord(event.content_block) ? event.content_block : {}
        const block = blocks++
        open.set(event.index, block)
        events.push({ type: 'open', block, start: startOf(start) })
        const text = textIn(start.text) ?? textIn(start.thinking) ?? ''
        if (text !== '' && (start.type === 'text' || start.type === 'thinking')) events.push(...piece(block, text))
        break
      }
      case 'content_block_delta': {
        const block = open.get(event.index)
        if (block !== undefined && isRecord(event.delta)) events.push(...onDelta(block, event.delta))
        break
      }
      case 'content_block_stop': {
        const block = open.get(event.index)
        if (block !== undefined) events.push({ type: 'close', block })
        open.delete(event.index)
        break
      }
      case 'message_delta': {
        onUsage(event.usage, events)
        const finish = isRecord(event.delta) ? finishOf(event.delta) : null
        if (finish) events.push({ type: 'finish', ...finish })
        break
      }
      case 'message_stop':
        ended = true
        events.push({ type: 'end' })
        break
      case 'error': {
        const { error } = failedAnswer(isRecord(event.error) ? event.error : {})
        if (error) events.push({ type: 'error', ...error })
        break
      }
    }
    return events
  }
  return {
    push(data) {
      if (ended) return []
      const value = parsedJson(data)
      if (!isRecord(value)) throw unreadable('messages', 'an event of the stream is not JSON')
      return read(value)
    },
    // Only `message_stop` says that an answer is whole.
    end: () => [],
  }
}

const piece = (block: number, text: unknown): AnswerEvent[] =>
  typeof text === 'string' && text !== '' ? [{ type: 'delta', block, text }] : []

function signed(block: number, value: unknown): AnswerEvent[] {
  const { signature, sealed } = partOfSignature(value)
  if (sealed !== undefined) return [{ type: 'sealed', block, sealed }]
  return signature === undefined ? [] : [{ type: 'signature', block, signature }]
}

const FINISHES: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop-sequence',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  pause_turn: 'paused',
  refusal: 'refusal',
}

function finishOf({ stop_reason: reason, stop_sequence: sequence }: Json): Answer['finish'] {
  if (typeof reason !== 'string') return null
  return {
    reason: FINISHES[reason] ?? 'unknown',
    ...(typeof sequence === 'string' && { stopSequence: sequence }),
  }
}

/** Here the tokens of the cache stand beside the others, not inside them. */
export function messagesUsage(usage: Json): AnswerUsage | null {
  const input = count(usage.input_tokens)
  const output = count(usage.output_tokens)
  if (input === undefined && output === undefined) return null
  const read = count(usage.cache_read_input_tokens)
  const written = count(usage.cache_creation_input_tokens)
  const split = isRecord(usage.cache_creation) ? count(usage.cache_creation.ephemeral_1h_input_tokens) : undefined
  return {
    inputTokens: (input ?? 0) + (read ?? 0) + (written ?? 0),
    outputTokens: output ?? 0,
    ...present({ cacheReadTokens: read, cacheWriteTokens: written, cacheWriteHourTokens: split || undefined }),
  }
}
