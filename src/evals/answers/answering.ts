/**
 * How a row gets its answer: taken again where exactly this was answered before and the experiment allows it, else by
 * running the arm at the pace that the provider bears.
 */
import { turnsOf } from '../../core/dataset.ts'
import type { Step } from '../../core/flow.ts'
import type { Manifest } from '../../core/manifest.ts'
import { toolsOfStep } from '../../core/tool.ts'
import { type Digest, digestOf } from '../../kernel/digest.ts'
import type { Clock } from '../../kernel/time.ts'
import { monotonicMs } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { FlowOutcome, RunFlow } from '../deps.ts'
import type { ExperimentId, RowScore } from '../experiment.ts'
import type { PlannedArm, Task } from '../planned-arm.ts'
import type { Pace } from './pace.ts'
import { findAnswer, keepAnswer, takeAnswer } from './store.ts'

export type AnsweredRow = {
  readonly outcome: FlowOutcome
  readonly latencyMs: number
  readonly isReused: boolean
  /** What was scored already, before a cap interrupted the row. */
  readonly scores?: Readonly<Record<string, RowScore>>
}
export type AnswerTask = (task: Task, signal: AbortSignal) => Promise<AnsweredRow>
export type Answering = {
  readonly answer: AnswerTask
  /** Whether an answer of a row is there, of before the experiment was resumed or to be taken again. */
  hasKept(task: Task): Promise<boolean>
  /** Keeps what was paid for of a row that a cap interrupted, until the experiment is resumed. */
  keepInterrupted(task: Task, answered: AnsweredRow): Promise<void>
}

export function createAnswering({
  db,
  clock,
  organisation,
  runFlow,
  pace,
  experiment,
  isReusing,
  isResumed,
}: {
  db: Database
  clock: Clock
  organisation: string
  runFlow: RunFlow
  pace: Pace
  experiment: ExperimentId
  isReusing: boolean
  /** Rows may have been interrupted before. */
  isResumed: boolean
}): Answering {
  const interruptedKey = ({ arm: { arm }, numbered: { number }, repeat }: Task) =>
    digestOf({ interrupted: experiment, arm, number, repeat })

  async function ask({ arm, numbered }: Task, signal: AbortSignal): Promise<AnsweredRow> {
    return pace.run(async () => {
      const begin = monotonicMs()
      const outcome = await runFlow({
        manifest: arm.manifest,
        arm: arm.flow,
        turns: turnsOf(numbered.example),
        signal,
        release: arm.release,
      })
      return { outcome, latencyMs: monotonicMs() - begin - (outcome.waitedMs ?? 0), isReused: false }
    }, signal)
  }

  async function answer(task: Task, signal: AbortSignal): Promise<AnsweredRow> {
    const paid = isResumed ? await takeAnswer(db, { key: interruptedKey(task), organisation }) : undefined
    if (paid) return { outcome: paid.outcome, latencyMs: paid.latencyMs, isReused: false, scores: paid.scores ?? {} }
    const key = isReusing ? answerKey(task, clock()) : undefined
    if (!key) return ask(task, signal)
    const before = await findAnswer(db, { key, organisation })
    if (before) return { outcome: before.outcome, latencyMs: before.latencyMs, isReused: true }
    const answered = await ask(task, signal)
    const { outcome, latencyMs } = answered
    await keepAnswer(db, { key, organisation, outcome, latencyMs, scores: null, at: clock() })
    return answered
  }

  return {
    answer,
    async hasKept(task) {
      const keys = [isResumed ? interruptedKey(task) : undefined, isReusing ? answerKey(task, clock()) : undefined]
      for (const key of keys) if (key && (await findAnswer(db, { key, organisation }))) return true
      return false
    },
    async keepInterrupted(task, { outcome, latencyMs, isReused, scores = {} }) {
      // One that was taken again is there still.
      if (!isReused)
        await keepAnswer(db, { key: interruptedKey(task), organisation, outcome, latencyMs, scores, at: clock() })
    },
  }
}

/**
 * Over everything that an answer depends on; undefined where something does that has no digest. The repeat is in it,
 * because repeats are there to differ, and the day, where a model may change under its name.
 */
export function answerKey(
  {
    arm,
    numbered,
    repeat,
  }: { arm: Pick<PlannedArm, 'manifest' | 'flow' | 'behaviour'> } & Pick<Task, 'numbered' | 'repeat'>,
  now: string,
): Digest | undefined {
  const { manifest, flow, behaviour } = arm
  const steps = stepsOf(manifest, flow)
  if (steps.some((step) => step.use === 'call-target' || callsAnAddress(step, manifest))) return undefined
  return digestOf({
    parts: behaviour,
    flow: flow === 'baseline' ? manifest.baseline?.digest : manifest.flow.digest,
    turns: turnsOf(numbered.example),
    repeat,
    ...(manifest.models.some(({ mutable }) => mutable !== null) && { day: now.slice(0, 10) }),
  })
}

/** What stands behind it may say something else each time. */
const callsAnAddress = (step: Step, manifest: Manifest): boolean =>
  step.use === 'generate' && toolsOfStep(manifest, step).some(({ tool }) => tool.call.kind === 'http')

const stepsOf = (manifest: Manifest, flow: PlannedArm['flow']) =>
  (flow === 'baseline' ? manifest.baseline : manifest.flow)?.steps ?? []
