/** What a queue asks of those who label. */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Queue } from './annotation.ts'

export function demandAnnotator({ annotators, id }: Queue, by: ActorId): void {
  if (annotators.length === 0 || annotators.includes(by)) return
  throw new Failure('forbidden', 'evals.not-annotator', `The queue ${id} is assigned to others. Ask whoever made it.`)
}

export function demandOpen({ state, id }: Queue): void {
  if (state === 'open') return
  throw new Failure('conflict', 'evals.queue-closed', `The queue ${id} is closed; its labels stay as they are.`)
}

/** Pairs are closed and read with the study that asks for them. */
export function demandSingle({ kind, id }: Queue): void {
  if (kind === 'answers') return
  throw new Failure(
    'conflict',
    'evals.queue-of-study',
    `The queue ${id} holds the pairs of a study. Close the study; what people prefer stands there.`,
  )
}

export function demandChoice({ choices }: Queue, value: string | null): void {
  const values = choices.map((choice) => choice.value)
  if (value === null || values.includes(value)) return
  throw new Failure(
    'invalid',
    'evals.choice-unknown',
    `${value} is no choice of this queue. Use ${values.join(', ')}, or null for "cannot tell".`,
  )
}

/** Pages begin after a place in the queue. */
export function placeOf(cursor: string | undefined): number {
  const after = Number(cursor ?? 0)
  if (Number.isSafeInteger(after) && after >= 0) return after
  throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
}
