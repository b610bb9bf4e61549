/**
 * Reads what a provider's answer says (text, usage, finish reason) after it has passed, from the bytes that were kept.
 * Nothing here is on the way of the bytes. Of an answer that was too large to keep, the usage is read from its tail.
 */
import type { Usage } from '../telemetry/index.ts'
import { isRecord } from './chat-request.ts'
import type { Kept } from './kept-bytes.ts'

export type Read = {
  readonly id: string | null
  readonly output: string
  readonly finishReason: string | null
  /** Undefined when the provider did not say. */
  readonly usage: (Usage & { readonly cacheReadTokens?: number }) | undefined
  /** The stream said that it is done, or the JSON is whole. */
  readonly isWhole: boolean
  /** The provider told of an error inside an answer that began well. */
  readonly error: string | undefined
}

export const NOTHING_READ: Read = {
  id: null,
  output: '',
  finishReason: null,
  usage: undefined,
  isWhole: false,
  error: undefined,
}

export function readJson(bytes: Buffer): Read {
  const value = parsed(bytes.toString('utf8'))
  if (!isRecord(value)) return NOTHING_READ
  const read = readBody(value)
  return { ...read, isWhole: true }
}

/** All events of a stream, one after the other. */
function readStream(bytes: Buffer): Read {
  let read = NOTHING_READ
  let output = ''
  let isWhole = false
  for (const line of bytes.toString('utf8').split('\n')) {
    if (!line.startsWith('data:')) continue
    const data = line.slice(5).trim()
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

/** What an answer holds that may not be whole. */
export const readPart = (kept: Kept): Read => ('whole' in kept ? readStream(kept.whole) : readTail(kept.tail))

/** The last `"usage"` in the end of an answer that was not kept whole. Its text is not known. */
export function readTail(tail: Buffer): Read {
  const text = tail.toString('utf8')
  const from = text.lastIndexOf('"usage"')
  const value = from < 0 ? undefined : parsed(balanced(text, text.indexOf('{', from)))
  return {
    ...NOTHING_READ,
    finishReason: /"finish_reason"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? null,
    usage: isRecord(value) ? usageOf(value) : undefined,
    isWhole: /data: ?\[DONE\]\s*$/.test(text),
  }
}

/**
 * True for bytes that carry a piece of the answer, and not only a keep-alive comment or the chunk that names the role.
 * Looks at the bytes alone: parsing every event would cost more than everything else.
 */
export const isSemantic = (bytes: Buffer): boolean => {
  const text = bytes.toString('latin1')
  return /"(?:content|refusal|text|arguments|reasoning|reasoning_content)"\s*:\s*"[^"]|"tool_calls"|"error"|"finish_reason"\s*:\s*"/.test(
    text,
  )
}

function readBody(value: Record<string, unknown>): Read {
  const choice = Array.isArray(value.choices) && isRecord(value.choices[0]) ? value.choices[0] : {}
  const words = isRecord(choice.message) ? choice.message : isRecord(choice.delta) ? choice.delta : {}
  const text = typeof words.content === 'string' ? words.content : words.refusal
  const error = isRecord(value.error) ? String(value.error.message ?? 'error') : undefined
  return {
    id: typeof value.id === 'string' ? value.id : null,
    output: typeof text === 'string' ? text : '',
    finishReason: typeof choice.finish_reason === 'string' ? choice.finish_reason : null,
    usage: isRecord(value.usage) ? usageOf(value.usage) : undefined,
    isWhole: false,
    error,
  }
}

function usageOf(value: Record<string, unknown>): Read['usage'] {
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

function balanced(text: string, from: number): string {
  if (from < 0) return ''
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}' && --depth === 0) return text.slice(from, at + 1)
  }
  return ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
