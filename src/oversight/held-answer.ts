/** An answer that a person looks at: before it is given (hold), or after (flag). */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Turn } from '../core/conversation.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Stage } from '../core/stage.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

export const HeldAnswerId = idOf('hld')
export type HeldAnswerId = z.infer<typeof HeldAnswerId>

/** release: it stands as it is · edit: the overseer's own words stand in its place · refuse: nothing is given. */
export const OverseerDecision = z.enum(['release', 'edit', 'refuse'])
export type OverseerDecision = z.infer<typeof OverseerDecision>

/** What decided answers are called. */
export const STATE_AFTER = { release: 'released', edit: 'edited', refuse: 'refused' } as const

export const HeldAnswer = z.object({
  id: HeldAnswerId,
  organisation: Organisation,
  application: Name,
  stage: Stage,
  release: ReleaseId,
  /** Of the request, as traces have it. */
  trace: z.string(),
  /** Names of the kinds of the plan that it is among. */
  kinds: z.array(z.string()),
  mode: z.enum(['hold', 'flag']),
  turns: z.array(Turn),
  /** As the application made it. */
  answer: z.string(),
  /** The end user, as the request names them. */
  user: z.string().nullable(),
  /** Who asked: the program or person whose key it was. */
  askedBy: ActorId,
  at: Instant,
  /** Until when it may be decided; null for one that was given already. */
  until: Instant.nullable(),
  state: z.enum(['waiting', 'released', 'edited', 'refused']),
  /** What was let out, or should have been; null while it waits, and when it is refused. */
  given: z.string().nullable(),
  reason: z.string(),
  decidedBy: ActorId.nullable(),
  decidedAt: Instant.nullable(),
})
export type HeldAnswer = z.infer<typeof HeldAnswer>

/** As it is served: one that nobody looked at in time is `lapsed`, and stays unanswered. */
export const ServedHeldAnswer = HeldAnswer.extend({
  state: z.enum(['waiting', 'released', 'edited', 'refused', 'lapsed']),
  /** True when whoever asks may decide on it. */
  yours: z.boolean(),
})
export type ServedHeldAnswer = z.infer<typeof ServedHeldAnswer>

export const stateAt = ({ state, until }: Pick<HeldAnswer, 'state' | 'until'>, now: Instant) =>
  state === 'waiting' && until !== null && until <= now ? ('lapsed' as const) : state

export const StopTestId = idOf('stp')

/** The stop was used, and the time was taken until the next request was refused. */
export const StopTest = z.object({
  id: StopTestId,
  organisation: Organisation,
  application: Name,
  /** The release that had answered just before. */
  release: ReleaseId,
  /** Seconds from the stop to the first refused request; null when none was refused in time. */
  seconds: z.number().nullable(),
  /** Whether it answered again when it was switched on. */
  answersAgain: z.boolean(),
  by: ActorId,
  at: Instant,
})
export type StopTest = z.infer<typeof StopTest>
