/** SQL of datasets: what they are, their versions, the quarantine, and who read the holdout. */
import { type SqlBool, sql } from 'kysely'
import type { Name } from '../../core/names.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Dataset, DatasetVersion, HoldoutRead, QuarantinedRow } from './dataset.ts'
import { type FileProfile, ImportedFile } from './file-profile.ts'

export const own = tablesOf({
  datasets: Dataset,
  datasetVersions: DatasetVersion,
  datasetQuarantine: QuarantinedRow,
  datasetHoldoutReads: HoldoutRead,
  datasetImportedFiles: ImportedFile,
})

type Scope = { readonly organisation: string }

/** False when the name is taken. */
export async function addDataset(tx: Tx, { access, card, segments, limits, ...row }: Dataset): Promise<boolean> {
  const done = await own(tx)
    .insertInto('datasets')
    .values({ ...row, access: json(access), card: json(card), segments: json(segments), limits: json(limits) })
    .onConflict((conflict) => conflict.columns(['organisation', 'name']).doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows) > 0
}

export const findDataset = (db: Database | Tx, { organisation }: Scope, name: string): Promise<Dataset | undefined> =>
  own(db)
    .selectFrom('datasets')
    .selectAll()
    .where('organisation', '=', organisation)
    .where(sql<SqlBool>`name = ${name}`)
    .executeTakeFirst()

export function listDatasets(
  db: Database,
  filter: Scope & { application?: string | undefined; after?: string | undefined; limit: number },
): Promise<Dataset[]> {
  let query = own(db).selectFrom('datasets').selectAll().where('organisation', '=', filter.organisation)
  if (filter.application !== undefined) query = query.where(sql<SqlBool>`application = ${filter.application}`)
  if (filter.after !== undefined) query = query.where(sql<SqlBool>`name > ${filter.after}`)
  return query.orderBy('name').limit(filter.limit).execute()
}

export async function changeDataset(
  tx: Tx,
  id: Dataset['id'],
  { access, card, segments, limits, ...change }: Partial<Omit<Dataset, 'id' | 'organisation' | 'latest'>>,
): Promise<void> {
  await own(tx)
    .updateTable('datasets')
    .set({
      ...change,
      ...(access && { access: json(access) }),
      ...(card && { card: json(card) }),
      ...(segments && { segments: json(segments) }),
      ...(limits && { limits: json(limits) }),
    })
    .where('id', '=', id)
    .execute()
}

/** Keeps a version as the newest one. False when somebody else made one of that number. */
export async function addVersion(tx: Tx, version: DatasetVersion): Promise<boolean> {
  const moved = await own(tx)
    .updateTable('datasets')
    .set({ latest: version.number })
    .where('id', '=', version.dataset)
    .where('latest', '=', version.number - 1)
    .executeTakeFirst()
  if (Number(moved.numUpdatedRows) === 0) return false
  await own(tx)
    .insertInto('datasetVersions')
    .values({
      ...version,
      splits: json(version.splits),
      chunks: json(version.chunks),
      lineage: json(version.lineage),
    })
    .execute()
  return true
}

export const findVersion = (
  db: Database | Tx,
  dataset: Dataset['id'],
  number: number,
): Promise<DatasetVersion | undefined> =>
  own(db)
    .selectFrom('datasetVersions')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('number', '=', number)
    .executeTakeFirst()

/** Versions with the same rows, the newest first. */
export const findVersionByDigest = (
  db: Database,
  { organisation, digest }: Scope & Pick<DatasetVersion, 'digest'>,
): Promise<(Pick<DatasetVersion, 'digest'> & { dataset: Name; application: Name | null; version: number })[]> =>
  own(db)
    .selectFrom('datasetVersions')
    .innerJoin('datasets', 'datasets.id', 'datasetVersions.dataset')
    .select(['datasets.name as dataset', 'datasets.application', 'datasetVersions.number as version'])
    .select('datasetVersions.digest')
    .where('datasetVersions.organisation', '=', organisation)
    .where('datasetVersions.digest', '=', digest)
    .orderBy('datasetVersions.at', 'desc')
    .execute()

/** The newest first; `before` is the number that the page before ended with. */
export function listVersions(
  db: Database,
  { dataset, before, limit }: { dataset: Dataset['id']; before?: number | undefined; limit: number },
): Promise<Omit<DatasetVersion, 'chunks'>[]> {
  let query = own(db)
    .selectFrom('datasetVersions')
    .select(['dataset', 'organisation', 'number', 'digest', 'rows', 'splits', 'synthetic', 'reason', 'lineage'])
    .select(['added', 'removed', 'changed', 'quarantined', 'at', 'by'])
    .where('dataset', '=', dataset)
  if (before !== undefined) query = query.where('number', '<', before)
  return query.orderBy('number', 'desc').limit(limit).execute()
}

