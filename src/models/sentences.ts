/** Sentences and words of plain text, by rules that know no language. */

const SPACE = /\s+/g
const CLOSING = '"\'”’)]'
const END_MARKS = '.!?'
/** Quotes and brackets, then what can begin a sentence. */
const BEGINNING = /["'“‘([`]*[\p{Lu}\p{N}]/uy

/** Lower-cased runs of letters and digits. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** The sentences of a passage in order; a first line that only repeats its title is not one. */
export function sentencesOf({ title, text }: { title: string; text: string }): string[] {
  const trimmed = text.trim()
  const [firstLine = '', ...rest] = trimmed.split('\n')
  const isHeading = rest.length > 0 && title !== '' && firstLine.trim().toLowerCase() === title.trim().toLowerCase()
  return splitAtEnds(isHeading ? rest.join('\n') : trimmed)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => wordsOf(sentence).length > 0)
}

/**
 * Cuts where space follows an end mark, perhaps closed by quotes, and something that can begin a sentence comes next;
 * and at each line's end. Walks from space to space: one expression for all of it takes minutes on a page of spaces.
 */
function splitAtEnds(text: string): string[] {
  const pieces: string[] = []
  let from = 0
  for (const { 0: space, index } of text.matchAll(SPACE)) {
    const next = index + space.length
    if (!space.includes('\n') && !(endsAt(text, index) && beginsAt(text, next))) continue
    pieces.push(text.slice(from, index))
    from = next
  }
  return [...pieces, text.slice(from)]
}

function endsAt(text: string, at: number): boolean {
  let before = at - 1
  while (before >= 0 && CLOSING.includes(text.charAt(before))) before--
  return before >= 0 && END_MARKS.includes(text.charAt(before))
}

function beginsAt(text: string, at: number): boolean {
  BEGINNING.lastIndex = at
  return BEGINNING.test(text)
}
