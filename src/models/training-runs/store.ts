/** All SQL of training runs. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { TrainingRun } from './training-run.ts'

export const trainingRunTables = tablesOf({ modelTrainingRuns: TrainingRun })

/** The newest first. */
export const listRunRows = (db: Database, organisation: string): Promise<TrainingRun[]> =>
  trainingRunTables(db)
    .selectFrom('modelTrainingRuns')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .execute()

/** False when the same was recorded already. */
export async function addRunRow(tx: Tx, run: TrainingRun): Promise<boolean> {
  const added = await trainingRunTables(tx)
    .insertInto('modelTrainingRuns')
    .values({ ...run, ...valuesOf(run) })
    .onConflict((conflict) => conflict.columns(['organisation', 'digest']).doNothing())
    .executeTakeFirst()
  return Number(added.numInsertedOrUpdatedRows) > 0
}

/** The same record without the words of a person who was deleted; nothing else changes a record. */
export async function rewordRunRow(tx: Tx, run: TrainingRun): Promise<void> {
  const { teacher, note, mlflowRun } = run
  await trainingRunTables(tx)
    .updateTable('modelTrainingRuns')
    .set({ ...valuesOf(run), teacher, note, mlflowRun })
    .where('id', '=', run.id)
    .execute()
}

const valuesOf = ({ base, datasets, code, parameters, frameworks, hardware, figures, weights }: TrainingRun) => ({
  base: json(base),
  datasets: json(datasets),
  code: json(code),
  parameters: json(parameters),
  frameworks: json(frameworks),
  hardware: json(hardware),
  figures: json(figures),
  weights: json(weights),
})
