/**
 * Plans before they start: what one would find out at the traffic of its stage, and the acceptance of that by the
 * person who answers for it, which is the evidence `ops.canaryplan`.
 */
import { Duties } from '../../core/actor.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import type { Baseline, Feasibility } from '../../core/feasibility.ts'
import type { RolloutPlan } from '../../core/rollout.ts'
import { forecast } from '../../core/rollout-feasibility.ts'
import type { Stage } from '../../core/stage.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { Caller } from '../../wire/caller.ts'
import { planFor } from '../plan-for.ts'
import type { StoredApplication } from '../rows.ts'
import type { ServedRollout } from '../served.ts'
import type { RolloutDeps } from './deps.ts'

/** What is known of the traffic of a stage: users a day, and how its metrics stand. */
export type Traffic = {
  readonly unitsPerDay: number
  /** On the scale on which a plan compares them. */
  readonly metrics: readonly { metric: string; kind: 'event' | 'log' | 'linear'; value: number; spread: number }[]
}

export type ForecastAsk = {
  readonly name: string
  readonly stage: Stage
  readonly plan?: RolloutPlan | undefined
  readonly unitsPerDay?: number | undefined
}

export type ForecastDeps = Pick<RolloutDeps, 'db' | 'recordEvidence' | 'record' | 'publish'> & {
  readonly applicationOf: (name: string) => Promise<StoredApplication>
  readonly listRollouts: (
    filter: { application: string; stage: Stage },
    cut: { limit: number },
  ) => Promise<{ items: ServedRollout[] }>
  /** As measured lately; null when nobody asked in the stage. */
  readonly trafficOf: (ask: { application: string; stage: Stage }) => Promise<Traffic | null>
}

const ROLLOUTS_READ = 10

export function createForecasts(deps: ForecastDeps) {
  const { db, applicationOf, listRollouts, trafficOf } = deps

  async function preview({ name, stage, plan, unitsPerDay }: ForecastAsk): Promise<Feasibility> {
    const row = await applicationOf(name)
    const measured = await trafficOf({ application: name, stage })
    const { items } = await listRollouts({ application: name, stage }, { limit: ROLLOUTS_READ })
    const told = baselinesOf(items)
    const meant = planFor(row, stage, plan)
    return forecast({
      plan: meant,
      unitsPerDay: unitsPerDay ?? measured?.unitsPerDay ?? 0,
      trafficSource: unitsPerDay !== undefined ? 'stated' : measured ? 'measured' : 'unknown',
      // Of rollouts, because they count as a rollout counts; else of all requests.
      baselines: [...told, ...standingOf(meant, measured)],
    })
  }

  return {
    preview,

    /** The technical lead says that what the plan can see is enough. Bound to the plan as it stands. */
    async accept({
      caller,
      reason,
      ...ask
    }: Omit<ForecastAsk, 'plan'> & { caller: Caller; reason: string }): Promise<Feasibility> {
      const row = await applicationOf(ask.name)
      demandLead(row, caller)
      const found = await preview(ask)
      const { plan } = found
      const draft: EvidenceDraft = {
        application: ask.name,
        release: null,
        check: 'ops.canaryplan',
        summary: `The plan for ${ask.stage} is accepted: ${found.words[0]} ${reason}`,
        facts: {
          fixed: { value: true },
          detectableShown: { value: found.trafficSource !== 'unknown' },
          accepted: { value: true },
          feasible: { value: found.isFeasible },
          stage: { value: ask.stage },
          days: { value: found.days, unit: 'days' },
          unitsPerDay: { value: found.unitsPerDay },
          ...Object.fromEntries(
            found.metrics.map(({ metric, detectable }) => [`${metric}.detectable`, { value: detectable }]),
          ),
          alphaRollback: { value: plan.alphaRollback },
          alphaPromote: { value: plan.alphaPromote },
          minimumUnits: { value: plan.minimumUnits },
          soak: { value: plan.soakMinutes, unit: 'minutes' },
        },
        inputs: row.documents.rollouts
          ? [{ kind: 'document', name: 'rollouts', digest: row.documents.rollouts.digest }]
          : [],
        producer: { name: 'delivery.rollout-forecast', version: '1' },
        trust: 'measured',
        by: caller.actor,
        duty: 'technical-lead',
      }
      await inTransaction(db, async (tx) => {
        const { id } = await deps.recordEvidence(tx, draft)
        const detail = { stage: ask.stage, evidence: id, feasible: found.isFeasible, reason }
        const entry = { subject: ask.name, application: ask.name, detail }
        await deps.record(tx, { actor: caller.actor, action: 'delivery.rollout-plan-accept', ...entry })
      })
      deps.publish({ topic: 'evidence', id: ask.name, application: ask.name })
      return found
    },
  }
}

/** How the metrics of a plan stand in the traffic of the stage; of those that it does not know, nothing. */
const standingOf = ({ metrics }: RolloutPlan, measured: Traffic | null): Baseline[] =>
  metrics.flatMap(({ name, kind, scale }) => {
    const wanted = kind === 'event' ? 'event' : scale
    const found = measured?.metrics.find((one) => one.metric === name && one.kind === wanted)
    return found ? [{ metric: name, value: found.value, spread: found.spread, source: 'measured' as const }] : []
  })

/** The control of the newest rollout in which a metric was counted, over all its steps. */
function baselinesOf(rollouts: readonly ServedRollout[]): Baseline[] {
  const found = new Map<string, Baseline>()
  for (const rollout of rollouts)
    for (const metric of rollout.plan.metrics) {
      const sums = rollout.statistics
        .map(({ metrics }) => metrics[metric.name]?.control)
        .filter((one) => one !== undefined)
      const units = sums.reduce((all, one) => all + one.units, 0)
      if (units < ENOUGH || found.has(metric.name)) continue
      const amount = sums.reduce((all, one) => all + (metric.kind === 'event' ? one.events : one.sum), 0)
      const squares = sums.reduce((all, one) => all + one.sumOfSquares, 0)
      const value = amount / units
      const spread = Math.sqrt(Math.max(0, squares / units - value ** 2))
      found.set(metric.name, { metric: metric.name, value, spread, source: 'measured' })
    }
  return [...found.values()]
}

const ENOUGH = 50

function demandLead({ name, documents }: StoredApplication, caller: Caller): void {
  const duties = Duties.safeParse(documents.duties?.value ?? {}).data ?? {}
  const holder = duties['technical-lead']?.trim() ?? ''
  if (holder === caller.actor || (holder !== '' && holder.toLowerCase() === caller.name.trim().toLowerCase())) return
  throw new Failure(
    'forbidden',
    'delivery.plan-not-yours',
    `A plan is accepted by the technical lead of ${name}, ${holder || 'whom nobody has named yet under `duties` in airworthy.yaml'}. You are ${caller.name}.`,
  )
}
