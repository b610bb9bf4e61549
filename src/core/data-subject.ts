/**
 * A data subject: the person that data is about, as whoever asks for a copy or for deletion names them. The id is what
 * clients call their user; identifiers are texts that name the person in what was said: an address, a customer number.
 *
 * Invariant: an identifier is found as a whole, so that the customer 4711 is not found in 94711.
 */
import { z } from 'zod'
import type { Instant } from '../kernel/time.ts'

/** Shorter ones would be found in the words of everybody. */
const SHORTEST = 4

export const Identifier = z
  .string()
  .trim()
  .min(SHORTEST, `an identifier has at least ${SHORTEST} characters, or it would be found everywhere`)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u, 'an identifier is one line')

export const DataSubject = z.object({
  /** The end user's id as requests carry it (`user`, `airworthy-subject`, `enduser.id`, `user.id`); null for none. */
  user: z.string().trim().min(1).max(500).nullable(),
  /** Exact texts that name the person, for example an e-mail address. Case makes no difference. */
  identifiers: z.array(Identifier).max(50),
})
export type DataSubject = z.infer<typeof DataSubject>

/** What is looked for. */
export type Sought = DataSubject & {
  /** Only what came before; who comes back afterwards is served, and is not forgotten at once. */
  readonly before: Instant
  /** Traces of the person: what was made from one belongs to the person too. */
  readonly traces: ReadonlySet<string>
}

/** What stands where a person's words stood. */
export const TOMBSTONE = '[deleted at the request of the person concerned]'

/** Whether any text in a JSON value names the person. */
export function mentions({ user, identifiers, traces }: Partial<Sought>, value: unknown): boolean {
  const patterns = (identifiers ?? []).map(patternOf)
  return someText(value, (text) => {
    if (user && text === user) return true
    if (patterns.some((pattern) => pattern.test(text))) return true
    return Boolean(traces?.size) && (text.match(TRACE)?.some((id) => traces?.has(id)) ?? false)
  })
}

/** The value with a tombstone for each text that names the person; numbers, keys and shape stay. */
export function blanked<Value>(value: Value, sought: Sought): Value {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return mentions(sought, one) ? TOMBSTONE : one
    if (Array.isArray(one)) return one.map(walk)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]))
  }
  // Texts become texts and nothing else changes.
  return walk(value) as Value
}

const TRACE = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

const patternOf = (identifier: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${identifier.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu')

function someText(value: unknown, holds: (text: string) => boolean): boolean {
  if (typeof value === 'string') return holds(value)
  if (Array.isArray(value)) return value.some((one) => someText(one, holds))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, one]) => holds(key) || someText(one, holds))
}
