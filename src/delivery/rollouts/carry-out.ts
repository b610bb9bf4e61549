/**
 * Decides on a rollout and does what was decided, in one transaction with the evidence of it.
 *
 * The automatic hand is short: it advances inside the plan, or gives all traffic back to the release in force. That
 * release is the floor; nothing here goes below it.
 */
import { isOpen, type Rollout, type RolloutDecision } from '../../core/rollout.ts'
import { decide, stateAfter } from '../../core/rollout-decision.ts'
import { age, type Instant, SECOND } from '../../kernel/time.ts'
import type { Tx } from '../../store/database.ts'
import { findRelease, raiseLiveVersion, saveLiveStage } from '../store.ts'
import { decisionDraft } from './decision-evidence.ts'
import type { RolloutDeps } from './deps.ts'
import { stepsOf } from './statistics.ts'
import { addPoint, changeRollout, lastPoint, readStatistics } from './store.ts'

/** True when the live table, or the state, is another one now: then the caller refreshes after the commit. */
export async function carryOut(tx: Tx, deps: RolloutDeps, rollout: Rollout): Promise<boolean> {
  if (!isOpen(rollout)) return false
  const now = deps.clock()
  const decision = await decisionOn(tx, deps, rollout, now)
  const state = stateAfter(rollout, decision, now)
  await keepPoint(tx, rollout, decision)
  const isStep = decision.decision === 'advance'
  const ends = decision.decision === 'complete' || decision.decision === 'abort'
  await changeRollout(tx, rollout.id, {
    latest: decision,
    state,
    ...(isStep && { step: rollout.step + 1, stepStartedAt: now }),
    ...(ends && { endedAt: now, reason: decision.why.join(' ') }),
  })
  if (!isStep && !ends && state === rollout.state) return false

  if (decision.decision === 'complete') {
    const { organisation, application, stage, candidate } = rollout
    await saveLiveStage(tx, { organisation, application, stage, release: candidate, since: now })
  }
  await raiseLiveVersion(tx, rollout.organisation)
  const candidate = await findRelease(tx, rollout.candidate)
  if (candidate) await deps.recordEvidence(tx, decisionDraft({ rollout, decision, candidate, by: deps.systemActor }))
  await deps.record(tx, {
    actor: deps.systemActor,
    action: `delivery.rollout-${decision.decision}`,
    subject: rollout.id,
    application: rollout.application,
    detail: { automatic: true, state, share: decision.share, why: decision.why },
  })
  return true
}

async function decisionOn(tx: Tx, deps: RolloutDeps, rollout: Rollout, now: Instant): Promise<RolloutDecision> {
  const statistics = stepsOf(rollout.plan, await readStatistics(tx, rollout.id), rollout.step)
  const decision = decide({ rollout, statistics, now })
  const isSwitch = rollout.plan.steps[rollout.step] === 1
  if (isSwitch || decision.decision === 'hold' || decision.decision === 'abort') return decision
  // Only what would go on needs to know whether it may.
  const blockers = await deps.staleOf(tx, rollout)
  return blockers.length === 0 ? decision : decide({ rollout, statistics, now, blockers })
}

const POINTS = 500

/** A point when something is decided, else about five hundred over the life of the rollout, at most one a second. */
async function keepPoint(tx: Tx, rollout: Rollout, decision: RolloutDecision): Promise<void> {
  const last = await lastPoint(tx, rollout.id)
  const gap = Math.max(SECOND, age(rollout.startedAt, decision.at) / POINTS)
  const isNews = last?.decision !== decision.decision || last.step !== decision.step
  if (last && !isNews && age(last.at, decision.at) < gap) return
  const { at, step, share, sampleRatio, metrics } = decision
  await addPoint(tx, { rollout: rollout.id, at, step, share, decision: decision.decision, sampleRatio, metrics })
}
