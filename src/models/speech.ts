/** How a provider is spoken to: which calls it answers as it is, at which address, with which headers. */
import { z } from 'zod'
import type { Wire } from '../dialects/index.ts'
import type { Secret } from '../kernel/secret.ts'

/** What can be asked of a provider in its own words. */
export const ProviderCall = z.enum(['chat', 'responses', 'messages', 'count-tokens', 'embeddings', 'images'])
export type ProviderCall = z.infer<typeof ProviderCall>

export const Dialect = z.enum(['openai', 'anthropic'])
export type Dialect = z.infer<typeof Dialect>

/** What a provider answers in its own words. */
export type Spoken = { readonly dialect: Dialect; readonly speaks: readonly ProviderCall[] }

export type Speech = {
  /** What a provider of this dialect answers unless it says otherwise. */
  readonly speaks: readonly ProviderCall[]
  /** The dialect into which other dialects' requests are translated. */
  readonly wire: Wire
  /** Below the base URL. */
  pathOf(call: ProviderCall): string
  /** Flat pairs. */
  headersOf(credential: Secret | undefined): string[]
  /** Headers of the client that mean something to such a provider. */
  readonly passes: ReadonlySet<string>
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

const SPEECHES: Readonly<Record<Dialect, Speech>> = {
  openai: {
    speaks: ['chat', 'embeddings', 'images'],
    wire: 'chat',
    pathOf: (call) => OPENAI_PATHS[call],
    headersOf: (credential) => (credential ? ['authorization', `Bearer ${credential.reveal()}`] : []),
    passes: new Set(['openai-beta', 'idempotency-key']),
  },
  anthropic: {
    speaks: ['messages', 'count-tokens'],
    wire: 'messages',
    pathOf: (call) => OPENAI_PATHS[call],
    headersOf: (credential) => [
      'anthropic-version',
      ANTHROPIC_VERSION,
      ...(credential ? ['x-api-key', credential.reveal()] : []),
    ],
    passes: new Set(['anthropic-beta', 'anthropic-version']),
  },
}

export const speechOf = (dialect: Dialect): Speech => SPEECHES[dialect]
