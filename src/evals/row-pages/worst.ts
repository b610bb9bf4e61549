/**
 * The examples on which the candidate did worst, from wherever they are known: counted from numbers in memory while the
 * experiment runs here, kept since it ended in whatever way, or kept by the job that counted them (`order.ts`).
 *
 * Invariant: nobody waits for a look at many rows. Where an order is known nowhere (an experiment that ended before orders
 * were kept, or that another process runs), a few rows are read at once, and many by a job.
 */
import { createKeptAnswers } from '../../kernel/kept.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import type { LooseFile } from '../../store/loose-file.ts'
import {
  createWorstFrom,
  differenceAt,
  type Logged,
  type Measure,
  type Places,
  RANKED_AT_ONCE,
  rankOf,
  readRanking,
  type ScorePair,
  type ScoreWindow,
  scoreWindows,
  worstFirst,
} from '../columns/index.ts'
import { ROWS_AT_ONCE } from '../counting.ts'
import type { Experiment } from '../experiment.ts'
import { createNumberLog, numbersOf } from '../numbers/index.ts'
import type { Running } from '../run-deps.ts'
import type { Place } from './cursor.ts'
import {
  type DifferenceAsk,
  type Ranked,
  replaceWorst,
  type WorstOrder,
  type WorstPart,
  wholeOrder,
  worstParts,
} from './store.ts'

export type WorstAsk = DifferenceAsk & { readonly after: Place | undefined; readonly limit: number }
export type WorstReader = (of: OfExperiment, ask: WorstAsk) => Promise<Ranked[]>
export type OfExperiment = Pick<Experiment, 'id' | 'application' | 'state' | 'progress' | 'repeats'> & {
  readonly rowsOfDataset: number
}

/** Of a part some fifty kilobytes, which are texts of twice that on their way. */
const PARTS_AT_ONCE = 2
/** Orders that were counted at a look: four bytes for each example, and its scores. */
const KEPT_ORDERS = 2

type WorstDeps = {
  readonly db: Database
  readonly blobs: Pick<Blobs, 'loose'>
  readonly running: Running
  /** Counts an order in the background. Throws `evals.counting` until that is done. */
  readonly countOrder: (of: OfExperiment) => Promise<void>
}

/** At most so many from a place on, the example of the place first, because others of its rows may be behind it. */
export function createWorstReader({ db, blobs, running, countOrder }: WorstDeps): WorstReader {
  const counted = createKeptAnswers<string, Counted>(KEPT_ORDERS)
  return async (of, ask) => {
    const live = running.get(of.id)
    const at = live?.measures.findIndex(({ key }) => key === ask.evaluator) ?? -1
    const own = live && at >= 0 ? worstNow(live, at, ask) : undefined
    if (own) return own
    const order = await wholeOrder(db, of.id)
    if (order && isOf(order, of)) return keptFrom(db, order, ask)
    if (of.progress.done > ROWS_AT_ONCE) {
      await countOrder(of).catch((thrown) => {
        // Rows go on coming from another process: the order so far says more than none.
        if (!order || hasEnded(of)) throw thrown
      })
      const newest = await wholeOrder(db, of.id)
      return newest ? keptFrom(db, newest, ask) : []
    }
    const key = [of.id, ask.evaluator, of.progress.done, of.state].join()
    const { pair, order: places } = await counted.get(key, () => countAtOnce({ db, blobs }, of, ask))
    const from = ask.after ? places.findIndex((place) => !isBefore(rankedAt(pair, place, place + 1), ask)) : 0
    return from < 0 ? [] : ofPlaces(pair, places.subarray(from, from + ask.limit))
  }
}

const hasEnded = ({ state }: Pick<OfExperiment, 'state'>): boolean => state !== 'queued' && state !== 'running'

/** While rows come, an order is counted anew when there are twice as many as it rests on. */
const isOf = ({ rows }: WorstOrder, of: OfExperiment): boolean =>
  hasEnded(of) ? rows === of.progress.done : of.progress.done < 2 * rows

export type OrderDraft = {
  readonly order: Omit<WorstOrder, 'isWhole'>
  readonly places: Places
  readonly measures: readonly Measure[]
  /** All examples in order by each measure. */
  readonly ranking: Pick<LooseFile, 'read'>
}

/** Keeps how an experiment puts its examples in order, by each of its evaluators. */
export const keepWorst = (db: Database, draft: OrderDraft): Promise<void> =>
  replaceWorst(db, draft.order, partsOf(draft))

