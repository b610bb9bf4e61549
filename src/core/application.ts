/** An application: a name, an editable blueprint, and the releases frozen from it. */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { ActorId, Organisation } from './actor.ts'
import { Name } from './names.ts'

export const ApplicationId = idOf('app')
export type ApplicationId = z.infer<typeof ApplicationId>

/** A file of the blueprint that people answer for (charter, risks, …): evidence depends on its digest. */
export const Document = z.object({ digest: Digest, value: z.unknown() })
export type Document = z.infer<typeof Document>

export const Application = z.object({
  id: ApplicationId,
  organisation: Organisation,
  name: Name,
  description: z.string(),
  /** Where it came from: `support-assistant`, `bring-your-own`, or `files`. */
  template: z.string(),
  /** Digest over all files of the blueprint as they stand. */
  blueprint: Digest,
  /** Governance documents by name (`charter`, `risks`, `duties`, `profile`, …), not frozen into releases. */
  documents: z.record(z.string(), Document),
  createdAt: Instant,
  createdBy: ActorId,
  updatedAt: Instant,
})
export type Application = z.infer<typeof Application>
