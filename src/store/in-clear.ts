/** Rows of a table that were written before what they say was sealed: how a page of them is sealed, whichever they are. */
import type { ContentSeal } from '../kernel/content-seal.ts'
import type { Database } from './database.ts'

/** Seals the page behind `after`, and says how many rows it had and which was its last; none at the end. */
export type InClear = (
  db: Database,
  ask: { seal: ContentSeal; after: unknown; limit: number },
) => Promise<{ rows: number; last: unknown }>

export const inClear =
  <Row, Closed>(kind: {
    /** In an order that a row says where it stands in. */
    readonly list: (db: Database, after: Row | undefined, limit: number) => Promise<Row[]>
    readonly close: (row: Row, seal: ContentSeal) => Closed
    /** Leaves what was sealed meanwhile as it is. */
    readonly write: (db: Database, rows: readonly Closed[]) => Promise<void>
  }): InClear =>
  async (db, { seal, after, limit }) => {
    const page = await kind.list(db, after as Row | undefined, limit)
    if (page.length > 0)
      await kind.write(
        db,
        page.map((row) => kind.close(row, seal)),
      )
    return { rows: page.length, last: page.at(-1) }
  }
