/**
 * Examples in order, the worst first, on disk: by each measure their places and how the arms differ on them. A thread of
 * its own puts them there, and who keeps them reads some thousand at a time.
 */
import { writeSync } from 'node:fs'
import type { LooseFile } from '../../store/loose-file.ts'
import { giveBack } from './give-back.ts'
import { differenceAt, type ScorePair, worstFirst } from './worst.ts'

const PLACE_BYTES = 4
const DIFFERENCE_BYTES = 8

/** So many examples are read together. */
export const RANKED_AT_ONCE = 4_096

type RankedPlaces = { readonly places: Int32Array<ArrayBuffer>; readonly differences: Float64Array<ArrayBuffer> }

/** @param at the place of the measure among the others */
export function keepRanking(descriptor: number, pair: ScorePair, { count, at }: { count: number; at: number }): void {
  const begin = at * count * (PLACE_BYTES + DIFFERENCE_BYTES)
  const places = worstFirst(pair, count)
  writeWhole(descriptor, places, begin)
  const differences = Float64Array.from(places, (place) => differenceAt(pair, place))
  writeWhole(descriptor, differences, begin + count * PLACE_BYTES)
  giveBack(places, differences)
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

function writeWhole(descriptor: number, { buffer, byteOffset, byteLength }: ArrayBufferView, at: number): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  for (let written = 0; written < byteLength; )
    written += writeSync(descriptor, bytes, written, byteLength - written, at + written)
}
