/** A long XML text that comes in pieces, cut behind whole elements of one name, so that a reader of texts reads any length. */
import { Failure } from '../../../kernel/failure.ts'

/** Rows are shorter; what has no end until here is no row of a sheet. */
const MOST_CHARACTERS = 16 * 1024 * 1024

/** `</prefix:sheetData>` */
const LONGEST_END = 60

/**
 * @param parent what is around the elements; nothing behind its end is read
 *
 * Throws `datasets.spreadsheet-broken` for an element without an end.
 */
export async function* xmlBlocks(
  pieces: AsyncIterable<string>,
  { element, parent }: { element: string; parent: string },
): AsyncGenerator<string> {
  let begun = ''
  // An end may be cut in two; what was looked through before is not looked through again.
  let edge = ''
  for await (const piece of pieces) {
    const looked = edge + piece
    const end = endOf(looked, element) - edge.length
    if (end > 0) {
      yield begun + piece.slice(0, end)
      begun = piece.slice(end)
    } else begun += piece
    if (endOf(looked, parent) > 0) return
    edge = (end > 0 ? begun : looked).slice(-LONGEST_END)
    if (begun.length > MOST_CHARACTERS) throw endless(element)
  }
  yield begun
}

/** Behind the last end of such an element, whatever its prefix; 0 where none ends. */
function endOf(text: string, element: string): number {
  const name = `${element}>`
  for (let at = text.lastIndexOf(name); at > 0; at = text.lastIndexOf(name, at - 1))
    if (/<\/(?:\w{1,30}:)?$/.test(text.slice(Math.max(0, at - 40), at))) return at + name.length
  return 0
}

const endless = (element: string) =>
  new Failure(
    'invalid',
    'datasets.spreadsheet-broken',
    `The spreadsheet cannot be read: a <${element}> has no end within ${MOST_CHARACTERS} characters. Save it again as .xlsx, or as CSV.`,
  )
