/** SQL of outside runs. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { OutsideRun, type OutsideRunId } from './row.ts'

export const own = tablesOf({ outsideRuns: OutsideRun })

type Of = { readonly organisation: string; readonly application: string }

export async function addRun(tx: Tx, run: OutsideRun): Promise<void> {
  const { producer, figures, parameters, tags, datasets, tests, counts, evidence } = run
  await own(tx)
    .insertInto('outsideRuns')
    .values({
      ...run,
      producer: json(producer),
      figures: json(figures),
      parameters: json(parameters),
      tags: json(tags),
      datasets: json(datasets),
      tests: json(tests),
      counts: json(counts),
      evidence: json(evidence),
    })
    .execute()
}

export const findRun = (db: Database, id: OutsideRunId): Promise<OutsideRun | undefined> =>
  own(db).selectFrom('outsideRuns').selectAll().where('id', '=', id).executeTakeFirst()

export const findRunByDigest = (
  db: Database,
  { organisation, application, digest }: Of & Pick<OutsideRun, 'digest'>,
): Promise<OutsideRun | undefined> =>
  own(db)
    .selectFrom('outsideRuns')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .where('digest', '=', digest)
    .executeTakeFirst()

const { tests: _, ...SHOWN } = OutsideRun.shape
const SHOWN_COLUMNS = Object.keys(SHOWN) as Exclude<keyof OutsideRun, 'tests'>[]

/** Newest first, without their tests. */
export function listRuns(
  db: Database,
  { organisation, application }: Of,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Omit<OutsideRun, 'tests'>[]> {
  let query = own(db)
    .selectFrom('outsideRuns')
    .select(SHOWN_COLUMNS)
    .where('organisation', '=', organisation)
    .where('application', '=', application)
  if (cursor !== undefined) query = query.where('id', '<', cursor as OutsideRunId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
