/** Reads the rows of a version chunk by chunk, and lets other requests through between two of them. */
import type { Example, Split } from '../../core/dataset.ts'
import type { Chunk, DatasetVersion } from './dataset.ts'
import type { ExamplesOf } from './examples-of.ts'

export type Rows = AsyncGenerator<Example>

/** From the row `from` on; chunks without a row of the split are not opened. */
export async function* rowsOf(
  { chunks }: Pick<DatasetVersion, 'chunks'>,
  examplesOf: ExamplesOf,
  { from = 0, split }: { from?: number; split?: Split | undefined } = {},
): AsyncGenerator<{ at: number; row: Example }> {
  let at = 0
  for (const chunk of chunks) {
    if (at + chunk.rows > from && (split === undefined || (chunk.splits[split] ?? 0) > 0)) {
      await breath()
      for (const [number, row] of (await examplesOf(chunk)).entries())
        if (at + number >= from && (split === undefined || row.split === split)) yield { at: at + number, row }
    }
    at += chunk.rows
  }
}

/** Chunks whose texts are looked through side by side. */
const LOOKED_AT_ONCE = 16

/** The row of an id: only chunks in whose text it stands are opened. */
export async function rowById(
  { chunks }: Pick<DatasetVersion, 'chunks'>,
  examplesOf: ExamplesOf,
  id: string,
): Promise<{ at: number; row: Example } | undefined> {
  let before = 0
  for (let from = 0; from < chunks.length; from += LOOKED_AT_ONCE) {
    const some = chunks.slice(from, from + LOOKED_AT_ONCE)
    const mentioned = await Promise.all(some.map((chunk) => examplesOf.mentions(chunk, id)))
    for (const [place, chunk] of some.entries()) {
      const rows = mentioned[place] ? await examplesOf(chunk) : []
      const at = rows.findIndex((row) => row.id === id)
      const row = rows[at]
      if (row) return { at: before + at, row }
      before += chunk.rows
    }
  }
  return undefined
}

/** The chunks that two versions do not share; what is shared has not changed. */
export function unshared(
  one: Pick<DatasetVersion, 'chunks'>,
  other: Pick<DatasetVersion, 'chunks'>,
): { one: Chunk[]; other: Chunk[] } {
  const left = new Set(one.chunks.map(({ file }) => file))
  const right = new Set(other.chunks.map(({ file }) => file))
  return {
    one: one.chunks.filter(({ file }) => !right.has(file)),
    other: other.chunks.filter(({ file }) => !left.has(file)),
  }
}

/** Lets waiting requests through. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
