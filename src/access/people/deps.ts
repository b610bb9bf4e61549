/** What the ways to sign in are given by the rest of access. */
import type { ActorId } from '../../core/actor.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import type { Secret } from '../../kernel/secret.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { Actors } from '../actors.ts'
import type { Audit } from '../audit.ts'
import type { Directory } from '../directory.ts'
import type { Identify } from '../identify.ts'
import type { HmacOf } from '../secrets.ts'
import type { Sessions } from '../sessions.ts'

export type PeopleDeps = {
  db: Database
  clock: Clock
  random: RandomBytes
  organisation: string
  masterKey: Secret
  fingerprints: Secret
  hmacOf: HmacOf
  audit: Pick<Audit, 'record'>
  directory: Pick<Directory, 'key'>
  identify: Pick<Identify, 'sessionOf'>
  actors: Pick<Actors, 'getActor' | 'findBySignInName' | 'newActor' | 'write' | 'announce' | 'updateActor'>
  sessions: Sessions
  /** Known once the log has begun. */
  systemActor: () => ActorId
  publicUrl: () => string
  /** Told of what an operator has to mend, for the server's own log. */
  report: (thrown: unknown) => void
}

/** Where a request came from, as sign-in needs to know it. */
export type Visitor = {
  /** As the connection or a trusted proxy says; kept as an HMAC only. */
  readonly address: string
  readonly device: string
}
