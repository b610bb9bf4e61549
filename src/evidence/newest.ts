/** The newest answers to checks over many applications, kept while nothing was recorded: each is found by itself. */
import type { Database } from '../store/database.ts'
import type { createMarks } from './marks.ts'
import { listNewest, type NewestEvidence } from './store.ts'

type Deps = { db: Database; organisation: string; marks: ReturnType<typeof createMarks> }

/** More than those are read anew each time. */
const MOST_KEPT = 5000

export function createNewest({ db, organisation, marks }: Deps) {
  const kept = new Map<string, { mark: string; newest: readonly NewestEvidence[] }>()

  /** The newest piece of each of these checks in each of these applications; none where nothing was recorded. */
  return async ({
    applications,
    checks,
  }: {
    applications: readonly string[]
    checks: readonly string[]
  }): Promise<NewestEvidence[]> => {
    const markOf = await marks(db)
    const asked = checks.join(' ')
    const isOld = (application: string) => kept.get(`${application} ${asked}`)?.mark !== markOf(application)
    const old = applications.filter(isOld)
    const read = old.length === 0 ? [] : await listNewest(db, organisation, { applications: old, checks })
    const found = Map.groupBy(read, ({ application }) => application as string)
    for (const application of old) {
      kept.delete(`${application} ${asked}`)
      kept.set(`${application} ${asked}`, { mark: markOf(application), newest: found.get(application) ?? [] })
    }
    const all = applications.flatMap((application) => kept.get(`${application} ${asked}`)?.newest ?? [])
    for (const eldest of kept.keys().take(Math.max(0, kept.size - MOST_KEPT))) kept.delete(eldest)
    return all
  }
}