async function* partsOf({ order: of, places: all, measures, ranking }: OrderDraft): AsyncGenerator<WorstPart[]> {
  const { experiment, organisation, generation } = of
  for (const [at, { key: evaluator, better }] of measures.entries()) {
    let some: WorstPart[] = []
    let part = 0
    for await (const { places, differences } of readRanking(ranking, { count: all.count, at })) {
      const own = places.map((place) => all.numberAt(place))
      some.push({
        experiment,
        organisation,
        generation,
        evaluator,
        part: part++,
        firstRank: rankOf(differences[0] ?? Number.NaN, better),
        firstNumber: own[0] ?? 0,
        numbers: new Uint8Array(own.buffer),
        differences: new Uint8Array(differences.buffer),
      })
      if (some.length < PARTS_AT_ONCE) continue
      yield some
      some = []
    }
    if (some.length > 0) yield some
  }
}

async function keptFrom(db: Database, { generation }: WorstOrder, ask: WorstAsk): Promise<Ranked[]> {
  // The place may be the last of its part.
  const limit = Math.ceil(ask.limit / RANKED_AT_ONCE) + 1
  const parts = await worstParts(db, { ...ask, generation }, { after: ask.after, limit })
  const ranked = parts.flatMap(({ numbers, differences }) => {
    const given = new Float64Array(new Uint8Array(differences).buffer)
    return Array.from(new Int32Array(new Uint8Array(numbers).buffer), (exampleNumber, at) =>
      rankedOf(given[at] ?? Number.NaN, exampleNumber, ask.better),
    )
  })
  const from = ranked.findIndex((one) => !isBefore(one, ask))
  return from < 0 ? [] : ranked.slice(from, from + ask.limit)
}

type Counted = { readonly pair: ScorePair; readonly order: Int32Array }

/** The place of an example is its number less one. */
async function countAtOnce(
  { db, blobs }: Pick<WorstDeps, 'db' | 'blobs'>,
  { id, repeats, rowsOfDataset }: OfExperiment,
  { evaluator, better }: WorstAsk,
): Promise<Counted> {
  const measures = [{ key: evaluator, version: 0, kind: 'mean', unit: '', better } as const]
  const arms = ['candidate', 'control']
  await using log = createNumberLog({ arms, measures, examples: rowsOfDataset, repeats }, blobs.loose)
  for await (const page of numbersOf(db, { experiment: id, evaluators: [evaluator] }))
    for (const row of page) await log.add(row.exampleNumber - 1, row)
  for (const { columns } of scoreWindows(log.logged(), 0, rowsOfDataset)) {
    const pair = pairIn(columns, better)
    if (pair) return { pair, order: worstFirst(pair, rowsOfDataset) }
  }
  throw new Error(`The arms of ${id} have no column, though they were asked for.`)
}

function pairIn(columns: ScoreWindow['columns'], better: ScorePair['better']): ScorePair | undefined {
  const [candidate, control] = [columns.get('candidate'), columns.get('control')]
  return candidate && control && { candidate, control, better }
}

/** Of the numbers so far, some thousand examples at a time; undefined where nothing is controlled. */
function worstNow(
  { logged, places }: { logged: () => Logged; places: Places },
  at: number,
  { after, limit, better }: WorstAsk,
): Ranked[] | undefined {
  const from = after && { rank: after.rank ?? 0, place: places.placeOf(after.exampleNumber) }
  const found = createWorstFrom({ from, limit })
  for (const { from: begin, columns } of scoreWindows(logged(), at)) {
    const pair = pairIn(columns, better)
    if (!pair) return undefined
    const { length } = pair.candidate.scores
    for (let place = 0; place < length; place++) found.add(begin + place, differenceAt(pair, place), better)
  }
  return found.end().map(({ place, difference }) => rankedOf(difference, places.numberAt(place), better))
}

const ofPlaces = (pair: ScorePair, places: Iterable<number>): Ranked[] =>
  Array.from(places, (place) => rankedAt(pair, place, place + 1))

const rankedAt = (pair: ScorePair, place: number, exampleNumber: number): Ranked =>
  rankedOf(differenceAt(pair, place), exampleNumber, pair.better)

const rankedOf = (difference: number, exampleNumber: number, better: ScorePair['better']): Ranked => ({
  exampleNumber,
  difference: Number.isNaN(difference) ? null : difference,
  rank: rankOf(difference, better),
})

export const isBefore = ({ rank, exampleNumber }: Ranked, { after }: Pick<WorstAsk, 'after'>): boolean =>
  after !== undefined && (rank < (after.rank ?? 0) || (rank === after.rank && exampleNumber < after.exampleNumber))
