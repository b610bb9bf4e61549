/** How safely an installation is set up, as it finds out itself. */
import { z } from 'zod'
import { Instant } from '../kernel/time.ts'
import { route } from '../wire/route.ts'

/**
 * sound: as it should be · note: worth a thought, and right for some · weak: others could use it, mend it ·
 * unknown: it could not be found out, which is no good sign.
 */
export const PostureVerdict = z.enum(['sound', 'note', 'weak', 'unknown'])
export type PostureVerdict = z.infer<typeof PostureVerdict>

export const PostureFinding = z.object({
  /** Stable, for example `transport`. */
  id: z.string(),
  title: z.string(),
  verdict: PostureVerdict,
  /** What was found, as a sentence; never a secret. */
  found: z.string(),
  /** What to do about it; null where nothing is to be done. */
  remedy: z.string().nullable(),
})
export type PostureFinding = z.infer<typeof PostureFinding>

export const Posture = z.object({
  /** weak as soon as one finding is, unknown as soon as one could not be found out. */
  verdict: PostureVerdict.exclude(['note']),
  at: Instant,
  findings: z.array(PostureFinding),
})
export type Posture = z.infer<typeof Posture>

export const getPosture = route({
  name: 'getPosture',
  method: 'GET',
  path: '/api/v1/posture',
  summary: 'Look at how safely this installation is set up: what is sound, what is weak, and what to do about it',
  permission: 'audit',
  mcp: true,
  returns: { 200: Posture },
})
