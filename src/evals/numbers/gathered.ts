/**
 * The numbers of an experiment while it runs: of the rows that were kept before, and of each batch as it is committed. So
 * nobody reads a million rows again at its end, or to see the worst so far.
 *
 * Invariant: a row counts once, when it is kept. `isWhole` turns false where somebody else kept rows of it meanwhile;
 * then what is kept is the truth, and is read anew.
 */
import type { LooseFile } from '../../store/loose-file.ts'
import { type Cases, createCases, type Logged } from '../columns/index.ts'
import type { RowOutcome } from '../experiment.ts'
import type { ExperimentPlan } from '../experiment-plan.ts'
import { createNumberLog, type NumbersAsk } from './number-log.ts'
import { numbersIn, type RowNumbers } from './row-numbers.ts'

export type PlannedCases = {
  readonly cases: Cases
  /** The place of an example among those of the experiment, by its number; -1 where it is none of them. */
  readonly placeOf: Int32Array
  /** The number of the example at each place. */
  readonly numbers: Int32Array
}

/** In the order of the dataset, also where the run drew another one. */
export async function readCases({
  examples,
  dataset,
  suite,
}: Pick<ExperimentPlan, 'examples' | 'dataset' | 'suite'>): Promise<PlannedCases> {
  const cases = createCases(examples.length, suite.slices)
  const placeOf = new Int32Array(dataset.rows + 1).fill(-1)
  const numbers = new Int32Array(examples.length)
  let place = 0
  for await (const piece of examples.pieces())
    for (const { example, number } of piece) {
      cases.add(example)
      numbers[place] = number
      placeOf[number] = place++
    }
  return { cases: cases.end(), placeOf, numbers }
}

export type Gathered = PlannedCases &
  Pick<NumbersAsk, 'measures'> &
  AsyncDisposable & {
    /** A row that was kept before. */
    add(row: RowNumbers): Promise<void>
    /** A batch that was committed now; `added` of its rows were new to the database. */
    addKept(rows: readonly RowOutcome[], added: number): Promise<void>
    isWhole(): boolean
    /** As they stand; more rows may come. */
    logged(): Logged
  }

/** @param open a file for them, closed when they are disposed of */
export function createGathered(
  planned: PlannedCases,
  ask: Omit<NumbersAsk, 'examples'>,
  open: () => Promise<LooseFile>,
): Gathered {
  const log = createNumberLog({ ...ask, examples: planned.cases.count }, open)
  const keys = ask.measures.map(({ key }) => key)
  let isWhole = true
  const add = (row: RowNumbers) => log.add(planned.placeOf[row.exampleNumber] ?? -1, row)
  return {
    ...planned,
    measures: ask.measures,
    add,
    async addKept(rows, added) {
      isWhole &&= added === rows.length
      for (const row of rows) await add(numbersIn(row, keys))
    },
    isWhole: () => isWhole,
    logged: log.logged,
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  }
}
