/** What a healthy provider says in sixty pieces, and how it says that it failed, in the words of each dialect. */
import {
  type AnswerEvent,
  chatInbound,
  type Inbound,
  messagesInbound,
  responsesInbound,
  type Wire,
} from '../dialects/index.ts'
import type { Spoken } from '../models/index.ts'
import { frame, SPOKEN } from './spoken-provider.example.ts'

type Body = Record<string, unknown>
type Said = { readonly code: string; readonly message: string; readonly status: number; readonly field: null }

const WORDS = Array.from({ length: 60 }, (_, n) => `word${n} `)
export const WHOLE = WORDS.join('')
const USAGE = { inputTokens: 20, outputTokens: 60 }

export type Tongue = {
  readonly spoken: Spoken
  /** The content type of a stream. */
  readonly kind: string
  isStream(path: string, body: Body): boolean
  /** The events of the whole stream: an opening, the words, and what ends it. */
  events(name: string, words?: readonly string[]): Buffer[]
  whole(name: string, text: string): Body
  error(said: Said): Body
  /** Its word inside a stream that it failed. */
  streamError(said: Said): Buffer
  /** An event that nobody can read. */
  readonly broken: Buffer
  /** The reason why it stopped is enough of an end; the event after it only counts tokens, or nothing. */
  readonly endsByReason: boolean
}

const head = (name: string) => ({ id: 'up-1', created: 1, model: `${name}-model` })
const sse = (value: Body): Buffer => Buffer.from(`data: ${JSON.stringify(value)}\n\n`)
const BROKEN = Buffer.from('data: {"id": "up-1", "choi\n\n')

const eventsOf = (words: readonly string[]): AnswerEvent[] => [
  { type: 'open', block: 0, start: { kind: 'text' } },
  ...words.map((text) => ({ type: 'delta', block: 0, text }) as const),
  { type: 'close', block: 0 },
  { type: 'usage', usage: USAGE },
  { type: 'finish', reason: 'stop' },
  { type: 'end' },
]

const answerOf = (name: string, text: string) =>
  ({
    id: 'up-1',
    model: name,
    blocks: [{ kind: 'text', text }],
    finish: { reason: 'stop' },
    usage: USAGE,
    error: null,
    isWhole: true,
  }) as const

const SAID = (wire: Wire) => {
  const says = SPOKEN[wire]
  if (!says) throw new Error(wire)
  const { spoken, kind, isStream } = says
  return { spoken, kind, isStream, whole: (name: string, text: string) => says.whole(answerOf(name, text)) }
}

/** As clients speak too: written by our own writers. */
const written = (wire: Wire, inbound: Inbound, endsByReason: boolean): Tongue => ({
  ...SAID(wire),
  events(name, words = WORDS) {
    const writer = inbound.createWriter(head(name), { includeUsage: true })
    return eventsOf(words).map((event) => Buffer.from(writer.push(event)))
  },
  error: (said) => inbound.writeError(said),
  streamError: (said) => Buffer.from(inbound.writeStreamError(said)),
  broken: BROKEN,
  endsByReason,
})

export const TONGUES: Readonly<Record<Wire, Tongue>> = {
  chat: written('chat', chatInbound, true),
  messages: written('messages', messagesInbound, false),
  responses: written('responses', responsesInbound, false),
  gemini: {
    ...SAID('gemini'),
    events(name, words = WORDS) {
      const told = (candidate: Body, more: Body = {}) =>
        sse({ candidates: [{ index: 0, ...candidate }], responseId: 'up-1', modelVersion: `${name}-model`, ...more })
      return [
        Buffer.alloc(0),
        ...words.map((text) => told({ content: { role: 'model', parts: [{ text }] } })),
        told({ finishReason: 'STOP' }, { usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 60 } }),
      ]
    },
    error: ({ status, message, code }) => ({ error: { code: status, message, status: code.toUpperCase() } }),
    streamError: ({ message, status }) => sse({ error: { code: status, message, status: 'UNAVAILABLE' } }),
    broken: BROKEN,
    endsByReason: false,
  },
  converse: {
    ...SAID('converse'),
    events: (_, words = WORDS) => [
      frame('messageStart', { role: 'assistant' }),
      ...words.map((text) => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
      frame('contentBlockStop', { contentBlockIndex: 0 }),
      frame('messageStop', { stopReason: 'end_turn' }),
      frame('metadata', { usage: { inputTokens: 20, outputTokens: 60 }, metrics: { latencyMs: 1 } }),
    ],
    error: ({ message, code }) => ({ message, __type: code }),
    streamError: ({ message }) => frame('serviceUnavailableException', { message }, 'exception'),
    // One bit of it fell over.
    broken: Buffer.from(frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'x' } }).fill(7, 20, 21)),
    endsByReason: true,
  },
  cohere: {
    ...SAID('cohere'),
    events: (_, words = WORDS) => [
      Buffer.concat([
        sse({ type: 'message-start', id: 'up-1' }),
        sse({ type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } }),
      ]),
      ...words.map((text) => sse({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } })),
      sse({ type: 'content-end', index: 0 }),
      sse({
        type: 'message-end',
        delta: { finish_reason: 'COMPLETE', usage: { tokens: { input_tokens: 20, output_tokens: 60 } } },
      }),
    ],
    error: ({ message }) => ({ message, id: 'up-1' }),
    streamError: ({ message }) => sse({ type: 'message-end', delta: { finish_reason: 'ERROR', error: message } }),
    broken: BROKEN,
    endsByReason: false,
  },
}
