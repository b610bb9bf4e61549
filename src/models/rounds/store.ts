/** All SQL of rounds. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { ModelRound, type ModelRoundId } from './contract.ts'

export const roundTables = tablesOf({ modelRounds: ModelRound })

export async function addRound(tx: Tx, round: ModelRound): Promise<void> {
  await roundTables(tx)
    .insertInto('modelRounds')
    .values({ ...round, steps: json(round.steps), outcome: json(round.outcome) })
    .execute()
}

/** Locked until the transaction ends, so that two steps at once both stand. */
export const lockRound = (tx: Tx, id: ModelRoundId): Promise<ModelRound | undefined> =>
  roundTables(tx).selectFrom('modelRounds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const findRound = (db: Database, id: ModelRoundId): Promise<ModelRound | undefined> =>
  roundTables(db).selectFrom('modelRounds').selectAll().where('id', '=', id).executeTakeFirst()

export async function changeRound(
  tx: Tx,
  id: ModelRoundId,
  { steps, outcome }: Pick<ModelRound, 'steps' | 'outcome'>,
): Promise<void> {
  await roundTables(tx)
    .updateTable('modelRounds')
    .set({ steps: json(steps), outcome: json(outcome) })
    .where('id', '=', id)
    .execute()
}

/** The newest first. */
export const listRoundRows = (
  db: Database | Tx,
  { organisation, application }: { organisation: string; application: string },
): Promise<ModelRound[]> =>
  roundTables(db)
    .selectFrom('modelRounds')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .orderBy('number', 'desc')
    .execute()
