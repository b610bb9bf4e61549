/** How a provider is spoken to: which calls it answers as it is, at which address, with which headers. */
import { z } from 'zod'
import type { Quirks, Wire } from '../dialects/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import { awsHeaders, type SignedAsk } from './aws-signature.ts'

/** What can be asked of a provider in its own words. */
export const ProviderCall = z.enum(['chat', 'responses', 'messages', 'count-tokens', 'embeddings', 'images'])
export type ProviderCall = z.infer<typeof ProviderCall>

/** `openai` and `anthropic` are spoken by many servers, the others by their makers' services alone. */
export const Dialect = z.enum(['openai', 'anthropic', 'azure', 'gemini', 'vertex', 'bedrock', 'cohere'])
export type Dialect = z.infer<typeof Dialect>

/** What a provider answers in its own words, and where it differs from its dialect. */
export type Spoken = {
  readonly dialect: Dialect
  readonly speaks: readonly ProviderCall[]
  readonly quirks?: Quirks | undefined
}

export type SpeechAsk = {
  /** The provider's own name of it, for addresses that hold it. */
  readonly model: string
  readonly stream: boolean
  readonly baseUrl: string
}

export type Speech = {
  /** What a provider of this dialect answers unless it says otherwise; nothing where clients do not speak so. */
  readonly speaks: readonly ProviderCall[]
  /** The dialect into which other dialects' requests are translated. */
  readonly wire: Wire
  /** Below the base URL. Throws for a model that cannot stand in an address. */
  pathOf(call: ProviderCall, ask: SpeechAsk): string
  /** Flat pairs. `ask` is the request that they belong to, for those that prove it. */
  headersOf(credential: Secret | undefined, ask: SignedAsk): string[]
  /** Headers of the client that mean something to such a provider. */
  readonly passes: ReadonlySet<string>
  /** Where the provider lists its models, below the base URL or as a whole address. */
  listOf(baseUrl: string): string
}

const OPENAI_PATHS: Readonly<Record<ProviderCall, string>> = {
  chat: 'chat/completions',
  responses: 'responses',
  messages: 'messages',
  'count-tokens': 'messages/count_tokens',
  embeddings: 'embeddings',
  images: 'images/generations',
}

/** The version of the API that this code was written against. */
const ANTHROPIC_VERSION = '2023-06-01'

const bearer = (credential: Secret | undefined): string[] =>
  credential ? ['authorization', `Bearer ${credential.reveal()}`] : []

const key = (name: string) => (credential: Secret | undefined) => (credential ? [name, credential.reveal()] : [])

/** One piece of a path, so that no name of a model leads elsewhere. */
function inPath(model: string): string {
  if (model !== '.' && model !== '..') return encodeURIComponent(model)
  throw new Failure('invalid', 'models.unknown-model', `There is no model ${model}.`, {
    problems: [{ field: 'model', message: 'is the name of a model' }],
  })
}

const geminiPath =
  (embeddings: string) =>
  (call: ProviderCall, { model, stream }: SpeechAsk): string => {
    if (call === 'embeddings') return `models/${inPath(model)}:${embeddings}`
    return `models/${inPath(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
  }

const NOTHING: ReadonlySet<string> = new Set()

const SPEECHES: Readonly<Record<Dialect, Speech>> = {
  openai: {
    speaks: ['chat', 'embeddings', 'images'],
    wire: 'chat',
    pathOf: (call) => OPENAI_PATHS[call],
    headersOf: bearer,
    passes: new Set(['openai-beta', 'idempotency-key']),
    listOf: () => 'models',
  },
  anthropic: {
    speaks: ['messages', 'count-tokens'],
    wire: 'messages',
    pathOf: (call) => OPENAI_PATHS[call],
    headersOf: (credential) => ['anthropic-version', ANTHROPIC_VERSION, ...key('x-api-key')(credential)],
    passes: new Set(['anthropic-beta', 'anthropic-version']),
    listOf: () => 'models',
  },
  azure: {
    speaks: ['chat', 'responses', 'embeddings', 'images'],
    wire: 'chat',
    // An address with a version is of the older kind, which names the deployment.
    pathOf: (call, { model, baseUrl }) =>
      call !== 'responses' && new URL(baseUrl).searchParams.has('api-version')
        ? `deployments/${inPath(model)}/${OPENAI_PATHS[call]}`
        : OPENAI_PATHS[call],
    headersOf: key('api-key'),
    passes: new Set(['openai-beta', 'idempotency-key']),
    listOf: () => 'models',
  },
  gemini: {
    speaks: [],
    wire: 'gemini',
    pathOf: geminiPath('batchEmbedContents'),
    headersOf: key('x-goog-api-key'),
    passes: NOTHING,
    listOf: () => 'models?pageSize=1000',
  },
  vertex: {
    speaks: [],
    wire: 'gemini',
    pathOf: geminiPath('predict'),
    headersOf: bearer,
    passes: NOTHING,
    listOf: (baseUrl) => `${new URL(baseUrl).origin}/v1beta1/publishers/google/models`,
  },
  bedrock: {
    speaks: [],
    wire: 'converse',
    pathOf: (call, { model, stream }) =>
      `model/${inPath(model)}/${call === 'embeddings' ? 'invoke' : stream ? 'converse-stream' : 'converse'}`,
    headersOf: (credential, ask) => (credential ? awsHeaders(credential, 'bedrock', ask) : []),
    passes: NOTHING,
    // The list is another service's, at an address beside the one that answers.
    listOf: (baseUrl) => `${new URL(baseUrl).origin.replace('//bedrock-runtime', '//bedrock')}/foundation-models`,
  },
  cohere: {
    speaks: [],
    wire: 'cohere',
    pathOf: (call) => (call === 'embeddings' ? 'embed' : 'chat'),
    headersOf: bearer,
    passes: NOTHING,
    listOf: (baseUrl) => `${new URL(baseUrl).origin}/v1/models?page_size=1000`,
  },
}

export const speechOf = (dialect: Dialect): Speech => SPEECHES[dialect]

/** Whether clients speak so, and a provider may say which of their calls it answers. */
export const isSpokenByClients = (dialect: Dialect): boolean => SPEECHES[dialect].speaks.length > 0
