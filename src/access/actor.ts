/** Who may act here, and what each of the six roles may do. */
import { z } from 'zod'
import { ActorId, Organisation, Permission, Role } from '../core/actor.ts'
import { Instant } from '../kernel/time.ts'

/** person: signs in or holds keys · program: made for one key · system: the installation itself, which cannot sign in. */
export const ActorKind = z.enum(['person', 'program', 'system'])
export type ActorKind = z.infer<typeof ActorKind>

export const Actor = z.object({
  id: ActorId,
  organisation: Organisation,
  name: z.string().min(1).max(100),
  kind: ActorKind,
  role: Role,
  /** Marks people who exist only in the example. */
  example: z.boolean(),
  /** What a person types to sign in with a password, in lower case; null for who does not. */
  signInName: z.string().nullable(),
  /** From then on the keys and sessions of this actor are refused; null while it may act. */
  disabledAt: Instant.nullable(),
  /** In which pages and plans speak to this person; null where they follow the browser. */
  language: z.string().nullable(),
  createdAt: Instant,
})
export type Actor = z.infer<typeof Actor>

/** An e-mail address or a short name. Case makes no difference. */
export const SignInName = z
  .string()
  .trim()
  .toLowerCase()
  .min(2, 'a sign-in name has at least 2 characters')
  .max(200)
  .regex(/^[^\s\p{C}]+$/u, 'a sign-in name has no spaces')

/** The permissions of each role (rule 1 of the README). */
export const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(Permission.options),
  builder: new Set(['view', 'infer', 'infer-models', 'build', 'operate', 'attest', 'promote']),
  approver: new Set(['view', 'attest', 'waive', 'promote', 'audit']),
  security: new Set(['view', 'attest', 'waive', 'operate', 'audit', 'privacy']),
  auditor: new Set(['view', 'audit']),
  viewer: new Set(['view']),
}

/** True when `role` may do everything that `other` may, and so may hold a key of that role. */
export const covers = (role: Role, other: Role): boolean =>
  [...PERMISSIONS[other]].every((permission) => PERMISSIONS[role].has(permission))
