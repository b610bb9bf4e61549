/** SQL of where the primary scores of arms lie: a look at an arm reads one blob instead of its rows. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { type Database, tablesOf } from '../../store/database.ts'
import { ExperimentId, RowOutcome } from '../experiment.ts'
import { ArmName } from '../variant.ts'

const ExperimentScores = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  arm: ArmName,
  /** The blob with the scores (`kept-scores.ts`). */
  file: Digest,
})
type KeptFile = z.infer<typeof ExperimentScores>

export const own = tablesOf({ experimentScores: ExperimentScores })
/** With the rows, which are those of experiments and only read here. */
const tables = tablesOf({ experimentRows: RowOutcome, ...own.schemas })

type OfArm = Pick<KeptFile, 'experiment' | 'arm'>

/** In the place of what a run that was cut short left there. */
export const replaceFile = (db: Database, of: KeptFile): Promise<unknown> =>
  own(db)
    .insertInto('experimentScores')
    .values(of)
    .onConflict((conflict) => conflict.columns(['experiment', 'arm']).doUpdateSet({ file: of.file }))
    .execute()

export const findFile = (db: Database, { experiment, arm }: OfArm): Promise<Pick<KeptFile, 'file'> | undefined> =>
  own(db)
    .selectFrom('experimentScores')
    .select('file')
    .where('experiment', '=', experiment)
    .where('arm', '=', arm)
    .executeTakeFirst()

/** What the runs of an arm that did not fail took together, in milliseconds. */
export async function sumLatency(db: Database, { experiment, arm }: OfArm): Promise<number> {
  const found = await tables(db)
    .selectFrom('experimentRows')
    .select(sql<number>`coalesce(sum(latency_ms), 0)::float8`.as('milliseconds'))
    .where('experiment', '=', experiment)
    .where('arm', '=', arm)
    .where('error', 'is', null)
    .executeTakeFirst()
  return found?.milliseconds ?? 0
}
