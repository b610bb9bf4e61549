/** What a family of models offers to the catalogue: one file of `providers/` each. Money is added above it. */
import type { Usage } from '../core/usage.ts'
import type { CompletionRequest, FinishReason, SaidPart, ToolCall } from './completion.ts'

/** A request with the model's name inside its provider: `gpt-4o` of `openai/gpt-4o`. */
export type Asked = CompletionRequest & { readonly rest: string }

export type Answered = {
  readonly text: string
  readonly finishReason: FinishReason
  /** What the model wants to be called, with all that it said; absent where that is nothing. */
  readonly calls?: readonly ToolCall[]
  readonly said?: readonly SaidPart[]
  readonly usage: Usage
  readonly servedBy: string
  readonly responseModel: string | null
  /** What the provider calls the state of its servers; absent where it says nothing. */
  readonly fingerprint?: string
  readonly citations: readonly string[]
  /** The `provider/model` whose price applies: for a recording the recorded model, else the one that answered. */
  readonly pricedAs: string
}

export type AnswerDelta =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly answered: Answered }

export type ModelProvider = {
  complete(asked: Asked): Promise<Answered>
  /** Text as it comes, then one `end`. Stops at once when the signal is aborted. */
  stream(asked: Asked): AsyncIterable<AnswerDelta>
}

/** Streams an answer that is there already, word by word. */
export async function* inPieces(answered: Answered, signal: AbortSignal): AsyncGenerator<AnswerDelta> {
  for (const text of answered.text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
    signal.throwIfAborted()
    yield { kind: 'text', text }
  }
  yield { kind: 'end', answered }
}
