/**
 * An answer of a model, as it comes (events) and whole (`Answer`). Blocks are numbered from 0 in the order in which
 * they begin; a block is open from its `open` to its `close`, and several may be open at once.
 */
import type { ReasoningPart, ToolCallPart, Wire } from './request.ts'

export type FinishReason =
  | 'stop'
  /** A text of the request's `stop` was met. */
  | 'stop-sequence'
  | 'length'
  | 'tool-calls'
  /** The provider's filter cut it off. */
  | 'filtered'
  /** The model declined. */
  | 'refusal'
  /** The provider wants to be asked again to go on. */
  | 'paused'
  | 'unknown'

/** Tokens. Those from and into a cache lie inside `inputTokens`, those of reasoning inside `outputTokens`. */
export type AnswerUsage = {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  /** Of `cacheWriteTokens`, those that are kept for an hour. */
  readonly cacheWriteHourTokens?: number
  readonly reasoningTokens?: number
  readonly inputAudioTokens?: number
  readonly outputAudioTokens?: number
}

export type AnswerCitation = {
  readonly url?: string
  readonly title?: string
  /** The words of the source. */
  readonly quote?: string
}

/** A token of a text with its natural log-probability, and those that were likeliest in its place. */
export type TokenLogprob = LikelyToken & { readonly top: readonly LikelyToken[] }
export type LikelyToken = { readonly token: string; readonly logprob: number; readonly bytes?: readonly number[] }

/** A passage of an application's knowledge. */
export type AnswerSource = { readonly id: string; readonly title: string; readonly source: string }

/** What a block is, as far as it is known when it opens. */
export type BlockStart =
  | { readonly kind: 'text' }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'reasoning'; readonly id?: string; readonly sealed?: string }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string; readonly signature?: string }
  | { readonly kind: 'native'; readonly wire: Wire; readonly value: Readonly<Record<string, unknown>> }

export type AnswerEvent =
  | { readonly type: 'start'; readonly id?: string; readonly model?: string; readonly serviceTier?: string }
  /** `choice` where several answers were asked for, from 1 on for those after the first. */
  | { readonly type: 'open'; readonly block: number; readonly start: BlockStart; readonly choice?: number }
  /** More of a text, a refusal, a reasoning, or of the JSON of a tool's arguments. */
  | { readonly type: 'delta'; readonly block: number; readonly text: string }
  | { readonly type: 'signature'; readonly block: number; readonly signature: string }
  | { readonly type: 'sealed'; readonly block: number; readonly sealed: string }
  /** A source that a text names. */
  | { readonly type: 'citation'; readonly block: number; readonly citation: AnswerCitation }
  /** Of the tokens of a text, those that came since the last. */
  | { readonly type: 'logprobs'; readonly block: number; readonly tokens: readonly TokenLogprob[] }
  | { readonly type: 'close'; readonly block: number }
  /** What an application's answer rests on; no model says this. */
  | { readonly type: 'sources'; readonly sources: readonly AnswerSource[] }
  /** The provider began its answer anew: what came before counts no more. */
  | { readonly type: 'restart' }
  | { readonly type: 'usage'; readonly usage: AnswerUsage }
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly stopSequence?: string; readonly choice?: number }
  /** The provider failed inside an answer that began well. */
  | { readonly type: 'error'; readonly code: string; readonly message: string }
  /** The stream has said that nothing more comes. */
  | { readonly type: 'end' }

export type AnswerBlock =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly citations?: readonly AnswerCitation[]
      readonly logprobs?: readonly TokenLogprob[]
    }
  | { readonly kind: 'refusal'; readonly text: string }
  | ReasoningPart
  | ToolCallPart
  | {
      readonly kind: 'native'
      readonly wire: Wire
      readonly value: Readonly<Record<string, unknown>>
      /** What came in pieces after it had opened, for example the arguments of a provider's own tool. */
      readonly text: string
    }

type Finish = { readonly reason: FinishReason; readonly stopSequence?: string }

export type Answer = {
  readonly id: string | null
  readonly model: string | null
  readonly blocks: readonly AnswerBlock[]
  readonly finish: Finish | null
  /** The answers after the first, where several were asked for. */
  readonly others?: readonly { readonly blocks: readonly AnswerBlock[]; readonly finish: Finish | null }[]
  /** The provider's word for how it was served. */
  readonly serviceTier?: string
  /** Null when the provider did not say. */
  readonly usage: AnswerUsage | null
  /** Undefined where nobody looks for any. */
  readonly sources?: readonly AnswerSource[]
  readonly error: { readonly code: string; readonly message: string } | null
  /** The end was told: without it a stream was broken off. */
  readonly isWhole: boolean
}

/** All text of an answer, as a reader sees it. */
export const textOf = ({ blocks }: Pick<Answer, 'blocks'>): string =>
  blocks.map((block) => (block.kind === 'text' || block.kind === 'refusal' ? block.text : '')).join('')
