/** SQL of training records. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { NamedLearner } from './learner.ts'
import { KeptPolicy } from './policy.ts'
import { TrainingRecord, type TrainingRecordId } from './record.ts'

export const own = tablesOf({
  trainingRecords: TrainingRecord,
  trainingPolicies: KeptPolicy,
  namedLearners: NamedLearner,
})

/** Adds the record, or gives the one of this person, module and day the new score; keeps its id. */
export async function saveTrainingRecord(tx: Tx, record: TrainingRecord): Promise<void> {
  const { score, expiresAt, source, version, example, importedAt, importedBy } = record
  await own(tx)
    .insertInto('trainingRecords')
    .values(record)
    .onConflict((on) =>
      on
        .columns(['organisation', 'person', 'module', 'completedAt'])
        .doUpdateSet({ score, expiresAt, source, version, example, importedAt, importedBy }),
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

export async function removeRecord(tx: Tx, id: TrainingRecordId): Promise<void> {
  await own(tx).deleteFrom('trainingRecords').where('id', '=', id).execute()
}

export async function addPolicy(tx: Tx, kept: KeptPolicy): Promise<void> {
  await own(tx)
    .insertInto('trainingPolicies')
    .values({ ...kept, policy: json(kept.policy) })
    .execute()
}

export const newestPolicy = (db: Database | Tx, organisation: string): Promise<KeptPolicy | undefined> =>
  own(db)
    .selectFrom('trainingPolicies')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Of one application, or of all. */
export function listLearners(
  db: Database | Tx,
  { organisation, application }: { organisation: string; application?: string | undefined },
): Promise<NamedLearner[]> {
  const query = own(db).selectFrom('namedLearners').selectAll().where('organisation', '=', organisation)
  return (application === undefined ? query : query.where('application', '=', application)).orderBy('id').execute()
}

export async function replaceLearners(
  tx: Tx,
  { organisation, application, learners }: { organisation: string; application: string; learners: NamedLearner[] },
): Promise<void> {
  await own(tx)
    .deleteFrom('namedLearners')
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .execute()
  if (learners.length > 0) await own(tx).insertInto('namedLearners').values(learners).execute()
}

export async function removeLearner(tx: Tx, id: NamedLearner['id']): Promise<void> {
  await own(tx).deleteFrom('namedLearners').where('id', '=', id).execute()
}
