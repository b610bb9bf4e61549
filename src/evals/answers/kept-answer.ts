/** An answer that was given once and may be taken again. */
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import type { FlowOutcome } from '../deps.ts'
import { RowScore } from '../experiment.ts'

export const KeptAnswer = z.object({
  /** Over all that the answer depends on. */
  key: Digest,
  organisation: Organisation,
  outcome: z.custom<FlowOutcome>((value) => value !== null),
  latencyMs: z.number(),
  /** Of a row that a cap interrupted: what was scored before; null for answers that are taken again. */
  scores: z.record(z.string(), RowScore).nullable(),
  at: Instant,
})
export type KeptAnswer = z.infer<typeof KeptAnswer>

/** An answer of work that has not ended. */
export const PaidAnswer = z.object({
  /** Over the work, the question, and how often it was asked before. */
  key: Digest,
  organisation: Organisation,
  work: Digest,
  answer: z.record(z.string(), z.unknown()),
  at: Instant,
})
export type PaidAnswer = z.infer<typeof PaidAnswer>
