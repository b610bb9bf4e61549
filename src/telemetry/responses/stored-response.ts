/**
 * An answer that its client may build on by its id (`previous_response_id`), with everything that was asked before it.
 * It is its caller's own: whoever acts as somebody else, or for another application, sees nothing of it.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'

export const StoredResponse = z.object({
  /** As the client knows it: `resp_` and the id of the trace, or the id that its provider gave it. */
  id: z.string(),
  organisation: Organisation,
  /** Of the key that asked; null for one that is bound to none. */
  application: z.string().nullable(),
  actor: ActorId,
  /** As the client named its user. */
  user: z.string().nullable(),
  at: Instant,
  /** JSON as text, which keeps every character: all items that were asked, those of earlier turns first. */
  input: z.string(),
  /** JSON as text: the answer as it was given. */
  response: z.string(),
  /** Who keeps it; null for us. What a provider keeps is nowhere here: `input` and `response` hold nothing. */
  provider: z.string().nullable(),
  /** The name of the provider's key that it was made with; null where there was none to name. */
  credential: z.string().nullable(),
})
export type StoredResponse = z.infer<typeof StoredResponse>

/** Who asks for one. */
export type Whose = Pick<StoredResponse, 'organisation' | 'application' | 'actor'>
