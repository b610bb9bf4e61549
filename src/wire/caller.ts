/** Who is asking, as every handler sees it. `access` makes it from a key or a session. */
import type { ActorId, Permission, Role } from '../core/actor.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'

export type Caller = {
  readonly actor: ActorId
  readonly name: string
  readonly organisation: string
  readonly role: Role
  readonly permissions: ReadonlySet<Permission>
  /** The key that was used; null for a browser session. */
  readonly key: string | null
  /** The one application that the key is bound to; null when it is bound to none. */
  readonly application: string | null
  /** What its direct use of models counts as; the sandbox when not said. */
  readonly stage?: Stage
  /** True for the key of a drill, which the server made for itself: what it asks for may be made to fail. */
  readonly isDrill?: boolean
}

/** Throws `access.forbidden` when the caller may not. */
export function demand(caller: Caller, permission: Permission): void {
  if (caller.permissions.has(permission)) return
  throw new Failure(
    'forbidden',
    'access.forbidden',
    `The role ${caller.role} may not do this; it takes the permission ${permission}. Ask an owner.`,
  )
}

/** Throws when a key that is bound to one application is used for another. */
export function demandApplication(caller: Caller, application: string): void {
  if (caller.application === null || caller.application === application) return
  throw new Failure(
    'forbidden',
    'access.other-application',
    `This key is bound to the application ${caller.application}.`,
  )
}
