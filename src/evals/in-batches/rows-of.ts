/** The rows of a batch as tasks again, with what each asks. */
import { turnsOf } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { BatchRequest } from '../../models/index.ts'
import type { Batching } from '../batching.ts'
import type { ExperimentPlan } from '../experiment-plan.ts'
import type { NumberedExample, PlannedArm, Task } from '../planned-arm.ts'
import type { Batch } from './batch.ts'

export const runOf = ({ arm, numbered }: Pick<Task, 'arm' | 'numbered'>, signal: AbortSignal) => ({
  manifest: arm.manifest,
  arm: arm.flow,
  turns: turnsOf(numbered.example),
  signal,
  release: arm.release,
})

export async function tasksOf({ rows }: Pick<Batch, 'rows'>, { arms, examples }: ExperimentPlan): Promise<Task[]> {
  const byArm = new Map<string, PlannedArm>(arms.map((one) => [one.arm, one]))
  const numbers = [...new Set(rows.map(([, number]) => number))].toSorted((one, other) => one - other)
  const byNumber = new Map<number, NumberedExample>()
  for (const numbered of await examples.numbered(numbers)) byNumber.set(numbered.number, numbered)
  return rows.map(([name, number, repeat]) => {
    const [arm, numbered] = [byArm.get(name), byNumber.get(number)]
    if (!arm || !numbered) throw new Error(`A batch holds the row ${name} ${number}, which the plan has not.`)
    return { arm, numbered, repeat }
  })
}

/** What the batch was sent with: the same plan asks the same. */
export async function requestsOf(
  tasks: readonly Task[],
  batching: Batching,
  signal: AbortSignal,
): Promise<BatchRequest[]> {
  const requests: BatchRequest[] = []
  for (const task of tasks) {
    const request = await batching.requestOf(runOf(task, signal))
    if (!request)
      throw new Failure(
        'conflict',
        'evals.batch-changed',
        `The row of ${task.numbered.example.id} asked a model when its batch was sent, and does not now. Start a new experiment.`,
      )
    requests.push(request)
  }
  return requests
}
