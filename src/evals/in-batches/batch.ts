/** A batch of rows of an experiment, from before it is sent until its answers are rows. */
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { idOf } from '../../kernel/ids.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { ExperimentId } from '../experiment.ts'
import { ArmName } from '../variant.ts'

export const BatchId = idOf('bat')
export type BatchId = z.infer<typeof BatchId>

/**
 * sending: written down, and perhaps with the provider · sent: the provider has it · ended: its answers can be read ·
 * taken: they are rows · closed: of an experiment that was cancelled; what was answered is kept until it is resumed.
 */
export const BatchState = z.enum(['sending', 'sent', 'ended', 'taken', 'closed'])
export type BatchState = z.infer<typeof BatchState>

export const Batch = z.object({
  /** Also the tag by which it is found again at the provider. */
  id: BatchId,
  organisation: Organisation,
  experiment: ExperimentId,
  model: z.string(),
  /** The id that the provider keeps; null until it is known. */
  sentAs: z.string().nullable(),
  state: BatchState,
  /** Arm, number of the example and repeat of each request, in their order. */
  rows: z.array(z.tuple([ArmName, z.number().int(), z.number().int()])),
  /** The most that it may take. */
  bound: z.object({ requests: z.number().int(), tokens: z.number(), costMicroUsd: MicroUsd }),
  /** Why the provider refused it as a whole; null when it did not. */
  problem: z.string().nullable(),
  at: Instant,
  /** When the provider is asked next how far it is. */
  lookAt: Instant,
  endedAt: Instant.nullable(),
})
export type Batch = z.infer<typeof Batch>
