/**
 * What a slice that keeps personal data offers, so that a copy can be given and all of it be deleted. The slice alone
 * knows its tables; `privacy` asks each place in turn and knows none of them.
 */
import type { DataSubject, Sought } from '../core/data-subject.ts'
import type { Tx } from './database.ts'

/** remove: it goes · replace: a tombstone stands in its place · keep: it stays, and `why` says why. */
export type Fate = 'remove' | 'replace' | 'keep'

export type Holding = {
  readonly fate: Fate
  /** For what is kept: a sentence for the person and for the receipt, without personal data. */
  readonly why?: string
  readonly application: string | null
  /** As the person gets it: JSON. */
  readonly content: unknown
}

/** Counts what went, in the transaction in which it goes, so that a crash loses no count and counts nothing twice. */
export type Count = (tx: Tx, fate: Fate, count: number) => Promise<void>

export type PersonalPlace = {
  /** `traces`, `feedback`, … as receipts name it. */
  readonly name: string
  find(sought: Sought): AsyncIterable<Holding>
  /** Does what `find` says; done again, it does what is left. Absent where all is kept. */
  remove?(sought: Sought, count: Count): Promise<void>
}

/** A frozen content as it lies on disk: all of it, or a piece at a time. */
export type FrozenContent = {
  head(bytes: number): Promise<Buffer>
  whole(): Promise<Buffer>
  pieces(): AsyncIterable<Buffer>
}

/** What of a content is about a person, and the content without it, both as they are asked for. */
export type FrozenChange = {
  readonly count: number
  found(): AsyncIterable<unknown> | Iterable<unknown>
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** Takes a person out of contents of one kind; undefined for other kinds, and when the person is not in it. */
export type Rewrite = (
  content: FrozenContent,
  isTheirs: (value: unknown) => boolean,
) => Promise<FrozenChange | undefined>

/**
 * Patterns for `ilike any(…)`, as JSON text: plain, and as they look inside JSON. They find candidates; whether a
 * candidate names the person, `mentions` decides.
 */
export const likePatterns = ({ user, identifiers }: DataSubject): string => {
  const texts = [...identifiers, ...(user === null ? [] : [user])]
  const forms = texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
  return JSON.stringify([...new Set(forms)].map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`))
}
