/** SQL of training records. */
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { TrainingRecord, type TrainingRecordId } from './record.ts'

export const own = tablesOf({ trainingRecords: TrainingRecord })

/** Adds the record, or gives the one of this person, module and day the new score; keeps its id. */
export async function saveTrainingRecord(tx: Tx, record: TrainingRecord): Promise<void> {
  const { score, expiresAt, example, importedAt, importedBy } = record
  await own(tx)
    .insertInto('trainingRecords')
    .values(record)
    .onConflict((on) =>
      on
        .columns(['organisation', 'person', 'module', 'completedAt'])
        .doUpdateSet({ score, expiresAt, example, importedAt, importedBy }),
    )
    .execute()
}

export function listTrainingRecords(
  db: Database | Tx,
  {
    organisation,
    person,
    after,
    limit,
  }: { organisation: string; person?: string | undefined; after?: TrainingRecordId | undefined; limit: number },
): Promise<TrainingRecord[]> {
  let query = own(db).selectFrom('trainingRecords').selectAll().where('organisation', '=', organisation)
  if (person !== undefined) query = query.where('person', 'ilike', person.replace(/[\\%_]/g, '\\$&'))
  if (after !== undefined) query = query.where('id', '>', after)
  return query.orderBy('id').limit(limit).execute()
}

export const listAllTrainingRecords = (db: Database | Tx, organisation: string): Promise<TrainingRecord[]> =>
  own(db).selectFrom('trainingRecords').selectAll().where('organisation', '=', organisation).orderBy('id').execute()
