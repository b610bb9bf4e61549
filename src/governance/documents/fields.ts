/**
 * Fields of governance documents. A document may be unfinished: an empty field is counted by its check,
 * not refused at the door; only what has the wrong shape is.
 */
import { z } from 'zod'

export const text = z.string().nullish()
export const texts = z.array(z.string()).nullish()
export const amount = z.union([z.number(), z.string()]).nullish()
export const date = z.iso.date('a date is written 2026-03-01').nullish()

/** Marks a document as made by example people; its evidence is marked so everywhere. */
export const exampleFlag = z.boolean().default(false)

/** Says something: neither empty nor a promise to say it later. */
export function isFilled(value: unknown): boolean {
  if (value === null || value === undefined) return false
  if (Array.isArray(value)) return value.some(isFilled)
  if (typeof value === 'string') return value.trim() !== '' && !LATER.test(value.trim())
  if (typeof value === 'object') return Object.values(value).some(isFilled)
  return true
}

const LATER = /^(?:(?:to ?do|tb[ads])\b.*|\?+|\.{3}|…|-+|n\/?a|none yet|unknown|later|open|xxx+)[.:!]?$/is

/** The names of the fields that say nothing. */
export const emptyFields = <Value extends object>(value: Value, names: readonly (keyof Value & string)[]): string[] =>
  names.filter((name) => !isFilled(value[name]))
