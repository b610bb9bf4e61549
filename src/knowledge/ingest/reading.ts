/** What a reader makes of one document: passages with their lines, or what is wrong with it. */
import type { Problem } from '../../kernel/failure.ts'
import type { Passage } from '../passage.ts'

export type IngestSettings = {
  /** Longest passage in words, for documents that are not split into passages already. */
  readonly passageWords: number
  /** Which model the vectors of passages have to be of; null where they may have none, undefined where nobody asks. */
  readonly embedding?: string | null | undefined
}

/** A passage with the line where it began, so that a duplicate id can be told with both places. */
export type LocatedPassage = { readonly passage: Passage; readonly line: number }
export type Reading = { readonly passages: readonly LocatedPassage[]; readonly problems: readonly Problem[] }
export type Reader = (document: { text: string; source: string; settings: IngestSettings }) => Promise<Reading>
