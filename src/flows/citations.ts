/** Markers such as `[2]` or `[1, 3]` in an answer, resolved to the passages that they stand for. */

/** Not after a letter or digit: `list[0]` is code, not a source. */
const MARKER = /(?<![\p{L}\p{N}_])\[(\d{1,4}(?:\s*,\s*\d{1,4})*)\]/gu

export type Citations = {
  /** Ids in the order of their first mention. */
  readonly citations: string[]
  /** Markers that point to no passage, each once. */
  readonly invalidCitations: string[]
}

export function citationsOf(
  answer: string,
  passages: readonly { readonly n: number; readonly id: string }[],
): Citations {
  const cited = new Set<string>()
  const invalid = new Set<string>()
  for (const [, numbers = ''] of answer.matchAll(MARKER))
    for (const text of numbers.split(',')) {
      const passage = passages.find(({ n }) => n === Number(text))
      if (passage) cited.add(passage.id)
      else invalid.add(`[${text.trim()}]`)
    }
  return { citations: [...cited], invalidCitations: [...invalid] }
}
