/**
 * What a model is asked and what it answers, the same for every provider.
 *
 * `messages` is the prompt as rendered and the only thing that a real model sees. `grounding` and
 * `conversation` say the same to the models without a network: the reader scores the passages, the
 * recordings are found by the application's conversation.
 */
import { z } from 'zod'
import type { Turn } from '../core/conversation.ts'
import { Charge, Usage } from '../core/usage.ts'
import { Digest } from '../kernel/digest.ts'
import { MicroUsd } from '../kernel/money.ts'

export const FinishReason = z.enum(['stop', 'length', 'refusal', 'filtered'])
export type FinishReason = z.infer<typeof FinishReason>

/** The price book that an amount was computed with, as it stands in the manifest. */
export const PriceBookRef = z.object({ name: z.string(), digest: Digest })
export type PriceBookRef = z.infer<typeof PriceBookRef>

/** A passage that an answer may rest on; its place in the list, from 1, is the number in its marker `[n]`. */
export type GroundingPassage = { readonly id: string; readonly title: string; readonly text: string }
export type Grounding = { readonly question: string; readonly passages: readonly GroundingPassage[] }

export type CompletionRequest = {
  /** `provider/model`. */
  readonly model: string
  readonly messages: readonly Turn[]
  readonly parameters: Readonly<Record<string, unknown>>
  readonly grounding?: Grounding | undefined
  /** The user and assistant turns of the application, without anything that a prompt added. */
  readonly conversation: readonly Turn[]
  readonly signal: AbortSignal
}

export const Completion = z.object({
  text: z.string(),
  finishReason: FinishReason,
  usage: Usage,
  /** `provider/model` that answered; another than was asked when a recording has no answer. */
  servedBy: z.string(),
  /** The name that a remote provider gave for its model, null for the others. */
  responseModel: z.string().nullable(),
  /** What a remote provider calls the state of its servers; absent where it says nothing. */
  fingerprint: z.string().optional(),
  /** Ids of passages that the model itself names; empty when the text has to be read for markers. */
  citations: z.array(z.string()),
  /** Null when no price is known, which is not the same as nothing. */
  costMicroUsd: MicroUsd.nullable(),
  priceBook: PriceBookRef,
  /** What the cost was computed of; absent where nobody prices. */
  charge: Charge.optional(),
})
export type Completion = z.infer<typeof Completion>

/** One piece of a streamed answer: text as it comes, then exactly one `end` with the whole. */
export type CompletionDelta =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly completion: Completion }
