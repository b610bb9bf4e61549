/** A release: a frozen blueprint, addressed by the digest of its manifest. It never changes. */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { ActorId, Organisation } from './actor.ts'
import { ApplicationId } from './application.ts'
import { Manifest } from './manifest.ts'
import { Name } from './names.ts'

export const ReleaseId = idOf('rel')
export type ReleaseId = z.infer<typeof ReleaseId>

export const Release = z.object({
  id: ReleaseId,
  organisation: Organisation,
  application: Name,
  applicationId: ApplicationId,
  /** 1, 2, 3 … within the application, for people: `r3`. */
  number: z.number().int(),
  digest: Digest,
  manifest: Manifest,
  /** Digest of the blueprint that it was frozen from. */
  blueprint: Digest,
  /** Git commit of the blueprint's folder, when the one who froze it told. */
  commit: z.string().nullable(),
  frozenAt: Instant,
  frozenBy: ActorId,
})
export type Release = z.infer<typeof Release>
