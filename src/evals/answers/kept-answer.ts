/** An answer that was given once and may be taken again. */
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import type { FlowOutcome } from '../deps.ts'

export const KeptAnswer = z.object({
  /** Over all that the answer depends on. */
  key: Digest,
  organisation: Organisation,
  outcome: z.custom<FlowOutcome>((value) => value !== null),
  latencyMs: z.number(),
  at: Instant,
})
export type KeptAnswer = z.infer<typeof KeptAnswer>
