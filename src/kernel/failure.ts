/**
 * The one way in which a request can be refused or go wrong.
 *
 * `kind` is for machines that decide (it maps to one HTTP status in `wire`), `code` is stable and
 * names the slice and what happened, and the message tells a person what to do next. Answers that a
 * caller must expect (a held gate, a budget that is too small) are values, never failures.
 */
export const FAILURE_KINDS = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'unknown',
  'conflict',
  /** What the caller builds on is no longer what is there: read it again. */
  'outdated',
  'too-large',
  'limited',
  /** Something that this needs is not set up here, such as a provider's key: trying again cannot help. */
  'unmet',
  'unavailable',
] as const
export type FailureKind = (typeof FAILURE_KINDS)[number]

/** One thing that is wrong with an input: where, what was found, and how to mend it. */
export type Problem = {
  /** Path of the field, for example `models.answer.parameters.temperature`. */
  readonly field: string
  readonly message: string
  /** What to do about it, as a sentence. */
  readonly remedy?: string
  readonly file?: string
  /** 1-based. */
  readonly line?: number
}

/** Kind, stable code `slice.what-happened`, and a sentence that says what to do. */
export class Failure extends Error {
  readonly kind: FailureKind
  readonly code: string
  readonly problems: readonly Problem[]
  /** Facts that a program may read, for example `{ retryAfterMs: 1200 }`; never secrets. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    kind: FailureKind,
    code: string,
    message: string,
    more: { problems?: readonly Problem[]; facts?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'Failure'
    this.kind = kind
    this.code = code
    this.problems = more.problems ?? []
    this.facts = more.facts ?? {}
  }
}

/** The sentence of anything that was thrown, for logs and progress lines. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
