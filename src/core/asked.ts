/**
 * What a client asked, as the turns that a trace shows: what is text, the rest named, the newest that fits. Read where
 * a request is answered, and again from a large body that was kept as it came. Nothing here throws.
 */
import type { Turn } from './conversation.ts'

/** The calls whose bodies are read. */
export type AskedCall = 'chat' | 'responses' | 'messages' | 'count-tokens' | 'embeddings' | 'images'

type Json = Readonly<Record<string, unknown>>

/** The conversation of a body as messages with `role` and `content`. */
export function messagesAsked(call: AskedCall, body: Json): readonly unknown[] {
  switch (call) {
    case 'chat':
    case 'count-tokens':
      return listOf(body.messages)
    case 'messages': {
      const { system, messages } = body
      return [...(system == null ? [] : [{ role: 'system', content: system }]), ...listOf(messages)]
    }
    case 'responses': {
      const { instructions, input } = body
      return [
        ...(typeof instructions === 'string' ? [{ role: 'system', content: instructions }] : []),
        ...(typeof input === 'string' ? [{ role: 'user', content: input }] : listOf(input).map(itemAsked)),
      ]
    }
    case 'embeddings':
      return [textsAsked(body.input)]
    case 'images':
      return [textsAsked(body.prompt)]
  }
}

/** The conversation for the trace. */
export const turnsAsked = (call: AskedCall, body: unknown): Turn[] =>
  isRecord(body) ? turnsShown(messagesAsked(call, body)) : []

export function turnsShown(messages: readonly unknown[]): Turn[] {
  const turns: Turn[] = []
  let room = SHOWN_CHARACTERS
  for (const message of messages.toReversed()) {
    const { role, content } = isRecord(message) ? message : {}
    const text = shownText(content)
    turns.push({ role: ROLES[String(role)] ?? 'user', content: cut(text, room) })
    room -= text.length
    if (room <= 0) break
  }
  return turns.reverse()
}

/** The words that a conversation began with; they know it again. */
export function firstUserText(messages: readonly unknown[]): string {
  const first = messages.find((message) => isRecord(message) && message.role === 'user')
  return isRecord(first) ? shownText(first.content) : ''
}

/** What is kept of a text in a trace. */
export const cut = (text: string, most = SHOWN_CHARACTERS): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most))} […cut, ${text.length} characters]`

/** Was the end of this text not kept? Then nothing that depends on the end can be said of it. */
export const isCut = (text: string): boolean => /\[…cut, \d+ characters\]$/.test(text)

/** A trace holds this much of what was asked and as much of what was answered. */
const SHOWN_CHARACTERS = 256 * 1024

const ROLES: Readonly<Record<string, Turn['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
}

function shownText(content: unknown): string {
  if (typeof content === 'string') return content
  return listOf(content)
    .map((part) =>
      isRecord(part) && typeof part.text === 'string'
        ? part.text
        : `[${String((isRecord(part) ? part.type : undefined) ?? 'part')}]`,
    )
    .join('\n')
}

/** Items of a Responses request that are no messages, as what they are worth in a trace. */
function itemAsked(item: unknown): unknown {
  if (!isRecord(item)) return {}
  if (item.type === 'function_call') return { role: 'assistant', content: `${item.name}(${item.arguments})` }
  if (item.type === 'function_call_output') return { role: 'user', content: item.output }
  return item
}

const textsAsked = (asked: unknown) => ({
  role: 'user',
  content: (Array.isArray(asked) ? asked : [asked]).filter((one) => typeof one === 'string').join('\n'),
})

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
