/**
 * A list in JSON that comes in pieces, one element at a time: what is held is the element that is being read.
 *
 * Whether a file is such a list is seen before its first row is given, by its brackets and quotes alone; what stands
 * between two commas is then read by itself, so that one element that is no JSON is a row with a problem.
 */
import { Failure } from '../../../kernel/failure.ts'

/** Elements are shorter; what has no end until here is no row. */
const MOST_CHARACTERS = 16 * 1024 * 1024

/** Texts of the elements. What comes behind the list is for `isJsonList` to see. */
export async function* jsonElements(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const scanner = createScanner()
  for await (const piece of pieces) yield* scanner.add(piece)
}

/** Whether it is one list from its first sign to its last. Throws `text.row-endless` for an element without an end. */
export async function isJsonList(pieces: AsyncIterable<string>): Promise<boolean> {
  const scanner = createScanner()
  for await (const piece of pieces) {
    for (const _ of scanner.add(piece));
    if (scanner.state() === 'other') return false
  }
  return scanner.state() === 'closed'
}

/** The first element of a list of which this is the beginning; undefined while it has no end. */
export function firstElement(beginning: string): string | undefined {
  for (const text of createScanner().add(beginning)) return text
  return undefined
}

/** open: in the list · closed: behind it · other: this is no list, or more than one. */
type State = 'before' | 'open' | 'closed' | 'other'

function createScanner() {
  let state: State = 'before'
  let [depth, isText, isEscaped] = [0, false, false]
  let begun = ''
  let count = 0

  function* add(piece: string): Generator<string> {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (isText) {
        if (isEscaped) isEscaped = false
        else if (code === BACKSLASH) isEscaped = true
        else if (code === QUOTE) isText = false
      } else if (state !== 'open') {
        if (isSpace(code)) continue
        state = state === 'before' && code === OPEN_LIST ? 'open' : 'other'
        if (state === 'other') return
        from = at + 1
      } else if (code === QUOTE) isText = true
      else if (code === OPEN_LIST || code === OPEN_OBJECT) depth += 1
      else if (depth > 0) depth -= Number(code === CLOSE_LIST || code === CLOSE_OBJECT)
      else if (code === COMMA || code === CLOSE_LIST) {
        const text = begun + piece.slice(from, at)
        begun = ''
        from = at + 1
        if (code === CLOSE_LIST) state = 'closed'
        // An empty list has no element, and a comma has one on each side.
        const isNone = code === CLOSE_LIST && count === 0 && text.trim() === ''
        if (isNone) continue
        count += 1
        yield text
      }
    }
    if (state !== 'open') return
    begun += piece.slice(from)
    if (begun.length > MOST_CHARACTERS) throw endless(count + 1)
  }
  return { add, state: () => state }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** As JSON has it, and the mark of an encoding. */
const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff

const endless = (number: number) =>
  new Failure(
    'invalid',
    'text.row-endless',
    `Element ${number} of the list has no end within ${MOST_CHARACTERS} characters. Close each quote and bracket, or write one JSON object a line.`,
  )
