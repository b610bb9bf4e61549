/**
 * Which settings a dialect can say, as a table that the compiler completes: a new setting does not compile until every
 * dialect has decided about it.
 */
import type { CanonicalRequest, Settings } from './request.ts'

/** Something that was asked for and that the provider's dialect has no word for. */
export type Loss = {
  /** As the canonical form calls it, or the path of a part, for example `messages.2.audio`. */
  readonly field: string
  /** True when the answer would be another without it, so that it must not be left out unless a policy says so. */
  readonly changesAnswer: boolean
}

type Body = Record<string, unknown>

/** Writes a setting into the body; or says that it is lost, and whether that matters. */
export type Carry = {
  readonly [Field in keyof Required<Settings>]:
    | ((value: NonNullable<Settings[Field]>, body: Body, request: CanonicalRequest) => Loss | undefined)
    | 'lost'
    | 'lost-and-matters'
}

/** Writes all settings that are there, in the order of the table. */
export function carryAll(carry: Carry, request: CanonicalRequest, body: Body): Loss[] {
  const losses: Loss[] = []
  for (const field of Object.keys(carry) as (keyof Carry)[]) {
    const value = request[field]
    if (value === undefined) continue
    const how = carry[field] as 'lost' | 'lost-and-matters' | ((...args: unknown[]) => Loss | undefined)
    if (typeof how !== 'function') losses.push({ field, changesAnswer: how === 'lost-and-matters' })
    else {
      const loss = how(value, body, request)
      if (loss) losses.push(loss)
    }
  }
  return losses
}

/** A setting that the dialect writes as it is, under its own name. */
export const as =
  (name: string) =>
  (value: unknown, body: Body): undefined => {
    body[name] = value
  }

export const lost = (field: string, changesAnswer = false): Loss => ({ field, changesAnswer })
