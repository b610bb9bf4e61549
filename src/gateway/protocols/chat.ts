/** OpenAI's chat completions: `POST /v1/chat/completions`. */
import { messagesAsked } from '../../core/asked.ts'
import { billedIn, billedInUsage, chatInbound } from '../../dialects/index.ts'
import { Failure } from '../../kernel/failure.ts'
import { isRecord, metadataOf, wrong } from './parsed-request.ts'
import type { Protocol } from './protocol.ts'
import { type EventReader, NOTHING_READ, type Read } from './read.ts'

type Json = Readonly<Record<string, unknown>>

export const chatProtocol: Protocol = {
  call: 'chat',
  operation: 'chat',
  inbound: chatInbound,
  idPrefix: 'chatcmpl-',
  parse(body) {
    const { messages, stream_options: options, user, safety_identifier: safety } = body
    if (!Array.isArray(messages) || messages.length === 0)
      throw wrong('messages', '`messages` is a list with at least one message.')
    const most = body.max_completion_tokens ?? body.max_tokens
    return {
      includeUsage: isRecord(options) && options.include_usage === true,
      safetyIdentifier: typeof safety === 'string' && safety !== '' ? safety : null,
      user: typeof user === 'string' && user !== '' ? user : null,
      maxOutputTokens: typeof most === 'number' && Number.isSafeInteger(most) && most > 0 ? most : null,
      metadata: metadataOf(body.metadata),
    }
  },
  messages: (body) => messagesAsked('chat', body),
  kept: new Set(['model', 'messages', 'stream', 'stream_options', 'user', 'safety_identifier', 'metadata', 'store']),
  demandsLastEvent: false,
  readAnswer(body) {
    if (!Array.isArray(body.choices) && !body.error) throw unreadable('it holds no message')
    return { ...readBody(body), isWhole: true }
  },
  createReader,
  readUsage,
}

/** Written out for the dialect that most requests speak: only what is kept is looked at. */
function createReader(): EventReader {
  let read = NOTHING_READ
  let output = ''
  let isWhole = false
  return {
    push(data) {
      if (data.trim() === '[DONE]') {
        isWhole = true
        return 'end'
      }
      const value = parsed(data)
      const one = readBody(value)
      output += one.output
      read = {
        ...read,
        id: read.id ?? one.id,
        finishReason: one.finishReason ?? read.finishReason,
        usage: one.usage ?? read.usage,
        error: one.error ?? read.error,
      }
      if (one.error !== undefined) return 'error'
      return one.output !== '' || one.finishReason !== null || hasMore(value) ? 'piece' : 'frame'
    },
    read: () => ({ ...read, output, isWhole }),
  }
}

/** A call of a tool or a thought, in whichever way a server writes it. */
function hasMore(value: Json): boolean {
  const [choice] = Array.isArray(value.choices) ? value.choices : []
  const delta = isRecord(choice) && isRecord(choice.delta) ? choice.delta : {}
  return (
    Array.isArray(delta.tool_calls) ||
    Array.isArray(delta.reasoning_details) ||
    Boolean(delta.reasoning_content) ||
    Boolean(delta.reasoning)
  )
}

function readBody(value: Json): Read {
  const choice = Array.isArray(value.choices) && isRecord(value.choices[0]) ? value.choices[0] : {}
  const words = isRecord(choice.message) ? choice.message : isRecord(choice.delta) ? choice.delta : {}
  const text = typeof words.content === 'string' ? words.content : words.refusal
  return {
    id: typeof value.id === 'string' ? value.id : null,
    output: typeof text === 'string' ? text : '',
    finishReason: typeof choice.finish_reason === 'string' ? choice.finish_reason : null,
    usage: usageIn(value),
    isWhole: false,
    error: errorOf(value.error),
  }
}

function readUsage(value: Json): Read['usage'] {
  const { prompt_tokens: input, completion_tokens: output } = value
  if (!isCount(input)) return undefined
  const asked = isRecord(value.prompt_tokens_details) ? value.prompt_tokens_details : {}
  const answered = isRecord(value.completion_tokens_details) ? value.completion_tokens_details : {}
  return {
    inputTokens: input,
    outputTokens: isCount(output) ? output : 0,
    estimated: false,
    ...some('cacheReadTokens', asked.cached_tokens),
    ...some('cacheWriteTokens', asked.cache_write_tokens),
    ...some('inputAudioTokens', asked.audio_tokens),
    ...some('reasoningTokens', answered.reasoning_tokens),
    ...some('outputAudioTokens', answered.audio_tokens),
    ...billedInUsage(value),
  }
}

function usageIn(value: Json): Read['usage'] {
  const usage = isRecord(value.usage) ? readUsage(value.usage) : undefined
  return usage && { ...usage, ...billedIn(value) }
}

const some = (name: string, count: unknown): Record<string, number> =>
  isCount(count) && count > 0 ? { [name]: count } : {}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const errorOf = (error: unknown): string | undefined =>
  isRecord(error) ? String(error.message ?? 'error') : typeof error === 'string' ? error : undefined

function parsed(data: string): Json {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    // Said below.
  }
  if (isRecord(value)) return value
  throw unreadable('an event is not JSON')
}

const unreadable = (why: string): Failure => new Failure('unavailable', 'models.upstream-unreadable', why)
