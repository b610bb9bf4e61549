/** A document as it was at one time. The blueprint holds the newest; the versions before it are kept here. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { DOCUMENTS } from '../../core/blueprint/schema.ts'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const DocumentKey = z.enum(DOCUMENTS)
export type DocumentKey = z.infer<typeof DocumentKey>

export const DocumentVersionId = idOf('dcv')
export type DocumentVersionId = z.infer<typeof DocumentVersionId>

export const DocumentVersion = z.object({
  id: DocumentVersionId,
  organisation: Organisation,
  application: Name,
  document: DocumentKey,
  digest: Digest,
  value: z.record(z.string(), z.unknown()),
  createdAt: Instant,
  createdBy: ActorId,
})
export type DocumentVersion = z.infer<typeof DocumentVersion>
