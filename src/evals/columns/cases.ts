/**
 * The examples of an experiment as far as figures rest on them: clusters and slices as columns, ids on disk.
 *
 * Invariant: an example takes four bytes for its cluster and four for each name it is cut by.
 */
import type { Example } from '../../core/dataset.ts'
import type { LooseFile } from '../../store/loose-file.ts'
import { createIds, type Ids } from './ids.ts'
import { wholes } from './shared-memory.ts'
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

/**
 * Takes the examples in their order; `count` is how many there will be.
 *
 * @param open a file for their ids, which is closed with what this returns
 */
export function createCases(
  { count, cutBy = [] }: { count: number; cutBy?: readonly string[] | undefined },
  open: () => Promise<LooseFile>,
) {
  const clusters = wholes(count)
  const names = new Map<string, number>()
  const slices = cutBy.map((by) => ({ by, values: new Map<string, number>(), codes: wholes(count).fill(-1) }))
  const ids = createIds(open)
  let added = 0

  return {
    async add(example: Pick<Example, 'id' | 'cluster' | 'split' | 'metadata'>): Promise<void> {
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
      added += 1
      await ids.add(id)
    },
    end: (): Cases => ({
      count: added,
      clusters,
      slices: slices.map(({ by, values, codes }) => ({ by, values: [...values.keys()], codes })),
      ids: ids.end(),
    }),
    [Symbol.asyncDispose]: () => ids[Symbol.asyncDispose](),
  }
}

function placeOf(known: Map<string, number>, name: string): number {
  const place = known.get(name)
  if (place !== undefined) return place
  known.set(name, known.size)
  return known.size - 1
}
