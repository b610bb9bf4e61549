/** SQL of delivery, over its own tables. */
import { sql } from 'kysely'
import type { ApplicationId } from '../core/application.ts'
import { type LiveOversight, oversightOf } from '../core/oversight.ts'
import { Release, type ReleaseId } from '../core/release.ts'
import { Waiver, type WaiverId } from '../core/verdict.ts'
import type { Digest } from '../kernel/digest.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { Promotion } from './promotion.ts'
import { BlueprintFileRow, LiveStageRow, LiveVersionRow, StagesAccess, StoredApplication } from './rows.ts'

export const own = tablesOf({
  applications: StoredApplication,
  blueprintFiles: BlueprintFileRow,
  releases: Release,
  promotions: Promotion,
  waivers: Waiver,
  liveStages: LiveStageRow,
  liveVersions: LiveVersionRow,
})

type Reader = Database | Tx
export type Cut = { readonly cursor?: string | undefined; readonly limit: number }
const ROWS_AT_ONCE = 1000

// Applications and their blueprints

export async function addApplication(tx: Tx, row: StoredApplication): Promise<void> {
  const { documents, rollouts } = row
  await own(tx)
    .insertInto('applications')
    .values({ ...row, documents: json(documents), rollouts: json(rollouts) })
    .execute()
}

/** Changes an application, if its blueprint is still `expected`. Returns whether it was. */
export async function changeApplication(
  tx: Tx,
  id: ApplicationId,
  change: Pick<StoredApplication, 'description' | 'blueprint' | 'documents' | 'rollouts' | 'updatedAt'>,
): Promise<void> {
  await own(tx)
    .updateTable('applications')
    .set({ ...change, documents: json(change.documents), rollouts: json(change.rollouts) })
    .where('id', '=', id)
    .execute()
}

export const findApplication = (
  db: Reader,
  organisation: string,
  name: string,
): Promise<StoredApplication | undefined> =>
  own(db)
    .selectFrom('applications')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('name', '=', name)
    .executeTakeFirst()

/** Keeps others from changing the application, its releases and its stages until the transaction ends. */
export const lockApplication = async (tx: Tx, organisation: string, name: string): Promise<void> => {
  await own(tx)
    .selectFrom('applications')
    .select('id')
    .where('organisation', '=', organisation)
    .where('name', '=', name)
    .forUpdate()
    .execute()
}

export const listApplications = (
  db: Reader,
  organisation: string,
  { cursor, limit }: Cut,
): Promise<StoredApplication[]> => {
  let query = own(db).selectFrom('applications').selectAll().where('organisation', '=', organisation)
  if (cursor !== undefined) query = query.where('name', '>', cursor)
  return query.orderBy('name').limit(limit).execute()
}

type Named = Pick<StoredApplication, 'name' | 'description'>
export const listNames = async (db: Reader, of: string): Promise<Named[]> =>
  (await sql<Named>`select name, description from applications where organisation = ${of} order by name`.execute(db))
    .rows

export const saveFrozenBlueprint = async (tx: Tx, id: ApplicationId, frozenBlueprint: Digest): Promise<void> => {
  await own(tx).updateTable('applications').set({ frozenBlueprint }).where('id', '=', id).execute()
}

export const listFiles = (db: Reader, application: ApplicationId): Promise<BlueprintFileRow[]> =>
  own(db).selectFrom('blueprintFiles').selectAll().where('application', '=', application).orderBy('path').execute()

/** Digests of all files of all blueprints as they are now. */
export const listFileDigests = async (db: Reader, organisation: string): Promise<Digest[]> =>
  (
    await own(db)
      .selectFrom('blueprintFiles')
      .select('digest')
      .distinct()
      .where('organisation', '=', organisation)
      .execute()
  ).map(({ digest }) => digest)

export async function replaceFiles(
  tx: Tx,
  application: ApplicationId,
  rows: readonly BlueprintFileRow[],
): Promise<void> {
  await own(tx).deleteFrom('blueprintFiles').where('application', '=', application).execute()
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await own(tx)
      .insertInto('blueprintFiles')
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .execute()
}

// Releases, promotions, waivers

export async function addRelease(tx: Tx, release: Release): Promise<void> {
  await own(tx)
    .insertInto('releases')
    .values({ ...release, manifest: json(release.manifest) })
    .execute()
}

export const findRelease = (db: Reader, id: ReleaseId): Promise<Release | undefined> =>
  own(db).selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirst()

export const findReleases = async (db: Reader, ids: readonly ReleaseId[]): Promise<Release[]> =>
  ids.length === 0 ? [] : own(db).selectFrom('releases').selectAll().where('id', 'in', ids).execute()

export const findReleaseByDigest = (
  db: Reader,
  application: ApplicationId,
  digest: Digest,
): Promise<Release | undefined> =>
  own(db)
    .selectFrom('releases')
    .selectAll()
    .where('applicationId', '=', application)
    .where('digest', '=', digest)
    .executeTakeFirst()

/** Newest first. */
export const listReleases = (db: Reader, application: ApplicationId, { cursor, limit }: Cut): Promise<Release[]> => {
  let query = own(db).selectFrom('releases').selectAll().where('applicationId', '=', application)
  if (cursor !== undefined) query = query.where('number', '<', Number(cursor))
  return query.orderBy('number', 'desc').limit(limit).execute()
}

