/**
 * Answers that take long are counted by a job, once, and kept. Whoever asks meanwhile hears at once how far it is, so
 * that no request waits for a look at a million rows.
 */
import { Failure } from '../kernel/failure.ts'
import { inTransaction } from '../store/database.ts'
import type { Job } from '../store/job.ts'
import type { EvalsDeps } from './deps.ts'

/** So many rows are looked at while somebody waits: a fifth of a second. */
export const ROWS_AT_ONCE = 4_000

export type CountingDeps = Pick<EvalsDeps, 'db' | 'jobs' | 'organisation'>

/** The job that has counted it. Throws `evals.counting` until there is one, and `evals.counting-failed` once after it failed. */
export async function counted(
  { db, jobs, organisation }: CountingDeps,
  {
    what,
    ...asked
  }: { what: string; kind: string; key: string; input: { application: string; [more: string]: unknown } },
): Promise<Job> {
  const known = await jobs.findByKey(asked.kind, asked.key)
  if (known?.state === 'succeeded') return known
  if (known?.state === 'failed' || known?.state === 'cancelled') await jobs.forget(asked.kind, asked.key)
  if (known?.state === 'failed')
    throw new Failure('conflict', 'evals.counting-failed', `${known.error} Ask again, and ${what} is counted anew.`)
  const job = await inTransaction(db, (tx) => jobs.enqueue(tx, { organisation, ...asked }))
  const { done, total } = job.progress
  throw new Failure(
    'conflict',
    'evals.counting',
    `${what} is being counted${total ? `: ${done} of ${total} rows` : ''}. Ask again in a moment; ${job.id} says how far it is.`,
    { facts: { job: job.id, done, total } },
  )
}
