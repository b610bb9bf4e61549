/**
 * One score over all arms as columns, however many examples there are: those of few are in memory, those of many lie in a
 * file without a name, and some thousand of them are at hand at a time.
 */
import { longValues, type Values } from '../../kernel/statistics/index.ts'
import type { ArmName } from '../variant.ts'
import type { HeldColumn, ScoreColumn } from './columns.ts'
import { EXAMPLES_AT_ONCE, type Logged, scoreWindows } from './logged.ts'
import { readWhole, writeWhole } from './positioned.ts'

/** Where columns lie that are not held; what was there before is written over. */
export type Scratch = {
  readonly descriptor: number
  /** Columns of so many examples are held; fewer in tests alone. */
  readonly examplesAtOnce?: number
}

/** By arm, one measure by its place. They are read while nothing else is put into the same scratch. */
export function readScores(logged: Logged, at: number, scratch: Scratch): ReadonlyMap<ArmName, ScoreColumn> {
  const { examplesAtOnce = EXAMPLES_AT_ONCE } = scratch
  const places = logged.arms.map((_, arm) => placesOf(logged, arm))
  const isBinary = logged.arms.map(() => true)
  for (const { from, columns } of scoreWindows(logged, at, examplesAtOnce)) {
    if (logged.examples <= examplesAtOnce) return columns
    for (const [arm, column] of [...columns.values()].entries()) {
      isBinary[arm] &&= column.isBinary
      const place = places[arm]
      if (place) keep(scratch.descriptor, column, { from, place })
    }
  }
  return new Map(
    logged.arms.map(({ arm }, index) => [
      arm,
      { ...columnAt(logged, scratch.descriptor, index), isBinary: isBinary[index] ?? true },
    ]),
  )
}

/** What columns take of a scratch: behind it is room for others. */
export const columnBytes = (logged: Pick<Logged, 'arms' | 'examples'>): number =>
  logged.arms.length * logged.examples * EXAMPLE_BYTES

const SCORE_BYTES = 8
const COUNT_BYTES = 2
const EXAMPLE_BYTES = SCORE_BYTES + 2 * COUNT_BYTES + 1

/** Where the columns of an arm begin. */
type ColumnPlaces = {
  readonly scores: number
  readonly counts: number
  readonly right: number
  readonly errors: number
}

function placesOf({ examples }: Pick<Logged, 'examples'>, arm: number): ColumnPlaces {
  const scores = arm * examples * EXAMPLE_BYTES
  const counts = scores + examples * SCORE_BYTES
  const right = counts + examples * COUNT_BYTES
  return { scores, counts, right, errors: right + examples * COUNT_BYTES }
}

function keep(
  descriptor: number,
  { scores, errors, tries }: HeldColumn,
  { from, place }: { from: number; place: ColumnPlaces },
): void {
  writeWhole(descriptor, scores, place.scores + from * SCORE_BYTES)
  writeWhole(descriptor, errors, place.errors + from)
  if (!tries) return
  writeWhole(descriptor, tries.counts, place.counts + from * COUNT_BYTES)
  writeWhole(descriptor, tries.right, place.right + from * COUNT_BYTES)
}

function columnAt({ examples, repeats }: Logged, descriptor: number, arm: number): Omit<ScoreColumn, 'isBinary'> {
  const { scores, errors, counts, right } = placesOf({ examples }, arm)
  const column = (start: number, Wholes: typeof Uint8Array | typeof Uint16Array) =>
    longValues(examples, (piece, from) => {
      const wholes = new Wholes(piece.length)
      readWhole(descriptor, wholes, start + from * Wholes.BYTES_PER_ELEMENT)
      piece.set(wholes)
    })
  return {
    scores: doublesAt(descriptor, { start: scores, length: examples }),
    errors: column(errors, Uint8Array),
    tries: repeats > 1 ? { counts: column(counts, Uint16Array), right: column(right, Uint16Array) } : undefined,
  }
}

export const doublesAt = (descriptor: number, { start, length }: { start: number; length: number }): Values =>
  longValues(length, (piece, from) => readWhole(descriptor, piece, start + from * SCORE_BYTES))
