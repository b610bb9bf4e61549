/**
 * Providers of every dialect, for tests: what each says on the wire, whole and as a stream. Those that clients speak are
 * written by our own writers; the others by hand from their makers' public specifications.
 */
import { crc32 } from 'node:zlib'
import {
  type Answer,
  type AnswerBlock,
  type AnswerEvent,
  chatInbound,
  eventsOf,
  type Inbound,
  messagesInbound,
  responsesInbound,
} from '../dialects/index.ts'
import type { Spoken } from '../models/index.ts'

type Body = Record<string, unknown>

export type SpokenProvider = {
  readonly spoken: Spoken
  /** The kind of a stream. */
  readonly kind: string
  /** Whether it says which model answered. */
  readonly namesModel: boolean
  isStream(path: string, body: Body): boolean
  whole(answer: Answer): Body
  /** The first blocks of the answer, and its end when all are told. */
  stream(answer: Answer, blocks?: number): Buffer
}

const head = ({ id, model }: Answer) => ({ id: id ?? 'up-1', created: 1, model: model ?? 'm' })
const sse = (values: readonly Body[]): Buffer =>
  Buffer.from(values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''))

const speaking = (spoken: Spoken, inbound: Inbound): SpokenProvider => ({
  spoken,
  kind: 'text/event-stream',
  namesModel: true,
  isStream: (_, { stream }) => stream === true,
  whole: (answer) => inbound.writeAnswer(answer, head(answer)),
  stream(answer, blocks) {
    const writer = inbound.createWriter(head(answer), { includeUsage: true })
    return Buffer.from(
      firstOf(answer, blocks)
        .map((event) => writer.push(event))
        .join(''),
    )
  },
})

/** Events up to the end of so many blocks. */
function firstOf(answer: Answer, blocks: number | undefined): AnswerEvent[] {
  const events = [...eventsOf(answer)]
  return blocks === undefined
    ? events
    : events.slice(0, events.findIndex((event) => event.type === 'close' && event.block === blocks - 1) + 1)
}

const geminiPart = (block: AnswerBlock): Body =>
  block.kind === 'tool-call'
    ? { functionCall: { id: block.id, name: block.name, args: JSON.parse(block.arguments) } }
    : { text: block.text }
const geminiBody = ({ id, model, usage }: Answer, parts: readonly Body[], isLast: boolean): Body => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, ...(isLast && { finishReason: 'STOP' }) }],
  modelVersion: model,
  responseId: id,
  usageMetadata: {
    promptTokenCount: usage?.inputTokens,
    candidatesTokenCount: usage?.outputTokens,
    cachedContentTokenCount: usage?.cacheReadTokens,
  },
})
const gemini: SpokenProvider = {
  spoken: { dialect: 'gemini', speaks: [] },
  kind: 'text/event-stream',
  namesModel: true,
  isStream: (path) => path.endsWith(':streamGenerateContent?alt=sse'),
  whole: (answer) => geminiBody(answer, answer.blocks.map(geminiPart), true),
  stream: (answer, blocks = answer.blocks.length) =>
    sse(
      answer.blocks
        .slice(0, blocks)
        .map((block, place) => geminiBody(answer, [geminiPart(block)], place + 1 === answer.blocks.length)),
    ),
}

const FINISHES: Readonly<Record<string, readonly [converse: string, cohere: string]>> = {
  stop: ['end_turn', 'COMPLETE'],
  'tool-calls': ['tool_use', 'TOOL_CALL'],
}
const finishIn = ({ finish }: Answer, place: 0 | 1): string => FINISHES[finish?.reason ?? 'stop']?.[place] ?? ''

/** One frame of Amazon's event stream. */
export function frame(name: string, value: Body, kind: 'event' | 'exception' = 'event'): Buffer {
  const headers = Buffer.concat(
    [
      [`:${kind}-type`, name],
      [':content-type', 'application/json'],
      [':message-type', kind],
    ].map(([header = '', text = '']) =>
      Buffer.concat([Buffer.of(header.length), Buffer.from(header), Buffer.of(7, 0, text.length), Buffer.from(text)]),
    ),
  )
  const payload = Buffer.from(JSON.stringify(value))
  const prelude = Buffer.alloc(8)
  prelude.writeUInt32BE(16 + headers.length + payload.length, 0)
  prelude.writeUInt32BE(headers.length, 4)
  const checked = (bytes: Buffer) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(bytes))
    return Buffer.concat([bytes, sum])
  }
  return checked(Buffer.concat([checked(prelude), headers, payload]))
}

