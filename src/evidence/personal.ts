/** What evidence says of people: reasons of those who attested, above all. It is signed and stays. */
import { mentions } from '../core/data-subject.ts'
import type { Database } from '../store/database.ts'
import { likePatterns, type PersonalPlace } from '../store/personal-data.ts'
import { listPersonEvidence } from './store.ts'

export const evidencePlace = (db: Database, organisation: string): PersonalPlace => ({
  name: 'evidence',
  async *find(sought) {
    const rows = await listPersonEvidence(db, { organisation, patterns: likePatterns(sought), before: sought.before })
    for (const evidence of rows)
      if (mentions(sought, evidence))
        yield {
          fate: 'keep',
          why: 'Evidence is signed, and decisions about releases rest on it: it is kept as long as the law asks for the record.',
          application: evidence.application,
          content: evidence,
        }
  },
})
