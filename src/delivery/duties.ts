/**
 * Who may give duties, and to whom. A duty lets a person sign, so nobody gives one to himself by editing a blueprint:
 * naming people takes the permission `administer`, and a blueprint that names the same people as before takes nothing
 * more. Two duties that check each other are never given to one person.
 */
import { Duties, type Duty, type Permission } from '../core/actor.ts'
import { overlapsOf } from '../core/duties.ts'
import { Failure } from '../kernel/failure.ts'

/**
 * Throws `delivery.duties-not-yours` when duties change and the caller may not give them, and
 * `delivery.duties-overlap` when they change so that one person holds two that must be apart.
 */
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
  const inForce = Duties.safeParse(before ?? {}).data ?? {}
  const changed = ([...new Set([...Object.keys(inForce), ...Object.keys(after)])] as Duty[]).filter(
    (duty) => holderOf(inForce, duty) !== holderOf(after, duty),
  )
  const [first] = changed
  if (first === undefined) return
  if (permissions.has('administer')) {
    demandApart(after)
    return
  }
  throw new Failure(
    'forbidden',
    'delivery.duties-not-yours',
    `duties.${first}: it names ${holderOf(after, first) || 'nobody'} in place of ${holderOf(inForce, first) || 'nobody'}, and giving a duty takes the permission administer, so that nobody signs for what they named themselves for. Leave duties as they are and ask an owner to change them.`,
    { facts: { duties: changed } },
  )
}

function demandApart(duties: Duties): void {
  const [overlap] = overlapsOf(duties)
  if (overlap === undefined) return
  const [one, other] = overlap
  throw new Failure(
    'forbidden',
    'delivery.duties-overlap',
    `duties.${one} and duties.${other}: both name ${holderOf(duties, one)}. Whoever wants it done does not say that it is safe: name another person for one of them. Where one person does everything, name that person for every duty; all of it is then marked as not independent.`,
    { facts: { duties: [one, other] } },
  )
}

const holderOf = (duties: Duties, duty: Duty): string => duties[duty]?.trim() ?? ''
