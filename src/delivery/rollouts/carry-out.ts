/**
 * Decides on a rollout and does what was decided, in one transaction with the evidence of it.
 *
 * The automatic hand is short: it advances inside the plan, or gives all traffic back to the release in force. That
 * release is the floor; nothing here goes below it.
 */
import type { ActorId } from '../../core/actor.ts'
import { isOpen, type Rollout, type RolloutDecision } from '../../core/rollout.ts'
import { decide, stateAfter } from '../../core/rollout-decision.ts'
import { controlMark, incidentOf, nextMarks } from '../../core/rollout-incident.ts'
import { age, type Instant, SECOND } from '../../kernel/time.ts'
import type { Tx } from '../../store/database.ts'
import { findRelease, raiseLiveVersion, saveLiveStage } from '../store.ts'
import { decisionDraft } from './decision-evidence.ts'
import type { RolloutDeps } from './deps.ts'
import type { DecisionRead } from './rows.ts'
import { stepsOf } from './statistics.ts'
import { addPoint, changeRollout, lastPoint, readStatistics, removeSessions } from './store.ts'

/** True when the live table, or the state, is another one now: then the caller refreshes after the commit. */
export async function carryOut(
  tx: Tx,
  deps: RolloutDeps,
  rollout: Rollout,
  { byPerson }: { byPerson?: ActorId | undefined } = {},
): Promise<boolean> {
  if (!isOpen(rollout)) return false
  const now = deps.clock()
  const { decision, read } = await decisionOn(tx, deps, rollout, { now, isByPerson: byPerson !== undefined })
  const state = stateAfter(rollout, decision, now)
  await keepPoint(tx, rollout, { decision, read })
  const isStep = decision.decision === 'advance'
  const ends = ['complete', 'abort', 'fall-back'].includes(decision.decision)
  await changeRollout(tx, rollout.id, {
    latest: decision,
    state,
    marks: nextMarks(rollout.marks, controlMark(rollout.plan, read.statistics)),
    // An incident stops the clock: the soak of the step begins anew when it is over.
    ...(decision.incident != null && !ends && { stepStartedAt: now }),
    ...(isStep && { step: rollout.step + 1, stepStartedAt: now }),
    ...(ends && { endedAt: now, reason: decision.why.join(' ') }),
  })
  if (ends) await removeSessions(tx, rollout.id)
  if (!isStep && !ends && state === rollout.state) return false

  if (decision.decision === 'complete' && rollout.plan.strategy !== 'shadow') {
    const { organisation, application, stage, candidate } = rollout
    await saveLiveStage(tx, { organisation, application, stage, release: candidate, since: now })
  }
  await raiseLiveVersion(tx, rollout.organisation)
  const candidate = await findRelease(tx, rollout.candidate)
  if (candidate)
    await deps.recordEvidence(tx, decisionDraft({ rollout, decision, candidate, by: byPerson ?? deps.systemActor }))
  await deps.record(tx, {
    actor: byPerson ?? deps.systemActor,
    action: `delivery.rollout-${decision.decision}`,
    subject: rollout.id,
    application: rollout.application,
    detail: { automatic: byPerson === undefined, state, share: decision.share, why: decision.why },
  })
  return true
}

async function decisionOn(
  tx: Tx,
  deps: RolloutDeps,
  rollout: Rollout,
  { now, isByPerson }: { now: Instant; isByPerson: boolean },
): Promise<{ decision: RolloutDecision; read: Omit<DecisionRead, 'why'> }> {
  const { plan, marks, state, step, stepStartedAt } = rollout
  const statistics = stepsOf(plan, await readStatistics(tx, rollout.id), step)
  const incident = incidentOf(marks, controlMark(plan, statistics))
  const read = { statistics, state, stepStartedAt, blockers: [], incident, byPerson: isByPerson }
  const decision = decide({ rollout, now, ...read })
  const isSwitch = plan.strategy === 'canary' && plan.steps[step] === 1
  if (isSwitch || !['advance', 'complete'].includes(decision.decision)) return { decision, read }
  // Only what would go on needs to know whether it may.
  const blockers = await deps.staleOf(tx, rollout)
  if (blockers.length === 0) return { decision, read }
  return { decision: decide({ rollout, now, ...read, blockers }), read: { ...read, blockers } }
}

const POINTS = 500

/** A point when something is decided, else about five hundred over the life of the rollout, at most one a second. */
async function keepPoint(
  tx: Tx,
  rollout: Rollout,
  { decision, read }: { decision: RolloutDecision; read: Omit<DecisionRead, 'why'> },
): Promise<void> {
  const last = await lastPoint(tx, rollout.id)
  const gap = Math.max(SECOND, age(rollout.startedAt, decision.at) / POINTS)
  const isNews = last?.decision !== decision.decision || last.step !== decision.step
  if (last && !isNews && age(last.at, decision.at) < gap) return
  const { at, step, share, sampleRatio, metrics, why } = decision
  const seen = { at, step, share, sampleRatio, metrics }
  await addPoint(tx, { rollout: rollout.id, ...seen, decision: decision.decision, read: { ...read, why } })
}
