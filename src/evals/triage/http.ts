/** Routes of triage to what they do. */
import { Failure } from '../../kernel/failure.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import { listFailureClusters, triageFailureCluster } from './contract.ts'
import { decideCluster, listClusters } from './store.ts'

export type TriageDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly record: RecordAudit
  readonly get: (id: ExperimentId) => Promise<Experiment>
  /** Told in the transaction of a decision: what was proved may say more now. */
  readonly onDecision: (tx: Tx, experiment: Experiment, caller: Pick<Caller, 'actor'>) => Promise<void>
}

export function triageHttp({ db, clock, record, get, onDecision }: TriageDeps): Mounted[] {
  const allowed = async (caller: Caller, id: ExperimentId) => {
    const experiment = await get(id)
    demandApplication(caller, experiment.application)
    return experiment
  }
  return [
    handle(listFailureClusters, async ({ params, caller }) => {
      await allowed(caller, params.id)
      return reply(200, { items: await listClusters(db, params.id) })
    }),
    handle(triageFailureCluster, async ({ params, body, caller }) => {
      const experiment = await allowed(caller, params.id)
      const decided = { ...body, note: body.note ?? null, decidedBy: caller.actor, decidedAt: clock() }
      const cluster = await inTransaction(db, async (tx) => {
        const found = await decideCluster(tx, { experiment: params.id, id: params.cluster }, decided)
        if (!found)
          throw new Failure(
            'unknown',
            'evals.cluster-unknown',
            `The experiment ${params.id} has no failure cluster ${params.cluster}. List them first.`,
          )
        await record(tx, {
          actor: caller.actor,
          action: 'evals.triage-failures',
          subject: found.id,
          application: experiment.application,
          detail: { experiment: params.id, decision: body.decision, owner: body.owner },
        })
        await onDecision(tx, experiment, caller)
        return found
      })
      return reply(200, cluster)
    }),
  ]
}
