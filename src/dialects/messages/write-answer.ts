/** Answers of ours in the shape of Anthropic's Messages, whole and as a stream. */
import type {
  Answer,
  AnswerBlock,
  AnswerEvent,
  AnswerSource,
  AnswerUsage,
  BlockStart,
  FinishReason,
} from '../answer.ts'
import { argumentsOf } from '../chat/read-request.ts'
import type { AnswerHead, StreamWriter, Told } from '../dialect.ts'
import { present } from '../field-reader.ts'
import { signatureOf } from './signature.ts'

type Body = Record<string, unknown>

export const writeMessagesAnswer = (answer: Answer, head: AnswerHead): Body => ({
  id: head.id,
  type: 'message',
  role: 'assistant',
  model: head.model,
  content: answer.blocks.flatMap(writeBlock),
  stop_reason: stopReason(answer.finish?.reason ?? 'stop'),
  stop_sequence: answer.finish?.stopSequence ?? null,
  usage: usageBody(answer.usage, answer.serviceTier),
  ...(answer.sources && { citations: answer.sources }),
})

function writeBlock(block: AnswerBlock): Body[] {
  switch (block.kind) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: block.text }]
    case 'reasoning':
      return [
        block.sealed === undefined
          ? { type: 'thinking', thinking: block.text, signature: block.signature ?? '' }
          : block.text === ''
            ? { type: 'redacted_thinking', data: block.sealed }
            : { type: 'thinking', thinking: block.text, signature: signatureOf(block) ?? '' },
      ]
    case 'tool-call':
      return [{ type: 'tool_use', id: block.id, name: block.name, input: argumentsOf(block.arguments) }]
    case 'native':
      return block.wire === 'messages' ? [block.value] : []
  }
}

/**
 * The dialect has one block open at a time: a block that begins while another is open waits for it, which providers
 * that mix their tool calls make necessary.
 */
export function createMessagesWriter(head: AnswerHead): StreamWriter {
  const numbers = new Map<number, number>()
  let current: number | undefined
  /** Of blocks that wait, in the order in which they opened. */
  const waiting = new Map<number, AnswerEvent[]>()
  let usage: AnswerUsage | undefined
  let serviceTier: string | undefined
  let sources: readonly AnswerSource[] | undefined
  let { model } = head
  let hasStarted = false
  let finish: Extract<AnswerEvent, { type: 'finish' }> | undefined

  const started = (): string => {
    if (hasStarted) return ''
    hasStarted = true
    const message = {
      id: head.id,
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: usageBody(usage ?? null, serviceTier),
    }
    return event('message_start', { message })
  }
  const opened = (block: number, start: BlockStart): string => {
    const shape = startShape(start)
    if (!shape) return ''
    current = block
    numbers.set(block, numbers.size)
    return event('content_block_start', { index: numbers.get(block), content_block: shape })
  }
  const writeOf = (one: AnswerEvent & { block: number }): string => {
    const index = numbers.get(one.block)
    if (index === undefined) return one.type === 'open' ? opened(one.block, one.start) : ''
    const delta = deltaOf(one, kinds.get(one.block))
    if (delta) return event('content_block_delta', { index, delta })
    if (one.type !== 'close') return ''
    current = undefined
    return event('content_block_stop', { index }) + next()
  }
  /** The next of those that waited; it may be whole already. */
  const next = (): string => {
    const [first] = waiting
    if (!first) return ''
    const [block, events] = first
    waiting.delete(block)
    return events.map((one) => writeOf(one as AnswerEvent & { block: number })).join('')
  }
  const kinds = new Map<number, BlockStart['kind']>()

  return {
    push(one) {
      switch (one.type) {
        case 'start':
          model = one.model ?? model
          serviceTier = one.serviceTier ?? serviceTier
          return ''
        case 'sources':
          sources = one.sources
          return ''
        case 'usage':
          usage = { ...usage, ...one.usage }
          return ''
        case 'open':
        case 'delta':
        case 'signature':
        case 'sealed':
        case 'citation':
        case 'close': {
          if (one.type === 'open') kinds.set(one.block, one.start.kind)
          if (current !== undefined && current !== one.block) {
            waiting.set(one.block, [...(waiting.get(one.block) ?? []), one])
            return ''
          }
          const text = writeOf(one)
          return text === '' ? '' : started() + text
        }
        case 'finish':
          finish = one
          return ''
        case 'end': {
          const delta = {
            stop_reason: stopReason(finish?.reason ?? 'stop'),
            stop_sequence: finish?.stopSequence ?? null,
          }
          return `${started()}${event('message_delta', { delta, usage: usageBody(usage ?? null), ...(sources && { citations: sources }) })}${event('message_stop', {})}`
        }
        default:
          return ''
      }
    },
  }
}

const event = (type: string, more: Body): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`

function startShape(start: BlockStart): Body | undefined {
  switch (start.kind) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: '' }
    case 'reasoning':
      return start.sealed === undefined
        ? { type: 'thinking', thinking: '', signature: '' }
        : { type: 'redacted_thinking', data: start.sealed }
    case 'tool-call':
      return { type: 'tool_use', id: start.id, name: start.name, input: {} }
    case 'native':
      return start.wire === 'messages' ? start.value : undefined
  }
}

function deltaOf(one: AnswerEvent, kind: BlockStart['kind'] | undefined): Body | undefined {
  if (one.type === 'signature' || one.type === 'sealed')
    return { type: 'signature_delta', signature: signatureOf(one) ?? '' }
  if (one.type !== 'delta') return undefined
  if (kind === 'tool-call' || kind === 'native') return { type: 'input_json_delta', partial_json: one.text }
  if (kind === 'reasoning') return { type: 'thinking_delta', thinking: one.text }
  return { type: 'text_delta', text: one.text }
}

export const writeMessagesError = (told: Told): Body => ({
  type: 'error',
  error: {
    type: TYPES[told.status] ?? (told.status < 500 ? 'invalid_request_error' : 'api_error'),
    message: told.message,
    code: told.code,
    ...(told.field !== null && { param: told.field }),
  },
})

export const writeMessagesStreamError = (told: Told): string =>
  `event: error\ndata: ${JSON.stringify(writeMessagesError(told))}\n\n`

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

const STOP_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  filtered: 'refusal',
  refusal: 'refusal',
  paused: 'pause_turn',
  unknown: 'end_turn',
}
const stopReason = (reason: FinishReason): string => STOP_REASONS[reason]

/** Tokens of the cache stand beside the others here. */
function usageBody(usage: AnswerUsage | null, tier?: string): Body {
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens, cacheWriteTokens } = usage ?? {}
  return present({
    input_tokens: inputTokens - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0),
    cache_creation_input_tokens: cacheWriteTokens,
    cache_read_input_tokens: cacheReadTokens,
    output_tokens: outputTokens,
    service_tier: tier === 'default' ? 'standard' : tier,
  })
}
