/** Who may see and change what of a dataset. Pure: the caller and the dataset are all that is asked. */
import type { ActorId, Role } from '../../core/actor.ts'
import type { Dataset } from './dataset.ts'

/** As much of a caller as decides here. */
export type Reader = { readonly actor: ActorId; readonly role: Role; readonly application: string | null }

/** A page of what belongs to a dataset. */
export type PageAsk<Cursor> = {
  readonly name: string
  readonly caller: Reader
  readonly cursor?: Cursor | undefined
  readonly limit: number
}

export type Access = {
  /** Rows that are not held out. */
  readonly rows: boolean
  /** Held-out rows; each read is counted. */
  readonly holdout: boolean
  /** Its description, owner, readers and quality rules. */
  readonly policy: boolean
}

/**
 * The owner of the dataset reads its rows whatever the role; held-out rows are read by the roles that the dataset
 * names, so that somebody who builds cannot look at the exam by owning it.
 */
export function accessOf({ owner, access }: Pick<Dataset, 'owner' | 'access'>, { actor, role }: Reader): Access {
  const isOwner = actor === owner
  return {
    rows: isOwner || role === 'owner' || access.readers.includes(role),
    holdout: access.holdoutReaders.includes(role),
    policy: isOwner || role === 'owner',
  }
}
