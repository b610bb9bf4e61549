/** Whether somebody is one of those who are meant: by the name that the request gives, or by what it says of them. */
import type { Audience } from './rollout.ts'

/** Ten thousand names are looked through once, not at each request; a table is swapped whole, and its sets with it. */
const sets = new WeakMap<Audience, ReadonlySet<string>>()

export function isMeant(audience: Audience, subject: string, metadata: Readonly<Record<string, string>>): boolean {
  if (usersOf(audience).has(subject)) return true
  for (const [name, values] of Object.entries(audience.groups)) {
    const value = metadata[name]
    if (value !== undefined && values.includes(value)) return true
  }
  return false
}

function usersOf(audience: Audience): ReadonlySet<string> {
  const known = sets.get(audience)
  if (known) return known
  const made = new Set(audience.users)
  sets.set(audience, made)
  return made
}
