/**
 * Applications for lists, kept in memory while their row says that nothing changed: their documents are most of what
 * would be read, 50 KB of each.
 *
 * Invariant: a row is kept under the digest of its blueprint, which is over every document, with what else of it changes.
 */
import type { Database } from '../store/database.ts'
import { type ApplicationMark, findApplicationMarks, findApplications, listApplicationMarks } from './lists/index.ts'
import type { StoredApplication } from './rows.ts'
import type { Cut } from './store.ts'

/** Of more applications the documents are read each time. */
const MOST_KEPT = 1000
/** More than any installation has. */
const MOST = 100_000

export function createKeptApplications({ db, organisation }: { db: Database; organisation: string }) {
  const kept = new Map<string, { mark: string; row: StoredApplication }>()

  const page = async (cut: Cut): Promise<StoredApplication[]> =>
    rowsOf(await listApplicationMarks(db, organisation, cut))

  async function rowsOf(marks: readonly ApplicationMark[]): Promise<StoredApplication[]> {
    const changed = marks.filter((mark) => kept.get(mark.id)?.mark !== textOf(mark))
    const read = new Map((await findApplications(db, changed)).map((row) => [row.id, row]))
    for (const row of read.values()) {
      kept.delete(row.id)
      kept.set(row.id, { mark: textOf(row), row })
    }
    // One that is gone meanwhile is left out.
    const rows = marks.flatMap(({ id }) => read.get(id) ?? kept.get(id)?.row ?? [])
    for (const eldest of kept.keys().take(Math.max(0, kept.size - MOST_KEPT))) kept.delete(eldest)
    return rows
  }

  return {
    page,
    all: (): Promise<StoredApplication[]> => page({ limit: MOST }),
    /** Those of these names that there are. */
    named: async (names: readonly string[]): Promise<StoredApplication[]> =>
      rowsOf(await findApplicationMarks(db, organisation, names)),
  }
}

const textOf = ({ blueprint, frozenBlueprint, updatedAt }: ApplicationMark): string =>
  `${blueprint} ${frozenBlueprint} ${updatedAt}`
