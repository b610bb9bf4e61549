/**
 * The examples on which the candidate did worst, from wherever they are known: kept since the end of the experiment, or
 * counted from numbers in memory while it runs here.
 *
 * Invariant: nobody waits for a statement over all rows. Where an order is known nowhere (an experiment that failed, one
 * that ended before orders were kept, or that another process runs), numbers are read a page at a time, once.
 */
import { createKeptAnswers } from '../../kernel/kept.ts'
import type { Database } from '../../store/database.ts'
import type { Experiment } from '../experiment.ts'
import {
  type ArmColumns,
  createColumns,
  differenceAt,
  type Measure,
  numbersOf,
  rankOf,
  type ScorePair,
  worstFirst,
  worstFrom,
} from '../numbers/index.ts'
import type { Running } from '../run-deps.ts'
import type { Place } from './cursor.ts'
import { type DifferenceAsk, type Ranked, replaceWorst, type WorstPart, worstParts } from './store.ts'

export type WorstAsk = DifferenceAsk & { readonly after: Place | undefined; readonly limit: number }
export type WorstReader = (of: OfExperiment, ask: WorstAsk) => Promise<Ranked[]>
type OfExperiment = Pick<Experiment, 'id' | 'state' | 'progress' | 'repeats'> & { readonly rowsOfDataset: number }

const PART = 4_096
const PARTS_AT_ONCE = 8
/** Orders that were counted at a look: four bytes for each example, and its scores. */
const KEPT_ORDERS = 2

/** At most so many from a place on, the example of the place first, because others of its rows may be behind it. */
export function createWorstReader({ db, running }: { db: Database; running: Running }): WorstReader {
  const counted = createKeptAnswers<string, Counted>(KEPT_ORDERS)
  return async (of, ask) => {
    const live = running.get(of.id)
    const at = live?.measures.findIndex(({ key }) => key === ask.evaluator) ?? -1
    const own = live && pairAt(live.columns(), at, ask.better)
    if (own) return ofPlaces(own, placesFrom(own, live, ask), live.numbers)
    const kept = of.state === 'succeeded' ? await keptFrom(db, ask) : []
    if (kept.length > 0) return kept
    const key = [of.id, ask.evaluator, of.progress.done, of.state].join()
    const { pair, order } = await counted.get(key, () => countOrder(db, of, ask))
    const from = ask.after ? order.findIndex((place) => !isBefore(rankedAt(pair, place, place + 1), ask)) : 0
    return from < 0 ? [] : ofPlaces(pair, order.subarray(from, from + ask.limit))
  }
}

/** Keeps how an experiment that ends here puts its examples in order, by each of its evaluators. */
export async function keepWorst(
  db: Database,
  ask: {
    readonly experiment: Pick<Experiment, 'id' | 'organisation'>
    /** Of the example at each place. */
    readonly numbers: Int32Array
    readonly measures: readonly Measure[]
    readonly columns: readonly ArmColumns[]
    /** Places by each measure. */
    readonly worst: readonly Int32Array[]
  },
): Promise<void> {
  await replaceWorst(db, ask.experiment.id, partsOf(ask))
}

function* partsOf({
  experiment: { id: experiment, organisation },
  numbers,
  measures,
  columns,
  worst,
}: Parameters<typeof keepWorst>[1]): Generator<WorstPart[]> {
  for (const [at, { key: evaluator, better }] of measures.entries()) {
    const [pair, order] = [pairAt(columns, at, better), worst[at]]
    if (!pair || !order) continue
    let some: WorstPart[] = []
    for (let from = 0; from < order.length; from += PART) {
      const places = order.subarray(from, from + PART)
      const first = rankedAt(pair, places[0] ?? 0, numbers[places[0] ?? 0] ?? 0)
      some.push({
        experiment,
        organisation,
        evaluator,
        part: from / PART,
        firstRank: first.rank,
        firstNumber: first.exampleNumber,
        numbers: new Uint8Array(Int32Array.from(places, (place) => numbers[place] ?? 0).buffer),
        differences: new Uint8Array(Float64Array.from(places, (place) => differenceAt(pair, place)).buffer),
      })
      if (some.length < PARTS_AT_ONCE) continue
      yield some
      some = []
    }
    if (some.length > 0) yield some
  }
}

async function keptFrom(db: Database, ask: WorstAsk): Promise<Ranked[]> {
  // The place may be the last of its part.
  const parts = await worstParts(db, ask, { after: ask.after, limit: Math.ceil(ask.limit / PART) + 1 })
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
async function countOrder(
  db: Database,
  { id, repeats, rowsOfDataset }: OfExperiment,
  { evaluator, better }: WorstAsk,
): Promise<Counted> {
  const measures = [{ key: evaluator, version: 0, kind: 'mean', unit: '', better } as const]
  const columns = createColumns({ arms: ['candidate', 'control'], measures, examples: rowsOfDataset, repeats })
  for await (const page of numbersOf(db, { experiment: id, evaluators: [evaluator] }))
    for (const row of page) columns.add(row.exampleNumber - 1, row)
  const pair = pairAt(columns.end(), 0, better)
  if (!pair) throw new Error(`The arms of ${id} have no column, though they were asked for.`)
  return { pair, order: worstFirst(pair, rowsOfDataset) }
}

function pairAt(columns: readonly ArmColumns[], at: number, better: ScorePair['better']): ScorePair | undefined {
  const scoresOf = (name: string) => columns.find(({ arm }) => arm === name)?.scores[at]
  const [candidate, control] = [scoresOf('candidate'), scoresOf('control')]
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
