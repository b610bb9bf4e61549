/** A passage: the piece of a document that is found, shown and cited. */
import { z } from 'zod'

export const Passage = z.object({
  /** Stable: the path and the trail of headings, or the id that the document gave. */
  id: z.string().min(1),
  /** The headings above it, `Delivery › Abroad`; empty where the document has none to give. */
  title: z.string(),
  text: z.string().min(1),
  /** The document that it came from, as a path inside `knowledge/`. */
  source: z.string(),
})
export type Passage = z.infer<typeof Passage>

/** A passage that a search found; larger scores are better and mean nothing across indexes. */
export const FoundPassage = Passage.extend({ score: z.number() })
export type FoundPassage = z.infer<typeof FoundPassage>

/** What is searched: the title counts like the text. */
export const searchedText = ({ title, text }: Pick<Passage, 'title' | 'text'>): string => `${title} ${text}`
