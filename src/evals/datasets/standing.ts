/** What a dataset holds already, small enough to keep for a million rows: a mark of each row, and where each input is. */
import type { Example, Split } from '../../core/dataset.ts'
import { digestOfBytes } from '../../kernel/digest.ts'
import { inputKey, type Standing } from './admit.ts'
import type { DatasetVersion } from './dataset.ts'
import type { ExamplesOf } from './examples-of.ts'
import { rowsOf } from './version-rows.ts'
import { markOf } from './version-writer.ts'

export type Held = {
  /** `markOf` each row, by id. */
  readonly marks: Map<string, string>
  readonly standing: Standing
  /** Counts a row as standing there from now on. */
  remember(row: Example): void
}

export async function heldBy(version: DatasetVersion | undefined, examplesOf: ExamplesOf): Promise<Held> {
  const marks = new Map<string, string>()
  const places = new Map<string, { id: string; split: Split }>()
  const remember = (row: Example) => {
    const key = short(inputKey(row))
    if (!places.has(key)) places.set(key, { id: row.id, split: row.split })
  }
  if (version)
    for await (const { row } of rowsOf(version, examplesOf)) {
      marks.set(row.id, markOf(row))
      remember(row)
    }
  return { marks, remember, standing: (key) => places.get(short(key)) }
}

const short = (key: string): string => digestOfBytes(key).slice(7, 23)
