/** A table that keeps something about people: its rows go, or what names the person in them is replaced. */
import type { Sought } from '../core/data-subject.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'

type Rows<Row> = {
  readonly db: Database
  readonly name: string
  readonly fate: 'remove' | 'replace'
  /** Their rows, from before the day that is sought. */
  readonly find: (sought: Sought) => Promise<readonly Row[]>
  readonly applicationOf: (row: Row) => string | null
  readonly act: (tx: Tx, row: Row, sought: Sought) => Promise<void>
}

export const rowsPlace = <Row>({ db, name, fate, find, applicationOf, act }: Rows<Row>): PersonalPlace => ({
  name,
  async *find(sought) {
    for (const content of await find(sought)) yield { fate, application: applicationOf(content), content }
  },
  async remove(sought, count) {
    const rows = await find(sought)
    await inTransaction(db, async (tx) => {
      for (const row of rows) await act(tx, row, sought)
      await count(tx, fate, rows.length)
    })
  },
})
