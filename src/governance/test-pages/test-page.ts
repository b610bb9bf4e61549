/** A test page: whoever has its link may ask one application, for a time, within caps of its own. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const TestPageId = idOf('tpg')
export type TestPageId = z.infer<typeof TestPageId>

export const TestPage = z.object({
  id: TestPageId,
  organisation: Organisation,
  application: Name,
  /** The release that answers; null for the one that is live in the sandbox when it is asked. */
  release: ReleaseId.nullable(),
  title: z.string(),
  /** Of the token, which nobody keeps. */
  fingerprint: Digest,
  /** The key that its questions count against. Its text was given to nobody. */
  key: z.string(),
  /** How many questions it takes in all. */
  mostQuestions: z.number().int(),
  questions: z.number().int(),
  lastAskedAt: Instant.nullable(),
  expiresAt: Instant,
  createdAt: Instant,
  createdBy: ActorId,
  revokedAt: Instant.nullable(),
})
export type TestPage = z.infer<typeof TestPage>

/** open: it may be asked · used-up: all its questions were asked · expired: its time is over · revoked: taken back. */
export const TestPageState = z.enum(['open', 'used-up', 'expired', 'revoked'])
export type TestPageState = z.infer<typeof TestPageState>

export function stateOf(page: Pick<TestPage, 'revokedAt' | 'expiresAt' | 'questions' | 'mostQuestions'>, now: Instant) {
  if (page.revokedAt !== null) return 'revoked'
  if (page.expiresAt <= now) return 'expired'
  return page.questions >= page.mostQuestions ? 'used-up' : 'open'
}
