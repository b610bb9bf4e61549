/** A call of a tool that a model wanted and that waits for an overseer: it is made when one of them says so, once. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Stage } from '../../core/stage.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant, later, MINUTE } from '../../kernel/time.ts'

export const HeldCallId = idOf('clh')
export type HeldCallId = z.infer<typeof HeldCallId>

/** make: the call is made now, with these arguments · refuse: it is never made. */
export const CallDecision = z.enum(['make', 'refuse'])
export type CallDecision = z.infer<typeof CallDecision>

export const HeldCall = z.object({
  id: HeldCallId,
  organisation: Organisation,
  application: Name,
  stage: Stage,
  release: ReleaseId,
  /** Of the request in which the model wanted it. */
  trace: z.string(),
  tool: z.string(),
  /** Of the tool as the release has it. */
  toolDigest: Digest,
  /** JSON that fits the tool and went through the guardrails. */
  arguments: z.string(),
  /** The end user, as the request names them. */
  user: z.string().nullable(),
  /** Who asked: the program or person whose key it was. */
  askedBy: ActorId,
  at: Instant,
  /** Until when it may be decided. */
  until: Instant,
  state: z.enum(['waiting', 'making', 'made', 'failed', 'refused']),
  /** What the tool gave, after the guardrails; null while there is nothing. */
  result: z.string().nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  reason: z.string(),
  decidedBy: ActorId.nullable(),
  decidedAt: Instant.nullable(),
})
export type HeldCall = z.infer<typeof HeldCall>

/** lapsed: nobody looked in time, it is never made · unknown: it was begun, and whether it was done nobody knows. */
const ServedState = z.enum([...HeldCall.shape.state.options, 'lapsed', 'unknown'])

export const ServedHeldCall = HeldCall.extend({
  state: ServedState,
  /** True when whoever asks may decide on it. */
  yours: z.boolean(),
})
export type ServedHeldCall = z.infer<typeof ServedHeldCall>

/** Longer than any call may take (`timeoutMs` of a tool is a minute at most). */
const MAKING_MS = 2 * MINUTE

export function callStateAt(
  { state, until, decidedAt }: Pick<HeldCall, 'state' | 'until' | 'decidedAt'>,
  now: Instant,
): ServedHeldCall['state'] {
  if (state === 'waiting' && until <= now) return 'lapsed'
  if (state === 'making' && decidedAt !== null && later(decidedAt, MAKING_MS) <= now) return 'unknown'
  return state
}
