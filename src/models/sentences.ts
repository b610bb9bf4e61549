/** Sentences and words of plain text, by rules that know no language. */

/** An end mark, perhaps closed by quotes, then space and something that can begin a sentence; or a line's end. */
const BOUNDARY = /(?<=[.!?]["'”’)\]]*)\s+(?=["'“‘([`]*[\p{Lu}\p{N}])|\s*\n+\s*/u

/** Lower-cased runs of letters and digits. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** The sentences of a passage in order; a first line that only repeats its title is not one. */
export function sentencesOf({ title, text }: { title: string; text: string }): string[] {
  const trimmed = text.trim()
  const [firstLine = '', ...rest] = trimmed.split('\n')
  const isHeading = rest.length > 0 && title !== '' && firstLine.trim().toLowerCase() === title.trim().toLowerCase()
  return (isHeading ? rest.join('\n') : trimmed)
    .split(BOUNDARY)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => wordsOf(sentence).length > 0)
}
