/**
 * Arguments of a call that come in pieces, each for one place of the object: `$.items[0].name` and a value, or more of
 * a text. They are JSON only when all are there.
 */
import { isRecord, type Json } from '../field-reader.ts'

type Tree = Record<string | number, unknown>

export function createPartialArguments(): { push(pieces: unknown): void; text(): string } {
  const root: Tree = {}
  return {
    push(pieces) {
      for (const piece of Array.isArray(pieces) ? pieces.filter(isRecord) : []) put(root, piece)
    },
    text: () => JSON.stringify(root),
  }
}

function put(root: Tree, piece: Json): void {
  const steps = stepsOf(String(piece.jsonPath ?? ''))
  const last = steps.pop()
  if (last === undefined) return
  let at = root
  for (const [place, step] of steps.entries()) {
    const next = steps[place + 1] ?? last
    const known = Object.hasOwn(at, step) ? at[step] : undefined
    const inner = typeof known === 'object' && known !== null ? known : typeof next === 'number' ? [] : {}
    set(at, step, inner)
    at = inner as Tree
  }
  const known = Object.hasOwn(at, last) ? at[last] : undefined
  set(at, last, typeof piece.stringValue === 'string' ? `${textBefore(known)}${piece.stringValue}` : plainValue(piece))
}

const textBefore = (known: unknown): string => (typeof known === 'string' ? known : '')

const plainValue = (piece: Json): unknown => piece.numberValue ?? piece.boolValue ?? null

/** The model chooses the names: `__proto__` is one like any other. */
const set = (at: Tree, step: string | number, value: unknown): void => {
  Object.defineProperty(at, step, { value, enumerable: true, configurable: true, writable: true })
}

/** No list is longer than this: a place far out would fill the memory with nothing. */
const MOST_PLACES = 100_000

/** `$.a[0]['b c']` → `a`, 0, `b c`. */
function stepsOf(path: string): (string | number)[] {
  const steps: (string | number)[] = []
  for (const [, name, place, quoted, double] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g)) {
    if (place === undefined) steps.push(name ?? quoted ?? double ?? '')
    else if (Number(place) < MOST_PLACES) steps.push(Number(place))
  }
  return steps
}
