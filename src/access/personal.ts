/** What the audit log says of people: names in details of what was done. Its chain would break, so it stays. */
import { mentions } from '../core/data-subject.ts'
import type { Database } from '../store/database.ts'
import { likePatterns, type PersonalPlace } from '../store/personal-data.ts'
import { listPersonEntries } from './store.ts'

export const auditPlace = (db: Database, organisation: string): PersonalPlace => ({
  name: 'audit log',
  async *find(sought) {
    const rows = await listPersonEntries(db, { organisation, patterns: likePatterns(sought), before: sought.before })
    for (const entry of rows)
      if (mentions(sought, entry))
        yield {
          fate: 'keep',
          why: 'The audit log is a chain that shows who did what here; an entry taken out would break it for everybody.',
          application: entry.application,
          content: entry,
        }
  },
})
