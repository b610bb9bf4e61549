/** What each document of an index gave: its format, who read it, and the passages that it became. Pure. */
import { z } from 'zod'
import type { IndexPart } from '../core/manifest.ts'
import { EXTRACTED_ENDINGS } from './extract/extraction.ts'
import { endingOf } from './ingest/document-bytes.ts'
import type { Passage } from './passage.ts'
import { pause } from './pause.ts'

export const DocumentProfile = z.object({
  /** Path inside `knowledge/`. */
  source: z.string(),
  /** By its ending: `md`, `pdf`, …; empty where it has none. */
  format: z.string(),
  isPacked: z.boolean(),
  /** The library that read it, with its version; null where none was needed. */
  reader: z.string().nullable(),
  passages: z.number().int(),
  words: z.number().int(),
  /** Words of the shortest and of the longest passage. */
  shortest: z.number().int(),
  longest: z.number().int(),
  /** Passages without a heading above them. */
  untitled: z.number().int(),
})
export type DocumentProfile = z.infer<typeof DocumentProfile>

const PASSAGES_AT_ONCE = 2000

/** In the order of their paths. */
export async function documentProfiles(
  passages: Iterable<Passage>,
  { extractors = {} }: Pick<IndexPart, 'extractors'>,
): Promise<DocumentProfile[]> {
  const profiles = new Map<string, DocumentProfile>()
  let seen = 0
  for (const { source, title, text } of passages) {
    seen += 1
    if (seen % PASSAGES_AT_ONCE === 0) await pause()
    const words = text.split(/\s+/).filter((word) => word !== '').length
    const found = profiles.get(source) ?? emptyProfile(source, extractors)
    profiles.set(source, {
      ...found,
      passages: found.passages + 1,
      words: found.words + words,
      shortest: found.passages === 0 ? words : Math.min(found.shortest, words),
      longest: Math.max(found.longest, words),
      untitled: found.untitled + (title === '' ? 1 : 0),
    })
  }
  return [...profiles.values()].sort((one, other) => (one.source < other.source ? -1 : 1))
}

function emptyProfile(source: string, extractors: Readonly<Record<string, string>>): DocumentProfile {
  const { ending, isPacked } = endingOf(source)
  const read = EXTRACTED_ENDINGS.get(ending)
  return {
    ...{ source, format: ending, isPacked, reader: (read && extractors[read]) ?? null },
    ...{ passages: 0, words: 0, shortest: 0, longest: 0, untitled: 0 },
  }
}
