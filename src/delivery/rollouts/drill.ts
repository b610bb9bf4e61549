/**
 * The way back, gone for real: all traffic of a stage is switched to the release before, under load, its answers are
 * looked at, and everything is switched forward again. What was measured is the evidence `rel.rollback_drill`.
 *
 * Invariant: whatever happens in between, the release that was in force is in force at the end, or the one before is;
 * the audit log says which.
 */
import { z } from 'zod'
import type { ActorId } from '../../core/actor.ts'
import { assign, type LiveTable } from '../../core/live-table.ts'
import { type Release, ReleaseId } from '../../core/release.ts'
import { RolloutPlan } from '../../core/rollout.ts'
import type { Stage } from '../../core/stage.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { MINUTE, monotonicMs } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import { Compatibility, compatibilityOf } from '../compatibility.ts'
import { DEFAULT_PLAN } from '../default-plan.ts'
import type { ServedRollout } from '../served.ts'
import type { RolloutDeps } from './deps.ts'

export const Drill = z.object({
  /** False when it was not gone: the state does not fit, or the evidence of the release before does not hold. */
  isGone: z.boolean(),
  from: ReleaseId,
  to: ReleaseId,
  /** Until the last request that the release in force still answered. */
  backMs: z.number().nullable(),
  forwardMs: z.number().nullable(),
  requests: z.number().int(),
  errors: z.number().int(),
  compatibility: z.array(Compatibility),
  words: z.array(z.string()),
})
export type Drill = z.infer<typeof Drill>

export type DrillDeps = Pick<RolloutDeps, 'db' | 'recordEvidence' | 'publish'> & {
  readonly liveTable: () => LiveTable
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Releases that are promoted into a stage, in any order. */
  readonly promotedInto: (application: string, stage: Stage) => Promise<readonly ReleaseId[]>
  readonly roll: (ask: {
    name: string
    to: ReleaseId
    stage: Stage
    plan: RolloutPlan
    again: string
    by: ActorId
  }) => Promise<ServedRollout>
  /** Has a release answer one question as its users have; rejects when it does not. */
  readonly ask: (release: Release, signal: AbortSignal) => Promise<unknown>
}

const ASKED_AT_ONCE = 4
/** Answers of the release before that must be seen. */
const ENOUGH = 20
const LONGEST_MS = 5 * MINUTE
/** Of a hundred answers of the release before, so many may fail. */
const MOST_ERRORS = 0.05
const SWITCH = RolloutPlan.parse({ ...DEFAULT_PLAN, steps: [1] })
const WHY = 'A drill of the way back.'

type Answered = { readonly release: ReleaseId; readonly isWell: boolean; readonly endedMs: number }

export function createDrill(deps: DrillDeps) {
  return async function drill(ask: { name: string; stage: Stage; by: ActorId }): Promise<Drill> {
    const { name, stage, by } = ask
    const { inForce, before } = await pair(deps, ask)
    const compatibility = compatibilityOf(inForce.manifest, before.manifest)
    const switchTo = ({ id }: Release) => deps.roll({ name, to: id, stage, plan: SWITCH, again: WHY, by })
    const load = startLoad(deps, { name, stage })
    let gone: { backMs: number; forwardMs: number } | undefined
    const words: string[] = []
    try {
      await load.until((answers) => answers.length >= ASKED_AT_ONCE)
      const began = monotonicMs()
      await switchTo(before)
      try {
        await load.until((answers) => answers.filter(({ release }) => release === before.id).length >= ENOUGH)
      } finally {
        const back = monotonicMs()
        await switchTo(inForce)
        gone = { backMs: load.lastOf(inForce.id, back) - began, forwardMs: monotonicMs() - back }
      }
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      words.push(messageOf(thrown))
    } finally {
      await load.stop()
    }
    const own = load.answers().filter(({ release }) => release === before.id)
    const errors = own.filter(({ isWell }) => !isWell).length
    const result: Drill = {
      isGone: gone !== undefined,
      from: inForce.id,
      to: before.id,
      backMs: gone ? Math.max(0, gone.backMs) : null,
      forwardMs: gone?.forwardMs ?? null,
      requests: load.answers().length,
      errors,
      compatibility,
      words: [...words, ...inWords({ inForce, before, gone, own: own.length, errors })],
    }
    await keep(deps, { result, inForce, by, own: own.length })
    return result
  }
}

