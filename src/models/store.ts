/** All SQL of models: the configured providers. */
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { ProviderRow } from './provider-row.ts'

export const modelsTables = tablesOf({ providers: ProviderRow })

export const listProviderRows = (db: Database, organisation: string): Promise<ProviderRow[]> =>
  modelsTables(db)
    .selectFrom('providers')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('name')
    .execute()

export async function saveProviderRow(tx: Tx, row: ProviderRow): Promise<void> {
  const values = { ...row, credentials: json(row.credentials), speaks: row.speaks && json(row.speaks) }
  await modelsTables(tx)
    .insertInto('providers')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'name']).doUpdateSet(values))
    .execute()
}

/** Each sealed key through the function. */
export async function resealProviders(tx: Tx, reseal: (sealed: string, owner: string) => string): Promise<number> {
  const rows = await modelsTables(tx).selectFrom('providers').select(['organisation', 'name', 'credentials']).execute()
  let changed = 0
  for (const { organisation, name, credentials } of rows) {
    const next = credentials.map((one) =>
      one.kind === 'sealed' ? { ...one, sealed: reseal(one.sealed, `${organisation}/${name}`) } : one,
    )
    changed += next.filter(({ kind }) => kind === 'sealed').length
    await modelsTables(tx)
      .updateTable('providers')
      .set({ credentials: json(next) })
      .where('organisation', '=', organisation)
      .where('name', '=', name)
      .execute()
  }
  return changed
}

/** False when there was none. */
export async function deleteProviderRow(tx: Tx, organisation: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await modelsTables(tx)
    .deleteFrom('providers')
    .where('organisation', '=', organisation)
    .where('name', '=', name)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
