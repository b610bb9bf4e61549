/**
 * Two texts as one list of pieces: what both have, what only the first has, and what only the second has, by word.
 * The shortest script of Myers (1986); the pieces without `added` give the first text, those without `removed` the
 * second.
 */
import { z } from 'zod'

export const Piece = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })
export type Piece = z.infer<typeof Piece>

/** Beyond so many changed words the middle is told as replaced whole: nobody reads such a script word by word. */
const MOST_CHANGES = 600

export function differenceOf(before: string, after: string): Piece[] {
  const a = words(before)
  const b = words(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const pieces: Piece[] = []
  for (const word of a.slice(0, start)) add(pieces, 'same', word)
  for (const { kind, text } of shortest(a.slice(start, a.length - end), b.slice(start, b.length - end)))
    add(pieces, kind, text)
  for (const word of a.slice(a.length - end)) add(pieces, 'same', word)
  return pieces
}

/** Words with the spaces behind them apart, so that a changed line end changes no word. */
const words = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []

function shortest(a: readonly string[], b: readonly string[]): Piece[] {
  const script = trace(a, b)
  if (!script) return [...a.map(removed), ...b.map(added)]
  const pieces: Piece[] = []
  let x = a.length
  let y = b.length
  for (let d = script.length - 1; d >= 0; d--) {
    const reach = script[d] ?? new Map()
    const k = x - y
    const isDown = k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1))
    const from = isDown ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : at(reach, from)
    const fromY = d === 0 ? 0 : fromX - from
    while (x > fromX && y > fromY) {
      x--
      y--
      pieces.push({ kind: 'same', text: a[x] ?? '' })
    }
    if (d > 0) pieces.push(isDown ? added(b[--y] ?? '') : removed(a[--x] ?? ''))
  }
  return pieces.reverse()
}

/** For each number of changes how far each diagonal reached before; undefined when there are too many. */
function trace(a: readonly string[], b: readonly string[]): ReadonlyMap<number, number>[] | undefined {
  const reach = new Map<number, number>([[1, 0]])
  const script: ReadonlyMap<number, number>[] = []
  for (let d = 0; d <= Math.min(MOST_CHANGES, a.length + b.length); d++) {
    script.push(new Map(reach))
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && at(reach, k - 1) < at(reach, k + 1)) ? at(reach, k + 1) : at(reach, k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach.set(k, x)
      if (x >= a.length && x - k >= b.length) return script
    }
  }
  return undefined
}

const at = (reach: ReadonlyMap<number, number>, k: number): number => reach.get(k) ?? -1
const removed = (text: string): Piece => ({ kind: 'removed', text })
const added = (text: string): Piece => ({ kind: 'added', text })

function add(pieces: Piece[], kind: Piece['kind'], text: string): void {
  const last = pieces.at(-1)
  if (last?.kind === kind) last.text += text
  else pieces.push({ kind, text })
}
