/** SQL of the primary scores of arms, some thousand examples a row: a look at an arm reads bytes instead of its rows. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { type Database, tablesOf } from '../../store/database.ts'
import { ExperimentId, RowOutcome } from '../experiment.ts'
import { ArmName } from '../variant.ts'

const ExperimentScores = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  arm: ArmName,
  /** From 0: each but the last has the same number of examples. */
  part: z.number().int(),
  /** Eight bytes for each example of the dataset in its order, the low one first; not a number where it has none. */
  scores: z.instanceof(Uint8Array),
  /** Four bytes each: equal ones are one cluster. Null where each example is its own. */
  clusters: z.instanceof(Uint8Array).nullable(),
})
export type ScoresPart = z.infer<typeof ExperimentScores>

export const own = tablesOf({ experimentScores: ExperimentScores })
/** With the rows, which are those of experiments and only read here. */
const tables = tablesOf({ experimentRows: RowOutcome, ...own.schemas })

type OfArm = Pick<ScoresPart, 'experiment' | 'arm'>

/** Puts a part in the place of what a run that was cut short left there. */
export const replaceScores = (db: Database, { scores, clusters, ...of }: ScoresPart): Promise<unknown> =>
  own(db)
    .insertInto('experimentScores')
    .values({ ...of, scores, clusters })
    .onConflict((conflict) =>
      conflict.columns(['experiment', 'arm', 'part']).doUpdateSet({
        scores: sql`excluded.scores`,
        clusters: sql`excluded.clusters`,
      }),
    )
    .execute()

export const listScores = (
  db: Database,
  { experiment, arm }: OfArm,
): Promise<Pick<ScoresPart, 'scores' | 'clusters'>[]> =>
  own(db)
    .selectFrom('experimentScores')
    .select(['scores', 'clusters'])
    .where('experiment', '=', experiment)
    .where('arm', '=', arm)
    .orderBy('part')
    .execute()

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
