/**
 * Calls that are no conversation: embeddings, pictures, the count of tokens. Their bytes pass to a provider that
 * answers them as they are; nothing is translated, and no application answers them.
 */
import { messagesAsked } from '../../core/asked.ts'
import { billedInUsage, chatInbound, type Inbound, messagesInbound } from '../../dialects/index.ts'
import { metadataOf, wrong } from './parsed-request.ts'
import type { Protocol } from './protocol.ts'
import { NOTHING_READ, type Read } from './read.ts'

type Json = Readonly<Record<string, unknown>>

const plain = (part: {
  call: 'embeddings' | 'images' | 'count-tokens'
  operation: Protocol['operation']
  inbound: Inbound
  /** The field that holds what is asked. */
  asks: string
  readUsage(usage: Json): Read['usage']
}): Protocol => ({
  call: part.call,
  operation: part.operation,
  inbound: part.inbound,
  onlyPasses: true,
  idPrefix: '',
  parse(body) {
    const asked = body[part.asks]
    if (asked === undefined || asked === null || asked === '' || (Array.isArray(asked) && asked.length === 0))
      throw wrong(part.asks, `\`${part.asks}\` is missing or empty.`)
    const { user, safety_identifier: safety } = body
    return {
      includeUsage: false,
      safetyIdentifier: typeof safety === 'string' && safety !== '' ? safety : null,
      user: typeof user === 'string' && user !== '' ? user : null,
      maxOutputTokens: null,
      metadata: metadataOf(body.metadata),
    }
  },
  messages: (body) => messagesAsked(part.call, body),
  kept: new Set(),
  demandsLastEvent: true,
  readAnswer: (body) => ({
    ...NOTHING_READ,
    usage: isObject(body.usage) ? part.readUsage(body.usage) : undefined,
    isWhole: true,
  }),
  // Pictures may come in pieces; the last one says so.
  createReader() {
    let usage: Read['usage']
    let isWhole = false
    return {
      push(data) {
        const event = parsed(data)
        if (isObject(event.usage)) usage = part.readUsage(event.usage)
        isWhole ||= event.type === 'image_generation.completed'
        return isWhole ? 'end' : 'piece'
      },
      read: () => ({ ...NOTHING_READ, usage, isWhole }),
    }
  },
  readUsage: part.readUsage,
})

function parsed(data: string): Json {
  try {
    const value: unknown = JSON.parse(data)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const count = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0)

export const embeddingsProtocol = plain({
  call: 'embeddings',
  operation: 'embeddings',
  inbound: chatInbound,
  asks: 'input',
  readUsage: (usage) => ({
    inputTokens: count(usage.prompt_tokens),
    outputTokens: 0,
    estimated: false,
    ...billedInUsage(usage),
  }),
})

export const imagesProtocol = plain({
  call: 'images',
  operation: 'image_generation',
  inbound: chatInbound,
  asks: 'prompt',
  // All that comes out are pictures.
  readUsage: (usage) => ({
    inputTokens: count(usage.input_tokens),
    outputTokens: count(usage.output_tokens),
    estimated: false,
    inputImageTokens: isObject(usage.input_tokens_details) ? count(usage.input_tokens_details.image_tokens) : 0,
    outputImageTokens: count(usage.output_tokens),
    ...billedInUsage(usage),
  }),
})

/** Nobody bills it. */
export const countTokensProtocol = plain({
  call: 'count-tokens',
  operation: 'count_tokens',
  inbound: messagesInbound,
  asks: 'messages',
  readUsage: () => ({ inputTokens: 0, outputTokens: 0, estimated: false }),
})
