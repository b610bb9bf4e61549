/** Ids of examples, which figures name few of: on disk, some thousand of them together, and read one by one. */
import type { LooseFile } from '../../store/loose-file.ts'
import { readWhole } from './positioned.ts'

const IDS_AT_ONCE = 1_024

/** As another thread can read them too. */
export type Ids = {
  /** Of the file; null while it has no block. */
  readonly descriptor: number | null
  /** Where each block ends that is in the file. */
  readonly ends: readonly number[]
  /** Those of the block that is not full yet. */
  readonly last: readonly string[]
}

/** @param open a file of its own, which is closed with them; asked for when the first block is full */
export function createIds(open: () => Promise<LooseFile>) {
  const ends: number[] = []
  let last: string[] = []
  let file: LooseFile | undefined
  return {
    /** Whoever adds waits until a full block is written. */
    async add(id: string): Promise<void> {
      if (last.push(id) < IDS_AT_ONCE) return
      const bytes = Buffer.from(JSON.stringify(last))
      last = []
      file ??= await open()
      ends.push((await file.append(bytes)) + bytes.length)
    },
    end: (): Ids => ({ descriptor: file?.descriptor ?? null, ends, last }),
    [Symbol.asyncDispose]: async () => file?.close(),
  }
}

export function idAt({ descriptor, ends, last }: Ids, place: number): string {
  const block = Math.floor(place / IDS_AT_ONCE)
  const end = ends[block]
  if (end === undefined || descriptor === null) return last[place % IDS_AT_ONCE] ?? ''
  const begin = ends[block - 1] ?? 0
  const bytes = Buffer.alloc(end - begin)
  readWhole(descriptor, bytes, begin)
  const ids: string[] = JSON.parse(bytes.toString())
  return ids[place % IDS_AT_ONCE] ?? ''
}
