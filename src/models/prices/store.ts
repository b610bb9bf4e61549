/** All SQL of prices. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { OwnPriceRow, PriceBookRow, PricePolicyRow } from './rows.ts'

export const priceTables = tablesOf({
  own_prices: OwnPriceRow,
  price_books: PriceBookRow,
  price_policies: PricePolicyRow,
})

/** In the order in which they were put. */
export const listOwnPriceRows = (db: Database | Tx, organisation: string): Promise<OwnPriceRow[]> =>
  priceTables(db)
    .selectFrom('own_prices')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('model')
    .orderBy('version')
    .execute()

export async function addOwnPriceRow(tx: Tx, row: OwnPriceRow): Promise<void> {
  await priceTables(tx)
    .insertInto('own_prices')
    .values({ ...row, rates: row.rates && json(row.rates) })
    .execute()
}

/** A book that is kept already stays as it is. */
export async function keepPriceBookRow(db: Database | Tx, row: PriceBookRow): Promise<void> {
  await priceTables(db)
    .insertInto('price_books')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organisation', 'digest']).doNothing())
    .execute()
}

export const findPriceBookRow = (
  db: Database,
  by: Pick<PriceBookRow, 'organisation' | 'digest'>,
): Promise<PriceBookRow | undefined> =>
  priceTables(db)
    .selectFrom('price_books')
    .selectAll()
    .where('organisation', '=', by.organisation)
    .where('digest', '=', by.digest)
    .executeTakeFirst()

export const listPricePolicyRows = (db: Database, organisation: string): Promise<PricePolicyRow[]> =>
  priceTables(db)
    .selectFrom('price_policies')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('scope', 'desc')
    .orderBy('name')
    .execute()

export async function savePricePolicyRow(tx: Tx, row: PricePolicyRow): Promise<void> {
  await priceTables(tx)
    .insertInto('price_policies')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organisation', 'scope', 'name']).doUpdateSet(row))
    .execute()
}

export async function deletePricePolicyRow(
  tx: Tx,
  by: Pick<PricePolicyRow, 'organisation' | 'scope' | 'name'>,
): Promise<void> {
  await priceTables(tx)
    .deleteFrom('price_policies')
    .where('organisation', '=', by.organisation)
    .where('scope', '=', by.scope)
    .where('name', '=', by.name)
    .execute()
}
