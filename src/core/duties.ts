/** Who holds the duties of an application, which of them one person may not hold together, and what solo means. */
import { Duties, Duty } from './actor.ts'

/** Whoever wants it done may not be the one who says that it is safe. */
export const APART: readonly (readonly [Duty, Duty])[] = [
  ['business-owner', 'risk'],
  ['technical-lead', 'security'],
]

export type Person = { readonly id: string; readonly name: string }

/** The duties of an application as its documents have them; none where they cannot be read. */
export const dutiesOf = (documents: Readonly<Record<string, { readonly value?: unknown }>>): Duties =>
  Duties.safeParse(documents.duties?.value).data ?? {}

/** True when `holder`, as people write it in a blueprint, means this person: by id, or by name in any case. */
export const means = (holder: string | undefined, { id, name }: Person): boolean => {
  const written = holder?.trim() ?? ''
  return written !== '' && (written === id || written.toLowerCase() === name.trim().toLowerCase())
}

/** The forbidden pairs that one person holds; none are forbidden where one person holds everything. */
export function overlapsOf(duties: Duties): (readonly [Duty, Duty])[] {
  if (isSolo(duties)) return []
  return APART.filter(
    ([one, other]) => holderOf(duties, one) !== '' && holderOf(duties, one) === holderOf(duties, other),
  )
}

/** One person holds every duty that is held: nothing here is independent, and everything says so. */
export function isSolo(duties: Duties): boolean {
  const held = Duty.options.map((duty) => holderOf(duties, duty)).filter((holder) => holder !== '')
  return held.length > 1 && new Set(held).size === 1
}

const holderOf = (duties: Duties, duty: Duty): string => duties[duty]?.trim().toLowerCase() ?? ''
