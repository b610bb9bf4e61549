/** Mitigations: a bias that was found is a task, linked to the measurements that try it again. */
import type { ActorId } from '../../core/actor.ts'
import { blanked, mentions } from '../../core/data-subject.ts'
import type { Evidence } from '../../core/evidence.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { rowsPlace } from '../person-place.ts'
import type { Mitigation, MitigationPlan } from './contract.ts'
import { episodesOf } from './episodes.ts'
import { listPlans, savePlan } from './store.ts'

export type MitigationsDeps = Pick<
  GovernanceDeps,
  'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'applicationOf'
> & {
  /** All answers to `eval.fairness` of an application. */
  readonly fairnessOf: (application: string) => Promise<readonly Evidence[]>
  /** The widest gap that the check bears. */
  readonly limit: number
}

export type Mitigations = ReturnType<typeof createMitigations>

export function createMitigations({ fairnessOf, limit, ...deps }: MitigationsDeps) {
  const { db, clock, newId, organisation } = deps

  async function list(application: string): Promise<Mitigation[]> {
    await deps.applicationOf(application)
    const plans = await listPlans(db, { organisation, application })
    return episodesOf(await fairnessOf(application), limit).map((episode) => ({
      ...episode,
      plan: plans.find(({ evidence }) => evidence === episode.finding.evidence) ?? null,
    }))
  }

  return {
    limit,
    list,

    async plan(
      given: Pick<MitigationPlan, 'application' | 'evidence' | 'owner' | 'plan' | 'dueOn'>,
      by: ActorId,
    ): Promise<Mitigation> {
      const { application, evidence } = given
      const found = (await list(application)).find(({ finding }) => finding.evidence === evidence)
      if (!found)
        throw new Failure(
          'unknown',
          'governance.bias-unknown',
          `${evidence} is no bias that was found in ${application}.`,
        )
      const plan = { ...given, id: found.plan?.id ?? newId('mit'), organisation, updatedAt: clock(), updatedBy: by }
      await inTransaction(db, async (tx) => {
        await savePlan(tx, plan)
        const detail = { owner: plan.owner, dueOn: plan.dueOn }
        await deps.record(tx, { actor: by, action: 'governance.mitigation', subject: evidence, application, detail })
      })
      deps.publish({ topic: 'evidence', id: evidence, application })
      return { ...found, plan }
    },

    personalPlaces: [
      rowsPlace({
        db,
        name: 'mitigations',
        fate: 'replace',
        find: async (sought) =>
          (await listPlans(db, { organisation })).filter(
            ({ owner, plan, updatedAt }) => updatedAt < sought.before && mentions(sought, [owner, plan]),
          ),
        applicationOf: ({ application }) => application,
        act: (tx, row, sought) => savePlan(tx, { ...row, ...blanked({ owner: row.owner, plan: row.plan }, sought) }),
      }),
    ],
  }
}
