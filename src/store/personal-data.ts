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

/**
 * Patterns for `ilike any(…)`, as JSON text: plain, and as they look inside JSON. They find candidates; whether a
 * candidate names the person, `mentions` decides.
 */
export const likePatterns = ({ user, identifiers }: DataSubject): string => {
  const texts = [...identifiers, ...(user === null ? [] : [user])]
  const forms = texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
  return JSON.stringify([...new Set(forms)].map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`))
}
