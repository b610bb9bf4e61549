/** OpenAI's chat completions: `POST /v1/chat/completions`. */
import { chatInbound } from '../../dialects/index.ts'
import { isRecord, metadataOf, wrong } from './parsed-request.ts'
import type { Protocol } from './protocol.ts'
import { NOTHING_READ, type Read } from './read.ts'

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
  messages: ({ messages }) => (Array.isArray(messages) ? messages : []),
  kept: new Set(['model', 'messages', 'stream', 'stream_options', 'user', 'safety_identifier', 'metadata', 'store']),
  isSemantic: (text) =>
    /"(?:content|refusal|text|arguments|reasoning|reasoning_content)"\s*:\s*"[^"]|"tool_calls"|"error"|"finish_reason"\s*:\s*"/.test(
      text,
    ),
  lastEvent: /^data: ?\[DONE\]/m,
  demandsLastEvent: false,
  readAnswer: (body) => ({ ...readBody(body), isWhole: true }),
  readEvents,
  readUsage,
}

/** Written out for the dialect that most requests speak: only what is kept is looked at. */
function readEvents(all: Iterable<string>): Read {
  let read = NOTHING_READ
  let output = ''
  let isWhole = false
  for (const data of all) {
    if (data === '[DONE]') {
      isWhole = true
      continue
    }
    const value = parsed(data)
    if (!isRecord(value)) continue
    const one = readBody(value)
    output += one.output
    read = {
      ...read,
      id: read.id ?? one.id,
      finishReason: one.finishReason ?? read.finishReason,
      usage: one.usage ?? read.usage,
      error: one.error ?? read.error,
    }
  }
  return { ...read, output, isWhole }
}

function readBody(value: Json): Read {
  const choice = Array.isArray(value.choices) && isRecord(value.choices[0]) ? value.choices[0] : {}
  const words = isRecord(choice.message) ? choice.message : isRecord(choice.delta) ? choice.delta : {}
  const text = typeof words.content === 'string' ? words.content : words.refusal
  const error = isRecord(value.error) ? String(value.error.message ?? 'error') : undefined
  return {
    id: typeof value.id === 'string' ? value.id : null,
    output: typeof text === 'string' ? text : '',
    finishReason: typeof choice.finish_reason === 'string' ? choice.finish_reason : null,
    usage: isRecord(value.usage) ? readUsage(value.usage) : undefined,
    isWhole: false,
    error,
  }
}

function readUsage(value: Json): Read['usage'] {
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = value
  if (!isCount(input)) return undefined
  const cached = isRecord(details) ? details.cached_tokens : undefined
  return {
    inputTokens: input,
    outputTokens: isCount(output) ? output : 0,
    estimated: false,
    ...(isCount(cached) && cached > 0 && { cacheReadTokens: cached }),
  }
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
