/** What a provider's batch interface does, whoever's it is: many requests go in at once, and come back when they do. */
import type { UpstreamAsk } from '../upstream.ts'

/** One request of a batch, in the provider's own words. */
export type BatchLine = { readonly id: string; readonly body: unknown }

/** What came back for one: the answer as text in the provider's words, or why there is none. */
export type BatchAnswer =
  | { readonly id: string; readonly kind: 'answered'; readonly text: string }
  | { readonly id: string; readonly kind: 'failed'; readonly reason: string }

export type BatchState =
  | { readonly kind: 'running'; readonly done: number }
  /** `files` or whatever else the answers are read by. */
  | { readonly kind: 'ended'; readonly read: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string }

/** Asks an address below the provider's own; JSON unless it is told otherwise. Throws for an answer that is an error. */
export type AskProvider = (
  ask: Pick<UpstreamAsk, 'method' | 'body'> & { readonly path: string; readonly contentType?: string },
) => Promise<string>

/** A batch that is looked for among those that the provider has: by the tag that it was sent with. */
export type SoughtBatch = {
  readonly tag: string
  readonly requests: number
  readonly sinceMs: number
  /** Ids of others of ours, which it is not. */
  readonly not: readonly string[]
}

export type BatchApi = {
  /** What the provider takes in one batch. */
  readonly most: { readonly requests: number; readonly bytes: number }
  /** The id of the batch, which the provider keeps. */
  send(lines: readonly BatchLine[], tag: string, ask: AskProvider): Promise<string>
  /** The batch that was sent with this tag; undefined when the provider has none. */
  find(sought: SoughtBatch, ask: AskProvider): Promise<string | undefined>
  /** What was not begun is not done any more; what was done can be read when it has ended. */
  cancel(id: string, ask: AskProvider): Promise<void>
  look(id: string, ask: AskProvider): Promise<BatchState>
  /** Answers in any order, from an address that `look` named. */
  read(path: string, ask: AskProvider): Promise<BatchAnswer[]>
}

/** Each line of a text that holds something, as JSON. */
export const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown)
