/** SQL of data quality: runs, and what people said of expected answers. */
import { type SqlBool, sql } from 'kysely'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { LabelAnswer, QualityRun } from './run.ts'

export const own = tablesOf({ qualityRuns: QualityRun, labelAnswers: LabelAnswer })

export const addRun = async (tx: Tx, run: QualityRun): Promise<void> => {
  await own(tx)
    .insertInto('qualityRuns')
    .values({ ...run, measures: json(run.measures), profile: json(run.profile) })
    .execute()
}

/** The newest first. */
export function listRuns(
  db: Database,
  {
    organisation,
    dataset,
    after,
    limit,
  }: { organisation: string; dataset: string; after?: string | undefined; limit: number },
): Promise<QualityRun[]> {
  let query = own(db)
    .selectFrom('qualityRuns')
    .selectAll()
    .where('organisation', '=', organisation)
    .where(sql<SqlBool>`dataset = ${dataset}`)
  if (after !== undefined) query = query.where(sql<SqlBool>`id < ${after}`)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** A later word of the same person replaces the earlier one. */
export const saveLabel = async (tx: Tx, row: LabelAnswer): Promise<void> => {
  await own(tx)
    .insertInto('labelAnswers')
    .values(row)
    .onConflict((on) => on.columns(['organisation', 'dataset', 'mark', 'by']).doUpdateSet(row))
    .execute()
}

export const listLabels = (db: Database, organisation: string, dataset: string | undefined): Promise<LabelAnswer[]> => {
  const all = own(db).selectFrom('labelAnswers').selectAll().where('organisation', '=', organisation)
  return (dataset === undefined ? all : all.where(sql<SqlBool>`dataset = ${dataset}`)).execute()
}
