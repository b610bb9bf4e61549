/** SQL of rules that were tried. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { TryOut } from './try-out.ts'

export const own = tablesOf({ tryOuts: TryOut })

export async function addTryOut(tx: Tx, tryOut: TryOut): Promise<void> {
  await own(tx).insertInto('tryOuts').values(tryOut).execute()
}

export const listTryOuts = (
  db: Database | Tx,
  { organisation, limit }: { organisation: string; limit: number },
): Promise<TryOut[]> =>
  own(db)
    .selectFrom('tryOuts')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
