import { expect, test } from 'vitest'
import { chatInbound, type Wire } from '../dialects/index.ts'
import { outboundOf } from '../models/index.ts'

/**
 * Providers charge less for what they have read before, to the byte: of two requests of one conversation, the longer
 * begins as the shorter does, in every dialect that a provider may speak.
 */
const system = { role: 'system', content: 'Be brief.' }
const turns = [
  { role: 'user', content: 'What is the weather in Paris?' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"b":1, "a":"Paris"}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: 'Rain, 12 °C' },
  { role: 'assistant', content: 'It rains.' },
  { role: 'user', content: [{ type: 'text', text: 'And in Lyon?' }] },
  { role: 'assistant', content: 'Sun.' },
  { role: 'user', content: 'Thanks.' },
]
const tools = ['weather', 'clock'].map((name) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: { b: { type: 'integer' }, a: { type: 'string' } } } },
}))
const written = (wire: Wire, length: number) => {
  const body = { model: 'm', tools, messages: [system, ...turns.slice(0, length)] }
  return JSON.stringify(outboundOf(wire).writeRequest(chatInbound.readRequest(body).request, { model: 'm' }).body)
}
/** Where each dialect has the conversation. */
const CONVERSATIONS: Record<Wire, string> = {
  chat: 'messages',
  messages: 'messages',
  responses: 'input',
  gemini: 'contents',
  converse: 'messages',
  cohere: 'messages',
}

test.for(Object.entries(CONVERSATIONS) as [Wire, string][])(
  'a conversation that goes on begins with the same bytes in %s',
  ([wire, key]) => {
    const listOf = (length: number): string[] => {
      const body = JSON.parse(written(wire, length)) as Record<string, unknown[]>
      return (body[key] ?? []).map((one) => JSON.stringify(one))
    }
    const rest = (length: number) => {
      const { [key]: _, ...others } = JSON.parse(written(wire, length))
      return JSON.stringify(others)
    }
    for (const length of [4, 6]) {
      const shorter = listOf(length - 1)
      expect(shorter.length).toBeGreaterThan(0)
      expect(listOf(length + 1).slice(0, shorter.length)).toEqual(shorter)
      expect(rest(length + 1)).toBe(rest(length - 1))
    }
    expect(written(wire, 5)).toBe(written(wire, 5))
  },
)
