/** Text of others on a line of ours: no line ends, no commands to a terminal, no reversed writing, and not without end. */

const MOST_CHARACTERS = 2_000
/** Control characters of both sets, line and paragraph separators, and what turns the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** What would not be seen becomes its code, `\u000a`; a longer text is cut. */
export function oneLine(text: string): string {
  const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
  return cut
    .toWellFormed()
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
