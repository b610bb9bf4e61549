/**
 * The numbers of an experiment while it runs: of the rows that were kept before, and of each batch as it is committed. So
 * nobody reads a million rows again at its end, or to see the worst so far.
 *
 * Invariant: a row counts once, when it is kept. `isWhole` turns false where somebody else kept rows of it meanwhile;
 * then what is kept is the truth, and is read anew.
 */
import type { LooseFile } from '../../store/loose-file.ts'
import { allPlaces, type Cases, createCases, type Logged, type Places, somePlaces } from '../columns/index.ts'
import type { RowOutcome } from '../experiment.ts'
import type { ExperimentPlan } from '../experiment-plan.ts'
import { createNumberLog, type NumbersAsk } from './number-log.ts'
import { numbersIn, type RowNumbers } from './row-numbers.ts'

export type PlannedCases = AsyncDisposable & { readonly cases: Cases; readonly places: Places }

/** In the order of the dataset, also where the run drew another one. */
export async function readCases(
  { examples, suite }: Pick<ExperimentPlan, 'examples' | 'suite'>,
  open: () => Promise<LooseFile>,
): Promise<PlannedCases> {
  const cases = createCases({ count: examples.length, cutBy: suite.slices }, open)
  const numbers = new Int32Array(examples.isAll ? 0 : examples.length)
  let place = 0
  try {
    for await (const piece of examples.pieces())
      for (const { example, number } of piece) {
        await cases.add(example)
        numbers[place++] = number
      }
  } catch (thrown) {
    await cases[Symbol.asyncDispose]()
    throw thrown
  }
  return {
    cases: cases.end(),
    places: examples.isAll ? allPlaces(examples.length) : somePlaces(numbers),
    [Symbol.asyncDispose]: () => cases[Symbol.asyncDispose](),
  }
}

export type Gathered = PlannedCases &
  Pick<NumbersAsk, 'measures'> & {
    /** A row that was kept before. */
    add(row: RowNumbers): Promise<void>
    /** A batch that was committed now; `added` of its rows were new to the database. */
    addKept(rows: readonly RowOutcome[], added: number): Promise<void>
    isWhole(): boolean
    /** As they stand; more rows may come. */
    logged(): Logged
  }

/** @param open a file for them, closed when they are disposed of, with what was planned */
export function createGathered(
  planned: PlannedCases,
  ask: Omit<NumbersAsk, 'examples'>,
  open: () => Promise<LooseFile>,
): Gathered {
  const log = createNumberLog({ ...ask, examples: planned.cases.count }, open)
  const keys = ask.measures.map(({ key }) => key)
  let isWhole = true
  const add = (row: RowNumbers) => log.add(planned.places.placeOf(row.exampleNumber), row)
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
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]()
      await planned[Symbol.asyncDispose]()
    },
  }
}