const converseUsage = ({ usage }: Answer): Body => ({
  inputTokens: (usage?.inputTokens ?? 0) - (usage?.cacheReadTokens ?? 0),
  outputTokens: usage?.outputTokens,
  cacheReadInputTokens: usage?.cacheReadTokens,
})
const converse: SpokenProvider = {
  spoken: { dialect: 'bedrock', speaks: [] },
  kind: 'application/vnd.amazon.eventstream',
  namesModel: false,
  isStream: (path) => path.endsWith('/converse-stream'),
  whole: (answer) => ({
    output: {
      message: {
        role: 'assistant',
        content: answer.blocks.map((block) =>
          block.kind === 'tool-call'
            ? { toolUse: { toolUseId: block.id, name: block.name, input: JSON.parse(block.arguments) } }
            : { text: block.text },
        ),
      },
    },
    stopReason: finishIn(answer, 0),
    usage: converseUsage(answer),
  }),
  stream(answer, blocks) {
    const told = answer.blocks.slice(0, blocks).flatMap((block, contentBlockIndex) => {
      const isCall = block.kind === 'tool-call'
      const delta = isCall ? { toolUse: { input: block.arguments } } : { text: block.text }
      return [
        ...(isCall
          ? [
              frame('contentBlockStart', {
                contentBlockIndex,
                start: { toolUse: { toolUseId: block.id, name: block.name } },
              }),
            ]
          : []),
        frame('contentBlockDelta', { contentBlockIndex, delta }),
        frame('contentBlockStop', { contentBlockIndex }),
      ]
    })
    const end = [
      frame('messageStop', { stopReason: finishIn(answer, 0) }),
      frame('metadata', { usage: converseUsage(answer), metrics: { latencyMs: 1 } }),
    ]
    return Buffer.concat([frame('messageStart', { role: 'assistant' }), ...told, ...(blocks === undefined ? end : [])])
  },
}

const cohereUsage = ({ usage }: Answer): Body => ({
  tokens: { input_tokens: usage?.inputTokens, output_tokens: usage?.outputTokens },
  cached_tokens: usage?.cacheReadTokens,
})
const cohereCall = (block: Extract<AnswerBlock, { kind: 'tool-call' }>, text = block.arguments): Body => ({
  id: block.id,
  type: 'function',
  function: { name: block.name, arguments: text },
})
const cohere: SpokenProvider = {
  spoken: { dialect: 'cohere', speaks: [] },
  kind: 'text/event-stream',
  namesModel: false,
  isStream: (_, { stream }) => stream === true,
  whole: (answer) => ({
    id: answer.id,
    finish_reason: finishIn(answer, 1),
    message: {
      role: 'assistant',
      content: answer.blocks.flatMap((block) => (block.kind === 'text' ? [{ type: 'text', text: block.text }] : [])),
      tool_calls: answer.blocks.flatMap((block) => (block.kind === 'tool-call' ? [cohereCall(block)] : [])),
    },
    usage: cohereUsage(answer),
  }),
  stream(answer, blocks) {
    const told = answer.blocks.slice(0, blocks).flatMap((block, index): Body[] =>
      block.kind === 'tool-call'
        ? [
            { type: 'tool-call-start', index, delta: { message: { tool_calls: cohereCall(block, '') } } },
            {
              type: 'tool-call-delta',
              index,
              delta: { message: { tool_calls: { function: { arguments: block.arguments } } } },
            },
            { type: 'tool-call-end', index },
          ]
        : [
            { type: 'content-start', index, delta: { message: { content: { type: 'text', text: '' } } } },
            { type: 'content-delta', index, delta: { message: { content: { text: block.text } } } },
            { type: 'content-end', index },
          ],
    )
    const end = { type: 'message-end', delta: { finish_reason: finishIn(answer, 1), usage: cohereUsage(answer) } }
    return sse([{ type: 'message-start', id: answer.id }, ...told, ...(blocks === undefined ? [end] : [])])
  },
}

export const SPOKEN: Readonly<Record<string, SpokenProvider>> = {
  chat: speaking({ dialect: 'openai', speaks: ['chat'] }, chatInbound),
  responses: speaking({ dialect: 'openai', speaks: ['responses'] }, responsesInbound),
  messages: speaking({ dialect: 'anthropic', speaks: ['messages'] }, messagesInbound),
  gemini,
  converse,
  cohere,
}
