/**
 * One page of rows with the differences of the arms on their examples.
 *
 * Invariant: what a page takes grows with the page and not with the experiment. Differences are counted for the
 * examples of the page alone; where the worst come first, they are counted once and kept, when the experiment has ended.
 */
import type { Database } from '../../store/database.ts'
import type { Experiment, RowOutcome } from '../experiment.ts'
import type { Place, RowOrder } from './cursor.ts'
import {
  type DifferenceAsk,
  differencesOfExamples,
  type Ranked,
  type RowFilter,
  rowsAfter,
  rowsOfExamples,
  worstKept,
  worstSoFar,
} from './store.ts'

export type PageAsk = RowFilter & {
  readonly order: RowOrder
  readonly difference: DifferenceAsk
  readonly after: Place | undefined
  readonly limit: number
}
export type PagedRow = RowOutcome & { readonly difference: number | null; readonly rank: number }

export const pageOf = (db: Database, experiment: Experiment, { order, ...ask }: PageAsk): Promise<PagedRow[]> =>
  // The rows of one example have one difference, so that both orders are the same.
  order === 'dataset' || ask.example !== undefined ? inDataset(db, experiment, ask) : worstFirst(db, experiment, ask)

type OrderedAsk = Omit<PageAsk, 'order'>

async function inDataset(db: Database, { id }: Experiment, { difference, ...ask }: OrderedAsk): Promise<PagedRow[]> {
  const rows = await rowsAfter(db, id, ask)
  const numbers = [...new Set(rows.map(({ exampleNumber }) => exampleNumber))]
  const ranked = await differencesOfExamples(db, difference, numbers)
  return rows.map((row) => withRank(row, ranked))
}

/** So many examples are looked through at a time at most, where a filter leaves few of their rows. */
const MOST_EXAMPLES = 4_000

async function worstFirst(
  db: Database,
  experiment: Experiment,
  { difference, limit, after, ...filter }: OrderedAsk,
): Promise<PagedRow[]> {
  const found: PagedRow[] = []
  let from = after
  let count = limit
  while (found.length < limit) {
    const page = { after: from, limit: count }
    const ranked = await (experiment.state === 'succeeded'
      ? worstKept(db, { ...difference, organisation: experiment.organisation }, page)
      : worstSoFar(db, difference, page))
    const numbers = ranked.map(({ exampleNumber }) => exampleNumber)
    const rows = Map.groupBy(
      await rowsOfExamples(db, experiment.id, { ...filter, numbers }),
      ({ exampleNumber }) => exampleNumber,
    )
    found.push(
      ...ranked.flatMap((one) =>
        (rows.get(one.exampleNumber) ?? []).map((row) => withRank(row, [one])).filter((row) => isAfter(row, from)),
      ),
    )
    const last = ranked.at(-1)
    if (!last || ranked.length < count) break
    // The next look begins behind every row of the last example.
    from = { rank: last.rank, exampleNumber: last.exampleNumber, arm: LAST_ARM, repeat: Number.MAX_SAFE_INTEGER }
    count = Math.min(count * 2, MOST_EXAMPLES)
  }
  return found.slice(0, limit)
}

/** Behind every name of an arm. */
const LAST_ARM = '~'

const withRank = (row: RowOutcome, ranked: readonly Ranked[]): PagedRow => {
  const { difference = null, rank = Number.POSITIVE_INFINITY } =
    ranked.find(({ exampleNumber }) => exampleNumber === row.exampleNumber) ?? {}
  return { ...row, difference, rank }
}

/** The store gives the example of the cursor again, because others of its rows may be behind it. */
function isAfter({ exampleNumber, arm, repeat }: PagedRow, from: Place | undefined): boolean {
  if (from === undefined || exampleNumber !== from.exampleNumber) return true
  return arm === from.arm ? repeat > from.repeat : arm > from.arm
}
