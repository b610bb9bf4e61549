/** A job as people see it: what it is about, how far it is, and how it ended. */
import { z } from 'zod'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

export const JobId = idOf('job')
export type JobId = z.infer<typeof JobId>

export const JobState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
export type JobState = z.infer<typeof JobState>

export const Job = z.object({
  id: JobId,
  organisation: z.string(),
  /** `experiment.run`, `producer.run`, …: the slice and its verb. */
  kind: z.string(),
  /** Two jobs of one kind with one key are one job. */
  key: z.string().nullable(),
  input: z.record(z.string(), z.unknown()),
  state: JobState,
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable(), message: z.string() }),
  /** What each finished step left, so that a restart does not repeat it. */
  steps: z.record(z.string(), z.unknown()),
  result: z.unknown(),
  error: z.string().nullable(),
  attempts: z.number().int(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type Job = z.infer<typeof Job>
