/**
 * Examples in order, the worst first, on disk: by each measure their places and how the arms differ on them. A thread of
 * its own puts them there, and who keeps them reads some thousand at a time.
 *
 * Those of a window of examples are put in order in memory; where there are several windows, each is written as a run, and
 * the runs are read beside each other.
 */
import type { LooseFile } from '../../store/loose-file.ts'
import { columnBytes, doublesAt, type Scratch } from './disk-columns.ts'
import { giveBack } from './give-back.ts'
import { EXAMPLES_AT_ONCE, type Logged } from './logged.ts'
import { writeWhole } from './positioned.ts'
import { differenceAt, differenceOf, rankOf, type ScorePair, worstFirst } from './worst.ts'

const PLACE_BYTES = 4
const DIFFERENCE_BYTES = 8

/** So many examples are read together. */
export const RANKED_AT_ONCE = 4_096

type RankedPlaces = { readonly places: Int32Array<ArrayBuffer>; readonly differences: Float64Array<ArrayBuffer> }

type RankingAsk = {
  readonly logged: Pick<Logged, 'arms' | 'examples'>
  /** The place of the measure among the others. */
  readonly at: number
  /** Of the pair too, where its columns are on disk. */
  readonly scratch: Scratch
}

/** @param into number of the file in which the order is kept */
export function keepRanking(into: number, pair: ScorePair, { logged, at, scratch }: RankingAsk): void {
  const { examples: count } = logged
  const keeper = createKeeper(into, { count, at })
  const { descriptor, examplesAtOnce = EXAMPLES_AT_ONCE } = scratch
  if (count <= examplesAtOnce) {
    const order = worstFirst(pair, count)
    for (const place of order) keeper.add(place, differenceAt(pair, place))
    giveBack(order)
  } else {
    const start = columnBytes(logged)
    for (let from = 0; from < count; from += examplesAtOnce)
      keepRun(descriptor, pair, { start, from, count: Math.min(examplesAtOnce, count - from) })
    for (const { place, rank } of merged(runsOf(descriptor, { start, count, examplesAtOnce })))
      keeper.add(place, differenceOf(rank, pair.better))
  }
  keeper.end()
}

export async function* readRanking(
  file: Pick<LooseFile, 'read'>,
  { count, at }: { count: number; at: number },
): AsyncGenerator<RankedPlaces> {
  const begin = at * count * (PLACE_BYTES + DIFFERENCE_BYTES)
  const read = async (from: number, to: number, { start, width }: { start: number; width: number }) =>
    new Uint8Array(await file.read(start + from * width, start + to * width)).buffer
  for (let from = 0; from < count; from += RANKED_AT_ONCE) {
    const to = Math.min(count, from + RANKED_AT_ONCE)
    yield {
      places: new Int32Array(await read(from, to, { start: begin, width: PLACE_BYTES })),
      differences: new Float64Array(
        await read(from, to, { start: begin + count * PLACE_BYTES, width: DIFFERENCE_BYTES }),
      ),
    }
  }
}

function createKeeper(into: number, { count, at }: { count: number; at: number }) {
  const begin = at * count * (PLACE_BYTES + DIFFERENCE_BYTES)
  const places = new Int32Array(RANKED_AT_ONCE)
  const differences = new Float64Array(RANKED_AT_ONCE)
  let [kept, waiting] = [0, 0]
  const keep = () => {
    writeWhole(into, places.subarray(0, waiting), begin + kept * PLACE_BYTES)
    writeWhole(into, differences.subarray(0, waiting), begin + count * PLACE_BYTES + kept * DIFFERENCE_BYTES)
    kept += waiting
    waiting = 0
  }
  return {
    add(place: number, difference: number): void {
      places[waiting] = place
      differences[waiting++] = difference
      if (waiting === RANKED_AT_ONCE) keep()
    },
    end: keep,
  }
}

/** A run is a row of ranks and of places, as doubles, two for each example. */
const RUN_BYTES = 8

function keepRun(
  descriptor: number,
  pair: ScorePair,
  { start, from, count }: { start: number; from: number; count: number },
): void {
  const differences = new Float64Array(count)
  for (let at = 0; at < count; at++) differences[at] = differenceAt(pair, from + at)
  const own = { candidate: { scores: differences }, control: { scores: new Float64Array(count) }, better: pair.better }
  const order = worstFirst(own, count)
  const [ranks, places] = [new Float64Array(count), new Float64Array(count)]
  for (let at = 0; at < count; at++) {
    const place = order[at] ?? 0
    ranks[at] = rankOf(differences[place] ?? Number.NaN, pair.better)
    places[at] = from + place
  }
  writeWhole(descriptor, ranks, start + 2 * from * RUN_BYTES)
  writeWhole(descriptor, places, start + (2 * from + count) * RUN_BYTES)
  giveBack(differences, own.control.scores, order, ranks, places)
}

function runsOf(
  descriptor: number,
  { start, count, examplesAtOnce }: { start: number; count: number; examplesAtOnce: number },
) {
  return Array.from({ length: Math.ceil(count / examplesAtOnce) }, (_, run) => {
    const from = run * examplesAtOnce
    const length = Math.min(examplesAtOnce, count - from)
    const begin = start + 2 * from * RUN_BYTES
    return {
      ranks: doublesAt(descriptor, { start: begin, length }),
      places: doublesAt(descriptor, { start: begin + length * RUN_BYTES, length }),
    }
  })
}

/** The smallest rank first; of equals the first run, because its places come before. */
function* merged(runs: ReturnType<typeof runsOf>): Generator<{ place: number; rank: number }> {
  const heads = runs.map(({ ranks, places }) => ({ ranks, places, at: 0, rank: ranks.at(0) }))
  for (;;) {
    let next: (typeof heads)[number] | undefined
    for (const head of heads)
      if (head.rank !== undefined && (next?.rank === undefined || head.rank < next.rank)) next = head
    if (next?.rank === undefined) return
    yield { place: next.places.at(next.at) ?? 0, rank: next.rank }
    next.rank = next.ranks.at(++next.at)
  }
}
