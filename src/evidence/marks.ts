/**
 * Marks of applications: texts that are others as soon as evidence is recorded or a key is revoked, so that what was
 * computed from evidence is known to be old without reading it again.
 *
 * The newest pieces of all are looked at, and those that were not there the time before raise the mark of their
 * application. A piece would escape only if its transaction ended after `LOOKED_AT` younger ones were committed.
 */
import type { Database, Tx } from '../store/database.ts'
import { listNewestIds, revokedKeys } from './store.ts'

const LOOKED_AT = 1000

export function createMarks(organisation: string) {
  const raised = new Map<string, number>()
  let seen: ReadonlySet<string> = new Set()
  /** Raised for all where more came than were looked at. */
  let epoch = 0

  return async (reader: Database | Tx): Promise<(application: string) => string> => {
    const revoked = JSON.stringify(await revokedKeys(reader, organisation))
    const newest = await listNewestIds(reader, organisation, LOOKED_AT)
    const fresh = newest.filter(({ id }) => !seen.has(id))
    if (fresh.length === LOOKED_AT) epoch += 1
    for (const { application } of fresh) raised.set(application, (raised.get(application) ?? 0) + 1)
    seen = new Set(newest.map(({ id }) => id))
    return (application) => `${epoch} ${raised.get(application) ?? 0} ${revoked}`
  }
}
