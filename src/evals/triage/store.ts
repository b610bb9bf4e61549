/** SQL of failure clusters. */
import type { z } from 'zod'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import type { ExperimentId } from '../experiment.ts'
import { FailureCluster, type FailureClusterId } from './contract.ts'

export const own = tablesOf({ failureClusters: FailureCluster })

export async function addClusters(tx: Tx, clusters: readonly FailureCluster[]): Promise<void> {
  if (clusters.length === 0) return
  await own(tx)
    .insertInto('failureClusters')
    .values(clusters.map((one) => ({ ...one, terms: json(one.terms), examples: json(one.examples) })))
    .execute()
}

export const listClusters = (db: Database | Tx, experiment: ExperimentId): Promise<FailureCluster[]> =>
  own(db)
    .selectFrom('failureClusters')
    .selectAll()
    .where('experiment', '=', experiment)
    .orderBy('n', 'desc')
    .orderBy('id')
    .execute()

/** The cluster as it is then; undefined when the experiment has none with this id. */
export const decideCluster = (
  tx: Tx,
  { experiment, id }: { experiment: ExperimentId; id: z.infer<typeof FailureClusterId> },
  decided: Pick<FailureCluster, 'owner' | 'decision' | 'note' | 'decidedBy' | 'decidedAt'>,
): Promise<FailureCluster | undefined> =>
  own(tx)
    .updateTable('failureClusters')
    .set(decided)
    .where('id', '=', id)
    .where('experiment', '=', experiment)
    .returningAll()
    .executeTakeFirst()
