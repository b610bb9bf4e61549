/**
 * Writes the rows of a version as they come: chunks as blobs, the digest over the rows, and what changed against the
 * version before. Holds one chunk in memory.
 */
import type { Example } from '../../core/dataset.ts'
import { digestOf } from '../../kernel/digest.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Chunk, DatasetVersion } from './dataset.ts'
import { rowsDigest } from './part.ts'

const CHUNK_ROWS = 1000
const CHUNK_CHARACTERS = 4_000_000

export type Written = Pick<
  DatasetVersion,
  'digest' | 'rows' | 'splits' | 'synthetic' | 'chunks' | 'added' | 'removed' | 'changed'
>

/** `markOf` each row of a version, by id. */
export type Marks = {
  readonly size: number
  has(id: string): boolean
  get(id: string): string | undefined
}
/** @param before what `markOf` gave for each row of the version before, by id */
export function createVersionWriter(blobs: Pick<Blobs, 'put'>, before: Pick<Marks, 'get' | 'size'>) {
  const digest = rowsDigest()
  const chunks: Chunk[] = []
  const counts = { rows: 0, synthetic: 0, added: 0, changed: 0, kept: 0 }
  let lines: string[] = []
  let characters = 0
  let splits: Chunk['splits'] = {}

  async function flush(): Promise<void> {
    if (lines.length === 0) return
    chunks.push({ file: await blobs.put(Buffer.from(lines.join(''))), rows: lines.length, splits })
    ;[lines, characters, splits] = [[], 0, {}]
  }

  return {
    async add(row: Example): Promise<void> {
      digest.add(row)
      counts.rows += 1
      if (row.synthetic) counts.synthetic += 1
      const old = before.get(row.id)
      if (old === undefined) counts.added += 1
      else {
        counts.kept += 1
        if (old !== markOf(row)) counts.changed += 1
      }
      const line = `${JSON.stringify(row)}\n`
      lines.push(line)
      characters += line.length
      splits[row.split] = (splits[row.split] ?? 0) + 1
      if (lines.length >= CHUNK_ROWS || characters >= CHUNK_CHARACTERS) await flush()
    },
    async end(): Promise<Written> {
      await flush()
      const { rows, synthetic, added, changed, kept } = counts
      return {
        digest: digest.end(),
        rows,
        synthetic,
        chunks,
        splits: sumSplits(chunks),
        added,
        changed,
        removed: before.size - kept,
      }
    },
  }
}

/** Enough of what a row says to see that it changed; in which file it came makes no difference. */
export const markOf = ({ source: _, ...row }: Example): string => digestOf(row).slice(7, 23)

export function sumSplits(chunks: readonly Pick<Chunk, 'splits'>[]): Chunk['splits'] {
  const sum: Chunk['splits'] = {}
  for (const chunk of chunks)
    for (const [split, count] of Object.entries(chunk.splits) as [keyof Chunk['splits'], number][])
      sum[split] = (sum[split] ?? 0) + count
  return sum
}
