/** Answers of a batch that has ended: read once more whenever they are wanted, and each given to its row. */
import { age, type Instant } from '../../kernel/time.ts'
import type { BatchOutcome } from '../../models/index.ts'
import type { AnsweredRow, AnswerTask } from '../answers/index.ts'
import type { Batching } from '../batching.ts'
import type { ExperimentPlan } from '../experiment-plan.ts'
import type { Task } from '../planned-arm.ts'
import type { Batch } from './batch.ts'
import { requestsOf, runOf, tasksOf } from './rows-of.ts'
import { paidOf } from './sending.ts'

export type TakenBatch = {
  readonly tasks: readonly Task[]
  readonly outcomes: readonly BatchOutcome[]
  /** The answer of a row; rejects with why there is none. */
  readonly answer: AnswerTask
}

export async function takeBatch(
  batch: Batch,
  { plan, batching, signal }: { plan: ExperimentPlan; batching: Batching; signal: AbortSignal },
): Promise<TakenBatch> {
  const tasks = await tasksOf(batch, plan)
  const outcomes = await outcomesOf(batch, { plan, batching, signal, tasks })
  const places = new Map(tasks.map((task, at) => [keyOf(task), at]))
  const latencyMs = tookMs(batch)
  return {
    tasks,
    outcomes,
    async answer(task, until): Promise<AnsweredRow> {
      const found = outcomes[places.get(keyOf(task)) ?? -1]
      if (!found) throw new Error('The batch holds no answer to it.')
      if ('problem' in found) throw new Error(`Its batch has no answer to it: ${found.problem}`)
      return { outcome: await batching.outcomeOf(runOf(task, until), found), latencyMs, isReused: false }
    },
  }
}

async function outcomesOf(
  batch: Batch,
  given: { plan: ExperimentPlan; batching: Batching; signal: AbortSignal; tasks: readonly Task[] },
): Promise<readonly BatchOutcome[]> {
  const { problem, sentAs } = batch
  const { plan, batching, signal, tasks } = given
  if (problem !== null || sentAs === null) return tasks.map(() => ({ problem: problem ?? 'It was not sent.' }))
  const requests = await requestsOf(tasks, batching, signal)
  return batching.read({ ...paidOf(batch, plan), sentAs, requests, signal })
}

/** How long whoever asked waited for the whole batch. */
const tookMs = ({ at, endedAt }: { at: Instant; endedAt: Instant | null }): number => (endedAt ? age(at, endedAt) : 0)

const keyOf = ({ arm, numbered, repeat }: Task): string => `${repeat} ${numbered.number} ${arm.arm}`
