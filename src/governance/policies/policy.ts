/**
 * Policies: texts of the organisation in versions, and who read which. An acknowledgement is of one version; a new
 * version makes it stale, and nobody has to remember to ask again (S0.P4a).
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const Policy = z.object({
  id: idOf('pol'),
  organisation: Organisation,
  name: Name,
  version: z.number().int(),
  title: z.string(),
  /** Markdown. */
  text: z.string(),
  /** Checks of the catalogue that show whether it is followed. */
  checks: z.array(z.string()),
  /** Whoever freezes a release must have acknowledged it. */
  isRequired: z.boolean(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type Policy = z.infer<typeof Policy>

export const Acknowledgement = z.object({
  id: idOf('ack'),
  organisation: Organisation,
  policy: Name,
  version: z.number().int(),
  actor: ActorId,
  at: Instant,
})
export type Acknowledgement = z.infer<typeof Acknowledgement>

/** How one person stands to a policy. stale: what was acknowledged is not the newest version. */
export const PolicyStanding = z.enum(['acknowledged', 'stale', 'missing'])
export type PolicyStanding = z.infer<typeof PolicyStanding>

export const standingTo = ({ version }: Pick<Policy, 'version'>, acknowledged: number | undefined): PolicyStanding =>
  acknowledged === undefined ? 'missing' : acknowledged < version ? 'stale' : 'acknowledged'
