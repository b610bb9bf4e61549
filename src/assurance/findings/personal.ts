/**
 * What findings say of people: an attack may have brought a person's words to light. They are taken out of the finding,
 * whose course stays; a signed report stays as it was signed.
 */
import { mentions, type Sought, TOMBSTONE } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import type { Found } from './finding.ts'
import { listAllReports, listFindings, rewordFinding } from './store.ts'

const PAGE = 500
const WHY = 'A report is kept as its author signed it; a changed one would be nobody’s word.'

export const findingsPlace = (db: Database, organisation: string): PersonalPlace => ({
  name: 'findings',
  async *find(sought) {
    for await (const finding of theirs(db, organisation, sought))
      yield { fate: 'replace', application: finding.application, content: finding }
    for (const { envelope, ...report } of await listAllReports(db, organisation)) {
      const payload = Buffer.from(envelope.payload, 'base64').toString('utf8')
      if (report.at < sought.before && mentions(sought, [report.author, payload]))
        yield { fate: 'keep', why: WHY, application: report.application, content: { ...report, payload } }
    }
  },
  async remove(sought, count) {
    for await (const { id, title, detail, owner, notes } of theirs(db, organisation, sought)) {
      const without = (text: string) => (mentions(sought, text) ? TOMBSTONE : text)
      await inTransaction(db, async (tx) => {
        await rewordFinding(tx, id, {
          title: without(title),
          detail: without(detail),
          owner: without(owner),
          notes: notes.map((one) => ({ ...one, note: without(one.note) })),
        })
        await count(tx, 'replace', 1)
      })
    }
  },
})

async function* theirs(db: Database, organisation: string, sought: Sought): AsyncGenerator<Found> {
  for (let cursor: string | undefined; ; ) {
    const page = await listFindings(db, { organisation }, { cursor, limit: PAGE })
    for (const finding of page) {
      const { title, detail, owner, notes } = finding
      const said = [title, detail, owner, ...notes.map(({ note }) => note)]
      if (finding.createdAt < sought.before && mentions(sought, said)) yield finding
    }
    cursor = page.at(-1)?.id
    if (cursor === undefined || page.length < PAGE) return
  }
}
