/** SQL of studies. */
import type { ActorId } from '../../core/actor.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Study, type StudyId, StudyPair, type StudyResults } from './study.ts'

export const own = tablesOf({ studies: Study, studyPairs: StudyPair })

const ROWS_AT_ONCE = 1000

export async function addStudy(tx: Tx, study: Study, pairs: readonly StudyPair[]): Promise<void> {
  const { dataset, arms, plan } = study
  await own(tx)
    .insertInto('studies')
    .values({ ...study, dataset: json(dataset), arms: json(arms), plan: json(plan), results: null })
    .execute()
  for (let at = 0; at < pairs.length; at += ROWS_AT_ONCE)
    await own(tx)
      .insertInto('studyPairs')
      .values(pairs.slice(at, at + ROWS_AT_ONCE))
      .execute()
}

export const findStudy = (db: Database | Tx, id: StudyId): Promise<Study | undefined> =>
  own(db).selectFrom('studies').selectAll().where('id', '=', id).executeTakeFirst()

export function listStudies(
  db: Database,
  ask: { organisation: string; application?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Study[]> {
  let query = own(db).selectFrom('studies').selectAll().where('organisation', '=', ask.organisation)
  if (ask.application !== undefined) query = query.where('application', '=', ask.application)
  if (ask.cursor !== undefined) query = query.where('id', '<', ask.cursor as StudyId)
  return query.orderBy('id', 'desc').limit(ask.limit).execute()
}

export const listPairs = (db: Database | Tx, study: StudyId): Promise<StudyPair[]> =>
  own(db).selectFrom('studyPairs').selectAll().where('study', '=', study).orderBy('number').execute()

/** False when somebody closed it before. */
export async function keepResults(
  tx: Tx,
  id: StudyId,
  { results, at, by }: { results: StudyResults; at: Instant; by: ActorId },
): Promise<boolean> {
  const kept = await own(tx)
    .updateTable('studies')
    .set({ results: json(results), closedAt: at, closedBy: by })
    .where('id', '=', id)
    .where('closedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}
