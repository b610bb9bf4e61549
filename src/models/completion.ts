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
import type { Part } from '../dialects/index.ts'
import { Digest } from '../kernel/digest.ts'
import { MicroUsd } from '../kernel/money.ts'

export const FinishReason = z.enum(['stop', 'length', 'refusal', 'filtered', 'tool-calls'])
export type FinishReason = z.infer<typeof FinishReason>

/** The price book that an amount was computed with, as it stands in the manifest. */
export const PriceBookRef = z.object({ name: z.string(), digest: Digest })
export type PriceBookRef = z.infer<typeof PriceBookRef>

/** A passage that an answer may rest on; its place in the list, from 1, is the number in its marker `[n]`. */
export type GroundingPassage = { readonly id: string; readonly title: string; readonly text: string }
export type Grounding = { readonly question: string; readonly passages: readonly GroundingPassage[] }

/** A tool as a model is told of it. */
export type OfferedTool = {
  readonly name: string
  readonly description: string
  /** JSON Schema of its arguments. */
  readonly schema: Readonly<Record<string, unknown>>
}

export const ToolCall = z.object({
  id: z.string(),
  name: z.string(),
  /** JSON as the model wrote it, which may not parse. */
  arguments: z.string(),
})
export type ToolCall = z.infer<typeof ToolCall>

/** What a model said before its tools were called, whole: reasoning goes back with what proves that it is its own. */
export type SaidPart = Part

/** What follows the conversation while tools are called: what the model said, and what the tools did, in turns. */
export type ExchangeTurn =
  | { readonly kind: 'said'; readonly parts: readonly SaidPart[] }
  | { readonly kind: 'results'; readonly results: readonly ToolResult[] }
export type ToolResult = { readonly callId: string; readonly text: string; readonly isError: boolean }

export type CompletionRequest = {
  /** `provider/model`. */
  readonly model: string
  readonly messages: readonly Turn[]
  readonly parameters: Readonly<Record<string, unknown>>
  /** What the model may call; models without a network call nothing, but for `scripted/caller`. */
  readonly tools?: readonly OfferedTool[] | undefined
  readonly exchange?: readonly ExchangeTurn[] | undefined
  /** What the answer must fit; models without a network answer as they do. */
  readonly answerSchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> } | undefined
  readonly grounding?: Grounding | undefined
  /** The user and assistant turns of the application, without anything that a prompt added. */
  readonly conversation: readonly Turn[]
  readonly signal: AbortSignal
}

export const Completion = z.object({
  text: z.string(),
  finishReason: FinishReason,
  /** What the model wants to be called before it goes on; absent where that is nothing. */
  calls: z.array(ToolCall).optional(),
  /** All that it said, for the exchange; beside calls alone. */
  said: z.array(z.custom<SaidPart>()).optional(),
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
