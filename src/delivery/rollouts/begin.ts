/** Begins a rollout in the caller's transaction, which holds the lock on the application. */
import type { ActorId } from '../../core/actor.ts'
import type { Release } from '../../core/release.ts'
import type { Rollout, RolloutPlan } from '../../core/rollout.ts'
import type { Stage } from '../../core/stage.ts'
import { Failure } from '../../kernel/failure.ts'
import { later, MINUTE } from '../../kernel/time.ts'
import type { Tx } from '../../store/database.ts'
import { listLiveStages, raiseLiveVersion } from '../store.ts'
import { carryOut } from './carry-out.ts'
import type { RolloutDeps } from './deps.ts'
import { addRollout, lastRolledBack, listOpenRollouts, lockRollout, wasRolledBack } from './store.ts'

const SALT_BYTES = 16

export type Begin = {
  readonly candidate: Release
  readonly stage: Stage
  readonly plan: RolloutPlan
  readonly by: ActorId
  /** Who tries again after an automatic rollback signs with a reason. */
  readonly again?: string | undefined
}

export async function beginRollout(
  tx: Tx,
  deps: RolloutDeps,
  { candidate, stage, plan, by, again }: Begin,
): Promise<Rollout> {
  const { organisation } = deps
  const { application } = candidate
  const live = (await listLiveStages(tx, organisation, application)).find((one) => one.stage === stage)
  if (!live)
    throw conflict('stage-empty', `Nothing is live in ${stage}, so there is nothing to compare with. Promote into it.`)
  if (live.release === candidate.id)
    throw conflict('already-live', `r${candidate.number} has all the traffic of ${stage} already.`)
  const open = (await listOpenRollouts(tx, organisation, application)).find((one) => one.stage === stage)
  if (open)
    throw conflict(
      'rollout-open',
      `The rollout ${open.id} is open in ${stage}, and a stage has one at a time. Wait for it, or abort it.`,
      { rollout: open.id },
    )
  if (again === undefined && (await wasRolledBack(tx, { organisation, stage, release: candidate.id })))
    throw conflict(
      'rolled-back-before',
      `r${candidate.number} was rolled back automatically in ${stage}. Freeze a better release, or sign for another try with \`again\`.`,
    )

  if (plan.strategy === 'shadow' && candidate.manifest.flow.steps.some(({ use }) => use === 'call-target'))
    throw conflict(
      'shadow-acts',
      `r${candidate.number} asks an application outside, which may act for real, and a shadow may only read. Use a canary.`,
    )

  const unscored = await deps.whyNotScored?.(tx, { release: candidate, plan })
  if (unscored !== undefined) throw conflict('scores-cannot', unscored)

  await demandCool(tx, deps, { application, stage, again })

  const now = deps.clock()
  const rollout: Rollout = {
    id: deps.newId('rol'),
    organisation,
    application,
    stage,
    control: live.release,
    candidate: candidate.id,
    plan,
    state: 'running',
    step: 0,
    salt: Buffer.from(deps.random(SALT_BYTES)).toString('hex'),
    startedBy: by,
    startedAt: now,
    stepStartedAt: now,
    endedAt: null,
    latest: null,
    marks: [],
    reason: again ?? '',
  }
  await addRollout(tx, rollout)
  await raiseLiveVersion(tx, organisation)
  await deps.record(tx, {
    actor: by,
    action: 'delivery.rollout-start',
    subject: rollout.id,
    application,
    detail: {
      stage,
      control: rollout.control,
      candidate: rollout.candidate,
      steps: plan.steps,
      ...(again && { again }),
    },
  })
  // A plan of one step is a switch, which a person has decided.
  if (plan.steps[0] === 1 && plan.strategy === 'canary') await carryOut(tx, deps, rollout)
  return (await lockRollout(tx, rollout.id)) ?? rollout
}

/** After a rollback by the rule the stage rests, so that nothing flaps. */
async function demandCool(
  tx: Tx,
  { organisation, clock }: RolloutDeps,
  { application, stage, again }: { application: string; stage: Stage; again: string | undefined },
): Promise<void> {
  const last = again === undefined ? await lastRolledBack(tx, { organisation, application, stage }) : undefined
  if (!last?.endedAt) return
  const until = later(last.endedAt, last.plan.cooldownMinutes * MINUTE)
  if (until > clock())
    throw conflict(
      'cooling-down',
      `A rollout in ${stage} was rolled back automatically at ${last.endedAt}, and the stage rests until ${until}. Wait, or sign for beginning now with \`again\`.`,
      { rollout: last.id, until },
    )
}

const conflict = (what: string, message: string, facts?: Record<string, unknown>) =>
  new Failure('conflict', `delivery.${what}`, message, facts ? { facts } : {})
