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
  differenceAt,
  type Logged,
  type Measure,
  RANKED_AT_ONCE,
  rankOf,
  readRanking,
  readScores,
  type ScorePair,
  worstFirst,
  worstFrom,
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

const PARTS_AT_ONCE = 8
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
    const own = live && pairAt(live.logged(), at, ask.better)
    if (own) return ofPlaces(own, placesFrom(own, live, ask), live.numbers)
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
  /** Of the example at each place. */
  readonly numbers: Int32Array
  readonly measures: readonly Measure[]
  /** All examples in order by each measure. */
  readonly ranking: Pick<LooseFile, 'read'>
}

/** Keeps how an experiment puts its examples in order, by each of its evaluators. */
export const keepWorst = (db: Database, draft: OrderDraft): Promise<void> =>
  replaceWorst(db, draft.order, partsOf(draft))

async function* partsOf({ order: of, numbers, measures, ranking }: OrderDraft): AsyncGenerator<WorstPart[]> {
  const { experiment, organisation, generation } = of
  for (const [at, { key: evaluator, better }] of measures.entries()) {
    let some: WorstPart[] = []
    let part = 0
    for await (const { places, differences } of readRanking(ranking, { count: numbers.length, at })) {
      const own = places.map((place) => numbers[place] ?? 0)
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
  const pair = pairAt(log.logged(), 0, better)
  if (!pair) throw new Error(`The arms of ${id} have no column, though they were asked for.`)
  return { pair, order: worstFirst(pair, rowsOfDataset) }
}

function pairAt(logged: Logged, at: number, better: ScorePair['better']): ScorePair | undefined {
  if (at < 0 || !logged.arms.some(({ arm }) => arm === 'control')) return undefined
  const columns = readScores(logged, at)
  const [candidate, control] = [columns.get('candidate'), columns.get('control')]
  return candidate && control && { candidate, control, better }
}

function placesFrom(
  pair: ScorePair,
  { placeOf, numbers }: { placeOf: Int32Array; numbers: Int32Array },
  { after, limit }: WorstAsk,
): number[] {
  const from = after && { rank: after.rank ?? 0, place: placeOf[after.exampleNumber] ?? 0 }
  return worstFrom(pair, { count: numbers.length, from, limit }).map(({ place }) => place)
}

const ofPlaces = (pair: ScorePair, places: Iterable<number>, numbers?: Int32Array): Ranked[] =>
  Array.from(places, (place) => rankedAt(pair, place, numbers ? (numbers[place] ?? 0) : place + 1))

const rankedAt = (pair: ScorePair, place: number, exampleNumber: number): Ranked =>
  rankedOf(differenceAt(pair, place), exampleNumber, pair.better)

const rankedOf = (difference: number, exampleNumber: number, better: ScorePair['better']): Ranked => ({
  exampleNumber,
  difference: Number.isNaN(difference) ? null : difference,
  rank: rankOf(difference, better),
})

export const isBefore = ({ rank, exampleNumber }: Ranked, { after }: Pick<WorstAsk, 'after'>): boolean =>
  after !== undefined && (rank < (after.rank ?? 0) || (rank === after.rank && exampleNumber < after.exampleNumber))
