/** A long text that comes in pieces, cut into blocks of whole rows, so that a reader of texts reads one of any length. */
import { Failure } from './failure.ts'

export type TextBlock = {
  readonly text: string
  /** The lines before it. */
  readonly lines: number
}

/** Rows are shorter; what has no end until here is no row of a table. */
const MOST_CHARACTERS = 16 * 1024 * 1024

/**
 * Line ends become `\n` where they are `\r\n` or `\r`. The last block has what is left, whole row or not.
 *
 * @param endOfRows where the last whole row of a text ends, which begins at a row; 0 when none ends in it
 *
 * Throws `text.row-endless` with the line on which a row begins that has no end within 16 million characters.
 */
export async function* textBlocks(
  pieces: AsyncIterable<string>,
  endOfRows: (text: string) => number,
): AsyncGenerator<TextBlock> {
  let begun = ''
  let lines = 0
  let held = ''
  for await (const piece of pieces) {
    const given = held + piece
    // Its other half may come with the next piece.
    held = given.endsWith('\r') ? '\r' : ''
    begun += withNewlines(held ? given.slice(0, -1) : given)
    const end = endOfRows(begun)
    if (end > 0) {
      const text = begun.slice(0, end)
      yield { text, lines }
      lines += countNewlines(text)
      begun = begun.slice(end)
    } else if (begun.length > MOST_CHARACTERS) throw endless(lines + 1)
  }
  begun += withNewlines(held)
  if (begun !== '') yield { text: begun, lines }
}

const withNewlines = (text: string): string => text.replace(/\r\n?/g, '\n')

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

const endless = (line: number) =>
  new Failure(
    'invalid',
    'text.row-endless',
    `The row that begins on line ${line} has no end within ${MOST_CHARACTERS} characters. Write one row a line, and close each quote.`,
  )
