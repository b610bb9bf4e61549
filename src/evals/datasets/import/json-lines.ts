/** JSON lines, or one JSON list, as rows. Any object of a line is a row; what it means is for the format to say. */
import { normaliseText } from '../../../kernel/digest.ts'
import { textBlocks } from '../../../kernel/text-blocks.ts'
import type { ReadRow } from './read-row.ts'

const ONE_A_LINE = 'Write one JSON object a line.'

export function* readJsonRows(text: string): Generator<ReadRow> {
  const whole = normaliseText(text)
  if (/^\s*\[/.test(whole)) {
    const list = listOf(whole)
    if (list) {
      for (const [at, value] of list.entries()) yield rowOf(value, { line: at + 1, text: JSON.stringify(value) })
      return
    }
  }
  yield* readJsonLines(whole, 0)
}

/** Of a text that comes in pieces, and is no list. */
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
    const message = `this is not JSON: ${(thrown as Error).message.slice(0, 200)}`
    return { line, text, value: undefined, problem: { field: 'row', message, remedy: ONE_A_LINE } }
  }
}

function rowOf(value: unknown, at: { line: number; text: string }): ReadRow {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...at, value }
  return { ...at, value, problem: { field: 'row', message: 'this is no JSON object', remedy: ONE_A_LINE } }
}

/** Undefined when it is no JSON: then each line is tried alone, and each bad one is named. */
function listOf(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
