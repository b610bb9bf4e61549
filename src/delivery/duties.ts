/**
 * Who may give duties. A duty lets a person sign, so nobody gives one to himself by editing a blueprint: naming people
 * takes the permission `administer`, and a blueprint that names the same people as before takes nothing more.
 */
import { Duties, type Duty, type Permission } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'

/** Throws `delivery.duties-not-yours` when duties change and the caller may not give them. */
export function demandMayGrant({
  before,
  after,
  permissions,
}: {
  /** What is in force, as the application has it; undefined for a new one. */
  before: unknown
  after: Duties
  permissions: ReadonlySet<Permission>
}): void {
  if (permissions.has('administer')) return
  const inForce = Duties.safeParse(before ?? {}).data ?? {}
  const changed = ([...new Set([...Object.keys(inForce), ...Object.keys(after)])] as Duty[]).filter(
    (duty) => holderOf(inForce, duty) !== holderOf(after, duty),
  )
  const [first] = changed
  if (first === undefined) return
  throw new Failure(
    'forbidden',
    'delivery.duties-not-yours',
    `duties.${first}: it names ${holderOf(after, first) || 'nobody'} in place of ${holderOf(inForce, first) || 'nobody'}, and giving a duty takes the permission administer, so that nobody signs for what they named themselves for. Leave duties as they are and ask an owner to change them.`,
    { facts: { duties: changed } },
  )
}

const holderOf = (duties: Duties, duty: Duty): string => duties[duty]?.trim() ?? ''
