/** Routes of quotas: what a provider lets us ask, as it says itself with its answers or as somebody has declared it. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { CredentialName } from '../credentials/contract.ts'

/** tokens: those that go in and those that come out, together. */
export const Counted = z.enum(['requests', 'tokens', 'input-tokens', 'output-tokens'])
export type Counted = z.infer<typeof Counted>
export const Per = z.enum(['second', 'minute', 'hour', 'day', 'month'])
export type Per = z.infer<typeof Per>

const named = {
  /** A provider, or one of its models: `openai`, `openai/gpt-4o`. */
  target: z.string().min(1).max(300),
  /** Of which of its keys; null: of any. */
  credential: z.string().nullable(),
}

export const ReadLimit = z.object({
  counted: Counted,
  /** Null where the provider does not say, and it does not follow from what it says. */
  per: Per.nullable(),
  limit: z.number().positive(),
  /** When it was read; null where it was not said. */
  remaining: z.number().nonnegative().nullable(),
  /** The least that was left in the quarter of an hour before it was read, and when. */
  lowest: z.object({ remaining: z.number().nonnegative(), at: Instant }).nullish(),
})
export type ReadLimit = z.infer<typeof ReadLimit>

/** Of a quota this much is nearly all of it. */
export const NEARLY_USED = 0.8

export const DeclaredLimit = z.strictObject({
  counted: Counted,
  per: Per,
  /** null: there is none. */
  limit: z.number().int().positive().nullable(),
})
export type DeclaredLimit = z.infer<typeof DeclaredLimit>

export const Quota = z.object({
  ...named,
  /** What the provider said last; null where it never said anything. */
  read: z.object({ limits: z.array(ReadLimit), at: Instant }).nullable(),
  /** What somebody said; null where nobody did. */
  declared: z.object({ limits: z.array(DeclaredLimit), at: Instant, by: ActorId }).nullable(),
})
export type Quota = z.infer<typeof Quota>

export const QuotaInput = z.strictObject({
  target: named.target,
  credential: CredentialName.optional(),
  /** In place of those that were declared; none takes them back. */
  limits: z.array(DeclaredLimit).max(20),
})
export type QuotaInput = z.infer<typeof QuotaInput>

const Quotas = z.object({ items: z.array(Quota) })

export const listQuotas = route({
  name: 'listQuotas',
  method: 'GET',
  path: '/api/v1/quotas',
  summary: 'What providers let us ask: as their answers said last, and as declared; empty for a key of one application',
  permission: 'view',
  mcp: true,
  returns: { 200: Quotas },
})

export const declareQuota = route({
  name: 'declareQuota',
  method: 'PUT',
  path: '/api/v1/quotas',
  summary: 'Declare what a provider or one of its models may be asked, where its answers do not say',
  permission: 'administer',
  example: { target: 'openai/gpt-4o', limits: [{ counted: 'requests', per: 'minute', limit: 500 }] },
  body: QuotaInput,
  returns: { 200: Quotas },
})
