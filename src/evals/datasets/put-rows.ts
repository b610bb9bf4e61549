/** Rows on their way into a version: each comes in the place of one that has its id, or behind all others. */
import type { Example } from '../../core/dataset.ts'

export type PutRows = {
  /** For each of these ids the row that comes in its place; undefined when that row is not replaced. */
  replacing(ids: readonly string[]): AsyncIterable<Example | undefined> | Iterable<Example | undefined>
  /** Those that come in no row's place, in their order. */
  fresh(): AsyncIterable<Example> | Iterable<Example>
}

/** @param isThere whether the version before has a row of this id that is not taken away */
export function rowsToPut(rows: readonly Example[], isThere: (id: string) => boolean): PutRows {
  const replacing = new Map(rows.filter(({ id }) => isThere(id)).map((row) => [row.id, row]))
  return {
    replacing: (ids) => ids.map((id) => replacing.get(id)),
    fresh: () => rows.filter(({ id }) => !isThere(id)),
  }
}
