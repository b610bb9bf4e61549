/** Routes and shapes of models and providers, as server, OpenAPI, CLI and SDK read them. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { Price } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { pageOf, route } from '../wire/route.ts'
import { Credential, CredentialInput, NamedCredentialInput } from './credentials/contract.ts'
import { Rating } from './price-book-file.ts'
import { Dialect, ProviderCall } from './speech.ts'

/** Dollars per million tokens, as exact decimals. */
export const ModelPrice = Rating.extend({
  cacheRead: Price.nullable(),
  cacheWrite: Price.nullable(),
  /** Where the figures were taken from, and when. */
  source: z.string(),
})
export type ModelPrice = z.infer<typeof ModelPrice>

/** What a person needs to know before choosing a model. */
export const ModelCard = z.object({
  /** `provider/model`. */
  model: z.string(),
  provider: Name,
  /** local: computed here · replay: recorded answers · scripted: for tests · remote: asked over the network. */
  kind: z.enum(['local', 'replay', 'scripted', 'remote']),
  title: z.string(),
  /** What it is, what it is not, and what it does not react to. */
  description: z.string(),
  works: z.boolean(),
  /** Why it does not work now, and what to do; null when it works. */
  reason: z.string().nullable(),
  /** Why its answers may change under us; null when they cannot. */
  mutable: z.string().nullable(),
  /** Price in force now; null when unknown. */
  price: ModelPrice.nullable(),
  /** Parameters that it understands, each with its meaning. */
  parameters: z.record(z.string(), z.string()),
})
export type ModelCard = z.infer<typeof ModelCard>

export const ProviderInput = z.strictObject({
  dialect: Dialect,
  /** Ends where `/chat/completions` or `/messages` begins, for example `http://127.0.0.1:11434/v1`. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(2000),
  /** The only one, under the name `default`. */
  credential: CredentialInput.optional(),
  /** Several, in the order in which they are used; one that fails rests, and the next is used. */
  credentials: z
    .array(NamedCredentialInput)
    .max(50)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'each name once')
    .optional(),
  /** What it answers in its own words, when that is more or less than its dialect promises. */
  speaks: z.array(ProviderCall).min(1).optional(),
})
export type ProviderInput = z.infer<typeof ProviderInput>

export const Provider = z.object({
  name: Name,
  dialect: Dialect,
  baseUrl: z.string(),
  speaks: z.array(ProviderCall),
  /** In the order in which they are used, as the process that answers sees them. */
  credentials: z.array(Credential),
  /** Built in, and not replaced by a row of this installation. */
  builtIn: z.boolean(),
  updatedAt: Instant.nullable(),
})
export type Provider = z.infer<typeof Provider>

export const ProviderTest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reached'), milliseconds: z.number(), models: z.array(z.string()) }),
  z.object({ kind: z.literal('failed'), milliseconds: z.number(), code: z.string(), reason: z.string() }),
])
export type ProviderTest = z.infer<typeof ProviderTest>

const params = z.object({ name: Name })

export const listModels = route({
  name: 'listModels',
  method: 'GET',
  path: '/api/v1/models',
  summary: 'Every model that is known here, with its card, price and whether it works now',
  permission: 'view',
  mcp: true,
  returns: { 200: pageOf(ModelCard) },
})

export const listProviders = route({
  name: 'listProviders',
  method: 'GET',
  path: '/api/v1/providers',
  summary: 'Providers of models, built in and configured',
  permission: 'view',
  returns: { 200: pageOf(Provider) },
})

export const getProvider = route({
  name: 'getProvider',
  method: 'GET',
  path: '/api/v1/providers/:name',
  summary: 'One provider',
  permission: 'view',
  params,
  returns: { 200: Provider },
})

export const putProvider = route({
  name: 'putProvider',
  method: 'PUT',
  path: '/api/v1/providers/:name',
  summary: 'Create or replace a provider: any address that speaks a known dialect, with a key or without',
  permission: 'administer',
  params,
  body: ProviderInput,
  returns: { 200: Provider },
})

export const deleteProvider = route({
  name: 'deleteProvider',
  method: 'DELETE',
  path: '/api/v1/providers/:name',
  summary: 'Remove a configured provider; a built-in one goes back to its defaults',
  permission: 'administer',
  params,
  returns: { 204: null },
})

export const testProvider = route({
  name: 'testProvider',
  method: 'POST',
  path: '/api/v1/providers/:name/test',
  summary: 'Ask a provider for its models, to see whether address and key work',
  permission: 'operate',
  params,
  returns: { 200: ProviderTest },
})