async function pair(deps: DrillDeps, { name, stage }: { name: string; stage: Stage }) {
  const live = deps.liveTable().applications[name]?.stages[stage]
  if (!live) throw conflict('stage-empty', `Nothing is live in ${stage}, so there is nothing to go back from.`)
  if (live.rollout)
    throw conflict('rollout-open', `The rollout ${live.rollout.id} is open in ${stage}. Drill when it has ended.`)
  const inForce = await deps.releaseOf(live.release)
  let before: Release | undefined
  for (const id of await deps.promotedInto(name, stage)) {
    const release = await deps.releaseOf(id)
    if (release.number < inForce.number && release.number > (before?.number ?? 0)) before = release
  }
  if (before) return { inForce, before }
  throw conflict(
    'no-floor',
    `r${inForce.number} is the first release in ${stage}, so there is none to go back to. Drill when a second one is promoted.`,
  )
}

/** Users who ask all the time, each answered by whom the live table names at that moment. */
function startLoad(deps: DrillDeps, { name, stage }: { name: string; stage: Stage }) {
  const answers: Answered[] = []
  const control = new AbortController()
  const begun = monotonicMs()
  const wakes = new Set<() => void>()
  async function user(number: number): Promise<void> {
    for (let turn = 0; !control.signal.aborted && monotonicMs() - begun < LONGEST_MS; turn += 1) {
      const subject = `drill-${number}-${turn}`
      const chosen = assign({ table: deps.liveTable(), application: name, stage, subject })
      if (!chosen) return
      const release = await deps.releaseOf(chosen.release)
      const isWell = await deps.ask(release, control.signal).then(
        () => true,
        () => false,
      )
      if (!control.signal.aborted) answers.push({ release: release.id, isWell, endedMs: monotonicMs() })
      for (const wake of wakes) wake()
    }
  }
  const users = Promise.all(Array.from({ length: ASKED_AT_ONCE }, (_, number) => user(number)))
  return {
    answers: () => answers,
    /** When the last request of a release ended, at the earliest `since`. */
    lastOf: (release: ReleaseId, before: number) =>
      Math.max(
        begun,
        ...answers.filter((one) => one.release === release && one.endedMs <= before).map((one) => one.endedMs),
      ),
    /** Waits for a number of answers; no longer than the users ask. */
    until: (isEnough: (answers: readonly Answered[]) => boolean): Promise<unknown> => {
      const enough = new Promise<void>((resolve) => {
        const wake = () => {
          if (!isEnough(answers)) return
          wakes.delete(wake)
          resolve()
        }
        wakes.add(wake)
        wake()
      })
      return Promise.race([enough, users])
    },
    async stop(): Promise<void> {
      control.abort()
      await users
    },
  }
}

async function keep(
  deps: DrillDeps,
  { result, inForce, by, own }: { result: Drill; inForce: Release; by: ActorId; own: number },
): Promise<void> {
  const { backMs, requests, errors, compatibility, words } = result
  const { application } = inForce
  const incompatible = compatibility.filter(({ fits }) => !fits)
  await inTransaction(deps.db, (tx) =>
    deps.recordEvidence(tx, {
      application,
      release: inForce.id,
      check: 'rel.rollback_drill',
      summary: words.join(' '),
      facts: {
        minutes: { value: backMs === null ? null : backMs / MINUTE, unit: 'minutes' },
        underLoad: { value: requests >= ENOUGH, n: requests },
        incompatibleParts: { value: incompatible.length },
        floorHealthy: { value: result.isGone && isHealthy(own, errors), n: own },
      },
      inputs: [{ kind: 'release', name: application, digest: inForce.digest }],
      producer: { name: 'delivery.rollback-drill', version: '1' },
      trust: 'measured',
      by,
    }),
  )
  deps.publish({ topic: 'evidence', id: inForce.id, application })
}

const isHealthy = (own: number, errors: number): boolean => own >= ENOUGH && errors / own <= MOST_ERRORS

function inWords(given: {
  inForce: Release
  before: Release
  gone: { backMs: number } | undefined
  own: number
  errors: number
}): string[] {
  const { inForce, before, gone, own, errors } = given
  if (!gone) return [`The way back from r${inForce.number} to r${before.number} was not gone.`]
  return [
    `All traffic went from r${inForce.number} back to r${before.number} in ${Math.round(Math.max(0, gone.backMs))} ms and forward again.`,
    isHealthy(own, errors)
      ? `r${before.number} answered ${own} questions, ${errors} of them not.`
      : `r${before.number} is not healthy: ${errors} of ${own} questions failed, and ${ENOUGH} are asked for.`,
  ]
}

const conflict = (what: string, message: string) => new Failure('conflict', `delivery.${what}`, message)
