/**
 * Whoever produces an answer. An object with methods: measured here, functions kept in fields of the exchange made
 * every request outlive the young generation, and collecting them cost 50 microseconds each.
 */
export type Producer = {
  /** Completes the facts of an answer that did not come to its end (tokens seen so far, what they cost). */
  completeFacts?(): void
  /** Counts the tokens that the provider did not, in the place of bytes by four; rejects when it cannot. */
  countFacts?(): Promise<void>
  /** The client is gone, or the deadline has passed. */
  cancel?(): void
  /** Goes on without the client and calls `drained` at the end. */
  readonly drains?: boolean
}
