/**
 * The examples of an experiment as far as figures rest on them, as columns: clusters, slices and ids.
 *
 * Invariant: an example takes four bytes for its cluster, four for each name it is cut by, and those of its id.
 */
import type { Example } from '../../core/dataset.ts'
import { octets, wholes } from './shared-memory.ts'
import { sliceValues } from './slice-values.ts'

export type Cases = {
  readonly count: number
  /** The cluster of each; one without a cluster is its own. */
  readonly clusters: Int32Array
  readonly slices: readonly SliceColumn[]
  readonly ids: Ids
}
export type SliceColumn = {
  readonly by: string
  readonly values: readonly string[]
  /** The place of each example's value among `values`; -1 where it has none. */
  readonly codes: Int32Array
}
/** One text behind the other, and where each ends. */
export type Ids = { readonly bytes: Uint8Array; readonly ends: Int32Array }

export const idAt = ({ bytes, ends }: Ids, place: number): string =>
  new TextDecoder().decode(bytes.slice(ends[place - 1] ?? 0, ends[place]))

/** Takes the examples in their order; `count` is how many there will be. */
export function createCases(count: number, cutBy: readonly string[] = []) {
  const clusters = wholes(count)
  const names = new Map<string, number>()
  const slices = cutBy.map((by) => ({ by, values: new Map<string, number>(), codes: wholes(count).fill(-1) }))
  const ends = wholes(count)
  let bytes = new Uint8Array(count * 16)
  let [added, used] = [0, 0]

  function keepId(id: string): void {
    const text = new TextEncoder().encode(id)
    if (used + text.length > bytes.length) {
      const wider = new Uint8Array(2 * (used + text.length))
      wider.set(bytes)
      bytes = wider
    }
    bytes.set(text, used)
    used += text.length
    ends[added] = used
  }

  return {
    add(example: Pick<Example, 'id' | 'cluster' | 'split' | 'metadata'>): void {
      const { id, cluster } = example
      // Named clusters count from the end, because each example may be one of its own.
      clusters[added] = cluster === undefined ? added : placeOf(names, cluster) + count
      if (slices.length > 0) {
        const values = sliceValues(example, cutBy)
        for (const { by, values: known, codes } of slices) {
          const value = values[by]
          if (value !== undefined) codes[added] = placeOf(known, value)
        }
      }
      keepId(id)
      added += 1
    },
    end(): Cases {
      const kept = octets(used)
      kept.set(bytes.subarray(0, used))
      return {
        count: added,
        clusters,
        slices: slices.map(({ by, values, codes }) => ({ by, values: [...values.keys()], codes })),
        ids: { bytes: kept, ends },
      }
    },
  }
}

function placeOf(known: Map<string, number>, name: string): number {
  const place = known.get(name)
  if (place !== undefined) return place
  known.set(name, known.size)
  return known.size - 1
}
