/** All SQL of cards: what sources said, and when a provider's list was read. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { ListReading } from './list-reading.ts'
import { ModelSource, type SourceKind } from './source.ts'

export const cardTables = tablesOf({ modelSources: ModelSource, modelListReadings: ListReading })

export const listSources = (db: Database, organisation: string): Promise<ModelSource[]> =>
  cardTables(db)
    .selectFrom('modelSources')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('model')
    .orderBy('kind')
    .execute()

export async function saveSource(tx: Tx, source: ModelSource): Promise<void> {
  const values = { ...source, facts: json(source.facts), verified: json(source.verified) }
  await cardTables(tx)
    .insertInto('modelSources')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'model', 'kind']).doUpdateSet(values))
    .execute()
}

/** False when there was none. */
export async function deleteSource(
  tx: Tx,
  { organisation, model, kind }: { organisation: string; model: string; kind: SourceKind },
): Promise<boolean> {
  const { numDeletedRows } = await cardTables(tx)
    .deleteFrom('modelSources')
    .where('organisation', '=', organisation)
    .where('model', '=', model)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const listReadings = (db: Database, organisation: string): Promise<ListReading[]> =>
  cardTables(db)
    .selectFrom('modelListReadings')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('provider')
    .execute()

export async function saveReading(tx: Tx, reading: ListReading): Promise<void> {
  const { models, appeared, vanished, changed } = reading
  const values = {
    ...reading,
    models: json(models),
    appeared: json(appeared),
    vanished: json(vanished),
    changed: json(changed),
  }
  await cardTables(tx)
    .insertInto('modelListReadings')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation', 'provider']).doUpdateSet(values))
    .execute()
}
