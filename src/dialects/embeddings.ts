/**
 * Embeddings as OpenAI's clients ask for them, in the words of providers that have others: Google (both addresses),
 * Amazon's Titan, Cohere at home and at Amazon. Pure.
 */
import type { Loss } from './carry.ts'
import { count, isRecord, type Json, present, readFields, unreadable, wrong } from './field-reader.ts'

type Body = Record<string, unknown>

export type EmbeddingsRequest = {
  readonly texts: readonly string[]
  readonly dimensions?: number
  /** What the vectors are for, in Cohere's words; it demands one. */
  readonly inputType?: string
  /** As numbers, or as the bytes of 32-bit floats. */
  readonly format: 'float' | 'base64'
}

export type Embeddings = {
  readonly vectors: readonly (readonly number[])[]
  /** Null when the provider did not count. */
  readonly inputTokens: number | null
}

/** One provider's words. */
export type EmbeddingsOutbound = {
  writeRequest(request: EmbeddingsRequest, model: string): { readonly body: Body; readonly losses: readonly Loss[] }
  /** Throws `dialects.answer-unreadable`. */
  readAnswer(body: unknown): Embeddings
}

/** Throws `dialects.request-not-valid`; names what it did not read. */
export function readEmbeddingsRequest(body: Json): { request: EmbeddingsRequest; unread: readonly string[] } {
  const fields = readFields(body)
  for (const name of ['model', 'user', 'safety_identifier']) fields.take(name)
  const input = fields.take('input')
  const texts = typeof input === 'string' ? [input] : input
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
    throw wrong('input', '`input` is a text or a list of texts here: tokens belong to the models of one provider.')
  const format = fields.text('encoding_format') ?? 'float'
  if (format !== 'float' && format !== 'base64') throw wrong('encoding_format', '`encoding_format` is float or base64.')
  const more = present({ dimensions: fields.number('dimensions'), inputType: fields.text('input_type') })
  return { request: { texts, format, ...more }, unread: fields.unread() }
}

/** As OpenAI answers. */
export const writeEmbeddings = (
  { vectors, inputTokens }: Embeddings,
  { model, format }: { model: string; format: EmbeddingsRequest['format'] },
): Body => ({
  object: 'list',
  data: vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: format === 'float' ? vector : bytesOf(vector),
  })),
  model,
  usage: { prompt_tokens: inputTokens ?? 0, total_tokens: inputTokens ?? 0 },
})

function bytesOf(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [place, value] of vector.entries()) bytes.writeFloatLE(value, place * 4)
  return bytes.toString('base64')
}

/** Who speaks so; `model` tells Amazon's own from those of others that it serves. Undefined where nobody does. */
export function embeddingsOutbound(dialect: string, model: string): EmbeddingsOutbound | undefined {
  if (dialect === 'bedrock') return model.includes('cohere.') ? cohereAtAmazon : titan
  return BY_DIALECT[dialect]
}

const vectorOf = (value: unknown, wire: string): number[] => {
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')) return value
  throw unreadable(wire, 'it holds no vector')
}
const listOf = (value: unknown, wire: string): unknown[] => {
  if (Array.isArray(value)) return value
  throw unreadable(wire, 'it holds no list of vectors')
}
const record = (value: unknown): Json => (isRecord(value) ? value : {})
const withoutPurpose = ({ inputType }: EmbeddingsRequest): Loss[] =>
  inputType === undefined ? [] : [{ field: 'input_type', changesAnswer: true }]

/** As OpenAI speaks, and whoever speaks as they do. */
export const openAiEmbeddings: EmbeddingsOutbound = {
  writeRequest: ({ texts, dimensions }, model) => ({ body: present({ model, input: texts, dimensions }), losses: [] }),
  readAnswer(body) {
    const { data, usage } = record(body)
    const inOrder = listOf(data, 'openai')
      .map(record)
      .toSorted((a, b) => (count(a.index) ?? 0) - (count(b.index) ?? 0))
    return {
      vectors: inOrder.map(({ embedding }) => vectorOf(embedding, 'openai')),
      inputTokens: count(record(usage).prompt_tokens) ?? null,
    }
  },
}

const gemini: EmbeddingsOutbound = {
  writeRequest: (request, model) => ({
    body: {
      requests: request.texts.map((text) => ({
        model: `models/${model}`,
        content: { parts: [{ text }] },
        ...present({ outputDimensionality: request.dimensions }),
      })),
    },
    losses: withoutPurpose(request),
  }),
  readAnswer(body) {
    const { embeddings, usageMetadata } = record(body)
    return {
      vectors: listOf(embeddings, 'gemini').map((one) => vectorOf(record(one).values, 'gemini')),
      inputTokens: count(record(usageMetadata).promptTokenCount) ?? null,
    }
  },
}

const vertex: EmbeddingsOutbound = {
  writeRequest: (request) => ({
    body: {
      instances: request.texts.map((content) => ({ content })),
      ...(request.dimensions !== undefined && { parameters: { outputDimensionality: request.dimensions } }),
    },
    losses: withoutPurpose(request),
  }),
  readAnswer(body) {
    const found = listOf(record(body).predictions, 'vertex').map((one) => record(record(one).embeddings))
    const tokens = found.map(({ statistics }) => count(record(statistics).token_count))
    return {
      vectors: found.map(({ values }) => vectorOf(values, 'vertex')),
      inputTokens: tokens.reduce<number | null>(
        (sum, one) => (sum === null || one === undefined ? null : sum + one),
        0,
      ),
    }
  },
}

const titan: EmbeddingsOutbound = {
  writeRequest(request) {
    const [inputText = '', ...more] = request.texts
    if (more.length > 0) throw wrong('input', 'This model of Amazon takes one text a request. Ask once for each.')
    return { body: { inputText, ...present({ dimensions: request.dimensions }) }, losses: withoutPurpose(request) }
  },
  readAnswer(body) {
    const { embedding, inputTextTokenCount } = record(body)
    return { vectors: [vectorOf(embedding, 'titan')], inputTokens: count(inputTextTokenCount) ?? null }
  },
}

/** For what is searched, unless the request says otherwise. */
const USUAL_PURPOSE = 'search_document'
const cohereBody = ({ texts, inputType = USUAL_PURPOSE, dimensions }: EmbeddingsRequest): Body => ({
  texts,
  input_type: inputType,
  embedding_types: ['float'],
  ...present({ output_dimension: dimensions }),
})
/** By kind of number, or plain from older models. */
function readCohere(body: unknown): Embeddings {
  const { embeddings, meta } = record(body)
  const list = Array.isArray(embeddings) ? embeddings : record(embeddings).float
  return {
    vectors: listOf(list, 'cohere').map((one) => vectorOf(one, 'cohere')),
    inputTokens: count(record(record(meta).billed_units).input_tokens) ?? null,
  }
}
const cohere: EmbeddingsOutbound = {
  writeRequest: (request, model) => ({ body: { model, ...cohereBody(request) }, losses: [] }),
  readAnswer: readCohere,
}
const cohereAtAmazon: EmbeddingsOutbound = {
  writeRequest: (request) => ({ body: cohereBody(request), losses: [] }),
  readAnswer: readCohere,
}

const BY_DIALECT: Readonly<Record<string, EmbeddingsOutbound>> = { gemini, vertex, cohere }
