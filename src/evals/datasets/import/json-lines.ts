/** JSON lines, or one JSON list, as rows. Any object of a line or list is a row; what it means is for the format to say. */
import { normaliseText } from '../../../kernel/digest.ts'
import { textBlocks } from '../../../kernel/text-blocks.ts'
import { isJsonList, jsonElements } from './json-list.ts'
import type { ReadRow } from './read-row.ts'

const ONE_A_LINE = 'Write one JSON object a line.'

/** Of lines that are in memory. */
export const readJsonRows = (text: string): Generator<ReadRow> => readJsonLines(normaliseText(text), 0)

/**
 * Of a text that begins like a list and comes in pieces, from its beginning each time it is asked for. A text that is no
 * list is tried line by line, and each bad line is named.
 */
export async function* readJsonList(pieces: () => AsyncIterable<string>): AsyncGenerator<ReadRow> {
  if (!(await isJsonList(pieces()))) {
    yield* readJsonPieces(pieces())
    return
  }
  let line = 0
  for await (const text of jsonElements(pieces())) yield readElement(text.trim(), ++line)
}

/** Of lines that come in pieces. */
export async function* readJsonPieces(pieces: AsyncIterable<string>): AsyncGenerator<ReadRow> {
  for await (const { text, lines } of textBlocks(pieces, (text) => text.lastIndexOf('\n') + 1))
    yield* readJsonLines(text, lines)
}

/** @param before the lines before these */
function* readJsonLines(whole: string, before: number): Generator<ReadRow> {
  let line = before
  for (let start = 0; start <= whole.length; ) {
    const end = whole.indexOf('\n', start)
    const text = whole.slice(start, end === -1 ? whole.length : end)
    line += 1
    start = end === -1 ? whole.length + 1 : end + 1
    if (text.trim() !== '') yield readLine(text, line)
  }
}

function readLine(text: string, line: number): ReadRow {
  try {
    return rowOf(JSON.parse(text), { line, text })
  } catch (thrown) {
    return noJson(thrown, { line, text })
  }
}

/** An element may have been written over several lines; what is kept of it is one. */
function readElement(text: string, line: number): ReadRow {
  try {
    const value: unknown = JSON.parse(text)
    return rowOf(value, { line, text: JSON.stringify(value) })
  } catch (thrown) {
    return noJson(thrown, { line, text })
  }
}

function noJson(thrown: unknown, at: { line: number; text: string }): ReadRow {
  const message = `this is not JSON: ${(thrown as Error).message.slice(0, 200)}`
  return { ...at, value: undefined, problem: { field: 'row', message, remedy: ONE_A_LINE } }
}

function rowOf(value: unknown, at: { line: number; text: string }): ReadRow {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...at, value }
  return { ...at, value, problem: { field: 'row', message: 'this is no JSON object', remedy: ONE_A_LINE } }
}
