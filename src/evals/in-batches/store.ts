/** SQL of batches. */
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import type { ExperimentId } from '../experiment.ts'
import { Batch, type BatchId, type BatchState } from './batch.ts'

export const own = tablesOf({ experimentBatches: Batch })

export async function addBatch(db: Database, batch: Batch): Promise<void> {
  await own(db)
    .insertInto('experimentBatches')
    .values({ ...batch, rows: json(batch.rows), bound: json(batch.bound) })
    .execute()
}

/** Those of an experiment in the order in which they were made. */
export const listBatches = (
  db: Database,
  experiment: ExperimentId,
  states: readonly BatchState[] = ['sending', 'sent', 'ended', 'taken'],
): Promise<Batch[]> =>
  own(db)
    .selectFrom('experimentBatches')
    .selectAll()
    .where('experiment', '=', experiment)
    .where('state', 'in', states)
    .orderBy('id')
    .execute()

/** What a provider has or had or is sent, and nobody has taken yet; without the rows, of which there may be many. */
export const listOpen = (db: Database, organisation: string): Promise<Omit<Batch, 'rows'>[]> =>
  own(db)
    .selectFrom('experimentBatches')
    .select([
      ...(['id', 'organisation', 'experiment', 'model', 'sentAs', 'state', 'bound'] as const),
      ...(['problem', 'at', 'lookAt', 'endedAt'] as const),
    ])
    .where('organisation', '=', organisation)
    .where('state', 'in', ['sending', 'sent', 'ended'])
    .execute()

/** By which the provider knows those that were sent since then. */
export async function sentIds(
  db: Database,
  { organisation, model, since }: { organisation: string; model: string; since: Instant },
): Promise<string[]> {
  const rows = await own(db)
    .selectFrom('experimentBatches')
    .select('sentAs')
    .where('organisation', '=', organisation)
    .where('model', '=', model)
    .where('at', '>=', since)
    .where('sentAs', 'is not', null)
    .execute()
  return rows.flatMap(({ sentAs }) => sentAs ?? [])
}

/** Changes a batch that is in this state. Returns whether it was. */
export async function changeBatch(
  db: Database | Tx,
  id: BatchId,
  from: BatchState,
  change: Partial<Pick<Batch, 'state' | 'sentAs' | 'problem' | 'lookAt' | 'endedAt'>>,
): Promise<boolean> {
  const done = await own(db)
    .updateTable('experimentBatches')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

/** One that nobody was sent. */
export async function removeBatch(db: Database, id: BatchId): Promise<void> {
  await own(db).deleteFrom('experimentBatches').where('id', '=', id).where('state', '=', 'sending').execute()
}