export async function readReleaseNumbers(
  db: Reader,
  ids: readonly ReleaseId[],
): Promise<ReadonlyMap<ReleaseId, number>> {
  const rows = await own(db).selectFrom('releases').select(['id', 'number']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, number }) => [id, number]))
}

export const addPromotion = async (tx: Tx, promotion: Promotion): Promise<void> => {
  await own(tx)
    .insertInto('promotions')
    .values({ ...promotion, gate: json(promotion.gate) })
    .execute()
}

type Filter = { organisation: string; application?: string | undefined; release?: ReleaseId | undefined }

export function listPromotions(
  db: Reader,
  { organisation, application, release }: Filter,
  { cursor, limit }: Cut,
): Promise<Promotion[]> {
  let query = own(db).selectFrom('promotions').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (release !== undefined) query = query.where('release', '=', release)
  if (cursor !== undefined) query = query.where('id', '<', cursor as Promotion['id'])
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export type PromotionMark = Pick<Promotion, 'application' | 'release' | 'into' | 'at'>

export const listPromotionMarks = (
  db: Reader,
  organisation: string,
  ...applications: readonly string[]
): Promise<PromotionMark[]> =>
  own(db)
    .selectFrom('promotions')
    .select(['application', 'release', 'into', 'at'])
    .where('organisation', '=', organisation)
    .where('application', 'in', applications)
    .orderBy('id')
    .execute()

export const addWaiver = async (tx: Tx, waiver: Waiver): Promise<void> => {
  await own(tx).insertInto('waivers').values(waiver).execute()
}

export const findWaiver = (db: Reader, id: WaiverId): Promise<Waiver | undefined> =>
  own(db).selectFrom('waivers').selectAll().where('id', '=', id).executeTakeFirst()

/** Moves a waiver on; undefined when it is in none of the states that it may come from. */
export const moveWaiver = (
  tx: Tx,
  id: WaiverId,
  from: readonly Waiver['state'][],
  to: Pick<Waiver, 'state'> & Partial<Waiver>,
): Promise<Waiver | undefined> =>
  own(tx)
    .updateTable('waivers')
    .set(to)
    .where('id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst()

export function listWaivers(
  db: Reader,
  { organisation, application, release, state }: Filter & { state?: Waiver['state'] | undefined },
  { cursor, limit }: Cut,
): Promise<Waiver[]> {
  let query = own(db).selectFrom('waivers').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (release !== undefined) query = query.where('release', '=', release)
  if (state !== undefined) query = query.where('state', '=', state)
  if (cursor !== undefined) query = query.where('id', '<', cursor as WaiverId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

// What is live

export const listLiveStages = (
  db: Reader,
  organisation: string,
  ...applications: readonly string[]
): Promise<LiveStageRow[]> => {
  const query = own(db).selectFrom('liveStages').selectAll().where('organisation', '=', organisation)
  return (applications.length === 0 ? query : query.where('application', 'in', applications)).execute()
}

/** The documents that the gateway reads: who may use which stage, and which answers a person looks at. */
export const LIVE_DOCUMENTS = ['access', 'oversight'] as const

/** Of the applications that have one of them. */
export const listLiveDocuments = async (
  db: Reader,
  organisation: string,
): Promise<Map<string, { access: StagesAccess; oversight: LiveOversight | undefined }>> => {
  const rows = await own(db)
    .selectFrom('applications')
    .select(['name', 'documents'])
    .where('organisation', '=', organisation)
    .where(sql<boolean>`documents ?| ${sql.val([...LIVE_DOCUMENTS])}::text[]`)
    .execute()
  return new Map(
    rows.map(({ name, documents }) => [
      name,
      { access: StagesAccess.catch({}).parse(documents.access?.value), oversight: liveOversightOf(documents) },
    ]),
  )
}

/** A plan under which no answer is looked at is none to the gateway. */
function liveOversightOf(documents: StoredApplication['documents']): LiveOversight | undefined {
  const plan = oversightOf(documents)
  const kinds = plan?.kinds.filter(({ action }) => action !== 'nothing') ?? []
  return plan && kinds.length > 0 ? { kinds, waitMinutes: plan.waitMinutes } : undefined
}

export const saveLiveStage = async (tx: Tx, row: LiveStageRow): Promise<void> => {
  await own(tx)
    .insertInto('liveStages')
    .values(row)
    .onConflict((on) =>
      on.columns(['organisation', 'application', 'stage']).doUpdateSet({ release: row.release, since: row.since }),
    )
    .execute()
}

export const raiseLiveVersion = async (tx: Tx, organisation: string): Promise<void> => {
  await own(tx)
    .insertInto('liveVersions')
    .values({ organisation, version: 1 })
    .onConflict((on) => on.column('organisation').doUpdateSet({ version: sql<number>`live_versions.version + 1` }))
    .execute()
}

export const readLiveVersion = async (db: Reader, organisation: string): Promise<number> =>
  (
    await own(db)
      .selectFrom('liveVersions')
      .select('version')
      .where('organisation', '=', organisation)
      .executeTakeFirst()
  )?.version ?? 0
