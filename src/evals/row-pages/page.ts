/**
 * One page of rows with the differences of the arms on their examples.
 *
 * Invariant: what a page takes grows with the page and not with the experiment. Differences are counted for the
 * examples of the page alone; where the worst come first, their order is known before anybody asks (`worst.ts`).
 */
import type { Database } from '../../store/database.ts'
import type { Experiment, RowOutcome } from '../experiment.ts'
import type { Place, RowOrder } from './cursor.ts'
import {
  type DifferenceAsk,
  differencesOfExamples,
  failedNumbers,
  type Ranked,
  type RowFilter,
  rowsAfter,
  rowsOfExamples,
} from './store.ts'
import { isBefore, type WorstReader } from './worst.ts'

export type PageAsk = RowFilter & {
  readonly order: RowOrder
  readonly difference: DifferenceAsk
  readonly after: Place | undefined
  readonly limit: number
}
export type PagedRow = RowOutcome & { readonly difference: number | null; readonly rank: number }

export type PageDeps = { readonly db: Database; readonly worst: WorstReader }
/** With how many rows its dataset has. */
export type Measured = Experiment & { readonly rowsOfDataset: number }

export function pageOf(deps: PageDeps, experiment: Measured, { order, ...ask }: PageAsk): Promise<PagedRow[]> {
  const hasControl = experiment.arms.some(({ arm }) => arm === 'control')
  // The rows of one example have one difference, and without a control none has: then both orders are the same.
  return order === 'dataset' || ask.example !== undefined || !hasControl
    ? inDataset(deps, experiment, ask)
    : worstFirst(deps, experiment, ask)
}

type OrderedAsk = Omit<PageAsk, 'order'>

async function inDataset(
  { db }: PageDeps,
  experiment: Measured,
  { difference, ...ask }: OrderedAsk,
): Promise<PagedRow[]> {
  const rows = await rowsInOrder(db, experiment, ask)
  const numbers = [...new Set(rows.map(({ exampleNumber }) => exampleNumber))]
  const ranked = await differencesOfExamples(db, difference, numbers)
  return rows.map((row) => withRank(row, ranked))
}

/** An evaluator may apply to few rows of a million: they are looked for among some thousand at a time. */
async function rowsInOrder(
  db: Database,
  { id, rowsOfDataset }: Measured,
  ask: Omit<OrderedAsk, 'difference'>,
): Promise<RowOutcome[]> {
  if (ask.scoredBy === undefined || rowsOfDataset === 0) return rowsAfter(db, id, ask)
  const found: RowOutcome[] = []
  let after = ask.after
  for (let before = (after?.exampleNumber ?? 0) + MOST_EXAMPLES; ; before += MOST_EXAMPLES) {
    found.push(...(await rowsAfter(db, id, { ...ask, after, before, limit: ask.limit - found.length })))
    if (found.length >= ask.limit || before > rowsOfDataset) return found
    after = { exampleNumber: before, arm: '', repeat: 0 }
  }
}

/** So many examples are looked through at a time at most, where a filter leaves few of their rows. */
const MOST_EXAMPLES = 4_000

async function worstFirst(
  { db, worst }: PageDeps,
  experiment: Measured,
  { difference, limit, after, ...filter }: OrderedAsk,
): Promise<PagedRow[]> {
  const found: PagedRow[] = []
  const few = filter.failed ? await fewFailed(db, experiment.id, { difference, filter }) : undefined
  let from = after
  let count = limit
  while (found.length < limit) {
    const ranked = few
      ? few.filter((one) => !isBefore(one, { after: from })).slice(0, count)
      : await worst(experiment, { ...difference, after: from, limit: count })
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

/** Where few failed they are ranked by themselves, instead of looked for among all; undefined where many did. */
async function fewFailed(
  db: Database,
  id: Experiment['id'],
  { difference, filter }: { difference: DifferenceAsk; filter: RowFilter },
): Promise<Ranked[] | undefined> {
  const numbers = await failedNumbers(db, id, { ...filter, limit: MOST_EXAMPLES + 1 })
  if (numbers.length > MOST_EXAMPLES) return undefined
  const ranked = await differencesOfExamples(db, difference, numbers)
  return ranked.toSorted(
    (one, other) =>
      Number(one.rank > other.rank) - Number(one.rank < other.rank) || one.exampleNumber - other.exampleNumber,
  )
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
