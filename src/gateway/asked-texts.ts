/**
 * Every text of a request that a provider would read, where it stands in the body: words of people and of models,
 * instructions, what tools were called with and gave. Not the names of things, nor pictures and files as bytes, nor
 * sealed thoughts, which must go back as they came. Pure.
 */
import type { ProviderCall } from '../models/index.ts'
import { isRecord } from './protocols/parsed-request.ts'

type Json = Readonly<Record<string, unknown>>

export type AskedSlot = {
  readonly text: string
  /** It belongs to the newest question. */
  readonly isNewest: boolean
}

/** The texts of a body in their order. */
export function askedTexts(call: ProviderCall, body: Json): AskedSlot[] {
  const found: { text: string; message: number }[] = []
  let newest = -1
  walk(call, body, ({ text, message, isQuestion }) => {
    found.push({ text, message })
    if (isQuestion) newest = message
    return text
  })
  return found.map(({ text, message }) => ({ text, isNewest: message === newest }))
}

/** The body with other texts in the same places. */
export function withTexts(call: ProviderCall, body: Json, texts: readonly string[]): Json {
  let at = 0
  return walk(call, body, ({ text }) => texts[at++] ?? text)
}

type Seen = { readonly text: string; readonly message: number; readonly isQuestion: boolean }
type Visit = (seen: Seen) => string

/** Lists of texts without roles are one question. */
const PLAIN: Partial<Record<ProviderCall, string>> = { embeddings: 'input', images: 'prompt' }
const LISTS = ['system', 'instructions', 'messages', 'input'] as const

function walk(call: ProviderCall, body: Json, visit: Visit): Json {
  const plain = PLAIN[call]
  const changed: Record<string, unknown> = { ...body }
  if (plain !== undefined) {
    changed[plain] = texts(body[plain], (text) => visit({ text, message: 0, isQuestion: true }))
    return changed
  }
  let message = 0
  for (const name of LISTS) {
    const value = body[name]
    if (value === undefined || value === null) continue
    const role = name === 'system' || name === 'instructions' ? 'system' : 'user'
    changed[name] = Array.isArray(value)
      ? value.map((one) => inMessage(one, roleOf(one, role), ++message, visit))
      : inMessage(value, role, ++message, visit)
  }
  return changed
}

/** Items of a Responses request name no role where they are no message. */
const roleOf = (value: unknown, usual: string): string => {
  if (!isRecord(value)) return usual
  if (typeof value.role === 'string') return value.role
  return String(value.type ?? '').endsWith('_output') ? 'tool' : usual === 'user' && value.type ? 'assistant' : usual
}

const inMessage = (value: unknown, role: string, message: number, visit: Visit): unknown =>
  texts(value, (text, isOfTool) => visit({ text, message, isQuestion: role === 'user' && !isOfTool }))

/** Names under which words stand, in any of the dialects. */
const WORDS = new Set(['text', 'content', 'output', 'refusal', 'arguments', 'title', 'context', 'summary'])
/** Names under which more of that kind stands. */
const INNER = new Set(['tool_calls', 'function', 'source', 'json'])

function texts(value: unknown, take: (text: string, isOfTool: boolean) => string, isOfTool = false): unknown {
  if (typeof value === 'string') return take(value, isOfTool)
  if (Array.isArray(value)) return value.map((one) => texts(one, take, isOfTool))
  if (!isRecord(value)) return value
  const { type } = value
  const inTool = isOfTool || type === 'tool_result'
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      // What a model calls a tool with may have any names inside.
      if (name === 'input' && type === 'tool_use') return [name, everyText(inner, take)]
      if (name === 'data' && type === 'text') return [name, texts(inner, take, inTool)]
      if (WORDS.has(name)) return [name, texts(inner, take, inTool)]
      return [name, INNER.has(name) && typeof inner === 'object' ? texts(inner, take, inTool) : inner]
    }),
  )
}

function everyText(value: unknown, take: (text: string, isOfTool: boolean) => string): unknown {
  if (typeof value === 'string') return take(value, true)
  if (Array.isArray(value)) return value.map((one) => everyText(one, take))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, everyText(inner, take)]))
}
