/** What mail keeps of people: whom something was told, and what. */
import { mentions, type Sought } from '../core/data-subject.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'
import { listMails, removeMail } from './store.ts'

const PAGE = 500

export const mailPlace = (db: Database, organisation: string): PersonalPlace => ({
  name: 'mails',
  async *find(sought) {
    for await (const mail of theirs(db, organisation, sought))
      yield { fate: 'remove', application: mail.application, content: mail }
  },
  async remove(sought, count) {
    for await (const { id } of theirs(db, organisation, sought))
      await inTransaction(db, async (tx) => count(tx, 'remove', await removeMail(tx, id)))
  },
})

async function* theirs(db: Database, organisation: string, sought: Sought) {
  for (let cursor: string | undefined; ; ) {
    const page = await listMails(db, organisation, { cursor, limit: PAGE })
    for (const mail of page)
      if (mail.at < sought.before && mentions(sought, [mail.to, mail.subject, mail.text])) yield mail
    cursor = page.at(-1)?.id
    if (cursor === undefined || page.length < PAGE) return
  }
}
