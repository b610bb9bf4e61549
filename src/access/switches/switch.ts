/**
 * A switch that is off: nothing of this application, release, model or provider answers until
 * somebody turns it on; with the cache of an application off, nobody is given an answer again.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'

export const SwitchKind = z.enum(['application', 'release', 'model', 'provider', 'cache'])
export type SwitchKind = z.infer<typeof SwitchKind>

/** A row stands for a switch that is off; what has none is on. */
export const Switch = z.object({
  organisation: Organisation,
  kind: SwitchKind,
  /** Name of the application or provider (for a cache, of its application), id of the release, `provider/model`. */
  name: z.string(),
  /** Shown to whoever is refused. */
  reason: z.string(),
  offBy: ActorId,
  offAt: Instant,
})
export type Switch = z.infer<typeof Switch>

/** What whoever is refused is told, and whom to ask. */
export const sentenceOf = ({ kind, name, reason, offAt }: Switch, by: string): string =>
  `The ${kind} ${name} was switched off by ${by} at ${offAt}: ${reason.replace(/[.\s]+$/, '')}. Nothing is wrong with the request; ask ${by}, or whoever operates this installation, when it will be on again.`
