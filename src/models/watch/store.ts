/** All SQL of the watch over models. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { ModelProbe, ModelTask, type TaskId } from './contract.ts'

export const watchTables = tablesOf({ modelProbes: ModelProbe, modelTasks: ModelTask })

export async function addProbe(tx: Tx, probe: ModelProbe): Promise<void> {
  const { answers, responseModels, fingerprints, verdict } = probe
  await watchTables(tx)
    .insertInto('modelProbes')
    .values({
      ...probe,
      answers: json(answers),
      responseModels: json(responseModels),
      fingerprints: json(fingerprints),
      verdict: json(verdict),
    })
    .execute()
}

/** The newest first. */
export function listProbeRows(
  db: Database,
  filter: { organisation: string; model?: string | undefined; cursor?: ModelProbe['id'] | undefined; limit: number },
): Promise<ModelProbe[]> {
  let query = watchTables(db).selectFrom('modelProbes').selectAll().where('organisation', '=', filter.organisation)
  if (filter.model !== undefined) query = query.where('model', '=', filter.model)
  if (filter.cursor !== undefined) query = query.where('id', '<', filter.cursor)
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

/** The newest of each model. */
export const listNewestProbes = (db: Database, organisation: string): Promise<ModelProbe[]> =>
  watchTables(db)
    .selectFrom('modelProbes')
    .selectAll()
    .distinctOn('model')
    .where('organisation', '=', organisation)
    .orderBy('model')
    .orderBy('id', 'desc')
    .execute()

/** The one that later probes are held to. */
export const findReference = (
  db: Database,
  { organisation, model, probeSet }: Pick<ModelProbe, 'organisation' | 'model' | 'probeSet'>,
): Promise<ModelProbe | undefined> =>
  watchTables(db)
    .selectFrom('modelProbes')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('model', '=', model)
    .where('probeSet', '=', probeSet)
    .where('isReference', '=', true)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listTaskRows = (db: Database, organisation: string): Promise<ModelTask[]> =>
  watchTables(db)
    .selectFrom('modelTasks')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .execute()

/** False when the same thing has opened one already. */
export async function addTask(tx: Tx, task: ModelTask): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await watchTables(tx)
    .insertInto('modelTasks')
    .values({ ...task, applications: json(task.applications) })
    .onConflict((conflict) => conflict.columns(['organisation', 'key']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Undefined when it was closed already. */
export const closeTask = (
  tx: Tx,
  id: TaskId,
  closed: Pick<ModelTask, 'closedBy' | 'closedAt' | 'resolution'>,
): Promise<ModelTask | undefined> =>
  watchTables(tx)
    .updateTable('modelTasks')
    .set({ ...closed, state: 'done' })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
