/** How much worse it is when somebody else answers: each stand-in of a release beside the model that is meant. */
import { z } from 'zod'
import { ReleaseId } from '../../core/release.ts'
import { route } from '../../wire/route.ts'
import { ArmId } from '../arms/index.ts'
import { Comparison } from '../results.ts'

export const StandIn = z.object({
  /** Its name in the release. */
  name: z.string(),
  as: z.enum(['fallback', 'target']),
  /** The suite that measures it alone, and the one that measures the model that is meant on the same dataset. */
  suite: z.string().nullable(),
  against: z.string().nullable(),
  /** The two arms, for all other scores and for slices; null while one of them was not run. */
  arms: z.object({ meant: ArmId, standIn: ArmId }).nullable(),
  /** Of the primary score, the stand-in less the model that is meant, pair by pair; null while one was not run. */
  comparison: Comparison.nullable(),
  /** The same in a sentence, or what is missing. */
  words: z.string(),
})
export type StandIn = z.infer<typeof StandIn>

export const listStandIns = route({
  name: 'listStandIns',
  method: 'GET',
  path: '/api/v1/releases/:id/stand-ins',
  summary: 'How much worse fallbacks and targets of routes are than the models that are meant, pair by pair',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ items: z.array(StandIn) }) },
})