/** The rows travel as one JSON value, as in a large import thousands may be refused. */
export async function addQuarantined(tx: Tx, rows: readonly QuarantinedRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into dataset_quarantine (id, dataset, organisation, kind, file, line, field, message, remedy, text, example,
      decision, decided_by, reason, at)
    select id, dataset, organisation, kind, file, line, field, message, remedy, text, example, decision, "decidedBy",
      reason, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, dataset text, organisation text,
      kind text, file text, line int, field text, message text, remedy text, text text, example jsonb, decision text,
      "decidedBy" text, reason text, at timestamptz)`.execute(tx)
}

/** What models made, in the order in which it came. */
export const listGenerated = (db: Database | Tx, dataset: Dataset['id']): Promise<QuarantinedRow[]> =>
  own(db)
    .selectFrom('datasetQuarantine')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('kind', '=', 'generated')
    .orderBy('id')
    .execute()

/** What waits, in the order in which it came. */
export function listWaiting(
  db: Database | Tx,
  { dataset, after, limit }: { dataset: Dataset['id']; after?: string | undefined; limit: number },
): Promise<QuarantinedRow[]> {
  let query = own(db)
    .selectFrom('datasetQuarantine')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('decision', 'is', null)
  if (after !== undefined) query = query.where(sql<SqlBool>`id > ${after}`)
  return query.orderBy('id').limit(limit).execute()
}

export const findWaiting = (
  db: Database | Tx,
  dataset: Dataset['id'],
  ids: readonly QuarantinedRow['id'][],
): Promise<QuarantinedRow[]> =>
  own(db)
    .selectFrom('datasetQuarantine')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('decision', 'is', null)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()

/** How many of each kind wait. */
export async function countWaiting(
  db: Database | Tx,
  dataset: Dataset['id'],
): Promise<{ kind: QuarantinedRow['kind']; count: number }[]> {
  const found = await own(db)
    .selectFrom('datasetQuarantine')
    .select(['kind', sql<string>`count(*)`.as('count')])
    .where('dataset', '=', dataset)
    .where('decision', 'is', null)
    .groupBy('kind')
    .execute()
  return found.map(({ kind, count }) => ({ kind, count: Number(count) }))
}

/** Decides on rows that still wait, and returns how many that were. */
export async function decideQuarantined(
  tx: Tx,
  ids: readonly QuarantinedRow['id'][],
  decided: Pick<QuarantinedRow, 'decision' | 'decidedBy' | 'reason'>,
): Promise<number> {
  const done = await own(tx)
    .updateTable('datasetQuarantine')
    .set(decided)
    .where('id', 'in', ids)
    .where('decision', 'is', null)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** Rows of the quarantine whose words may name a person; patterns are a JSON list for `ilike`. */
export const listPersonQuarantined = (
  db: Database,
  { patterns, before }: { patterns: string; before: Instant },
): Promise<QuarantinedRow[]> =>
  own(db)
    .selectFrom('datasetQuarantine')
    .selectAll()
    .where('at', '<', before)
    .where(
      sql<SqlBool>`(text || ' ' || coalesce(example::text, '')) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`,
    )
    .orderBy('id')
    .execute()

export const removeQuarantined = async (tx: Tx, id: QuarantinedRow['id']): Promise<void> => {
  await own(tx).deleteFrom('datasetQuarantine').where('id', '=', id).execute()
}

export const addHoldoutRead = async (db: Database | Tx, row: HoldoutRead): Promise<void> => {
  await own(db).insertInto('datasetHoldoutReads').values(row).execute()
}

export async function countHoldoutReads(db: Database | Tx, dataset: Dataset['id'], since: Instant): Promise<number> {
  const found = await own(db)
    .selectFrom('datasetHoldoutReads')
    .select(sql<string>`count(*)`.as('count'))
    .where('dataset', '=', dataset)
    .where('at', '>=', since)
    .executeTakeFirst()
  return Number(found?.count ?? 0)
}

/** The newest first. */
export const listHoldoutReads = (db: Database | Tx, dataset: Dataset['id'], limit: number): Promise<HoldoutRead[]> =>
  own(db)
    .selectFrom('datasetHoldoutReads')
    .selectAll()
    .where('dataset', '=', dataset)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const addImportedFile = async (tx: Tx, { profile, ...row }: ImportedFile): Promise<void> => {
  await own(tx)
    .insertInto('datasetImportedFiles')
    .values({ ...row, profile: json(profile) })
    .execute()
}

/** The newest first; `before` is the id that the page before ended with. */
export function listImportedFiles(
  db: Database,
  { dataset, before, limit }: { dataset: Dataset['id']; before?: string | undefined; limit: number },
): Promise<ImportedFile[]> {
  let query = own(db).selectFrom('datasetImportedFiles').selectAll().where('dataset', '=', dataset)
  if (before !== undefined) query = query.where(sql<SqlBool>`id < ${before}`)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Files whose names or values may name a person; patterns are a JSON list for `ilike`. */
export const listPersonImportedFiles = (
  db: Database,
  { patterns, before }: { patterns: string; before: Instant },
): Promise<ImportedFile[]> =>
  own(db)
    .selectFrom('datasetImportedFiles')
    .selectAll()
    .where('at', '<', before)
    .where(
      sql<SqlBool>`(file || ' ' || profile::text) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`,
    )
    .orderBy('id')
    .execute()

export const changeImportedFile = async (
  tx: Tx,
  id: ImportedFile['id'],
  { file, profile }: { file: string; profile: FileProfile },
): Promise<void> => {
  await own(tx)
    .updateTable('datasetImportedFiles')
    .set({ file, profile: json(profile) })
    .where('id', '=', id)
    .execute()
}
