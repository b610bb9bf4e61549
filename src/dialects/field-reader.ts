/**
 * Reads the fields of a client's body one by one and knows in the end which were not read. A field of the wrong shape
 * is a failure that names it.
 */
import { Failure } from '../kernel/failure.ts'

export type Json = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const wrong = (field: string, message: string): Failure =>
  new Failure('invalid', 'dialects.request-not-valid', message, { problems: [{ field, message }] })

export type Fields = ReturnType<typeof readFields>

/** Null counts as absent, as every provider takes it. */
export function readFields(body: Json, at = '') {
  const left = new Set(Object.keys(body).filter((name) => body[name] !== undefined && body[name] !== null))
  const path = (name: string) => (at === '' ? name : `${at}.${name}`)
  const take = (name: string): unknown => {
    left.delete(name)
    return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined
  }
  return {
    take,
    path,
    text(name: string): string | undefined {
      const value = take(name)
      if (value === undefined || typeof value === 'string') return value
      throw wrong(path(name), `\`${path(name)}\` is a text, found ${kindOf(value)}.`)
    },
    number(name: string): number | undefined {
      const value = take(name)
      if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value
      throw wrong(path(name), `\`${path(name)}\` is a number, found ${kindOf(value)}.`)
    },
    flag(name: string): boolean | undefined {
      const value = take(name)
      if (value === undefined || typeof value === 'boolean') return value
      throw wrong(path(name), `\`${path(name)}\` is true or false, found ${kindOf(value)}.`)
    },
    record(name: string): Json | undefined {
      const value = take(name)
      if (value === undefined || isRecord(value)) return value
      throw wrong(path(name), `\`${path(name)}\` is an object, found ${kindOf(value)}.`)
    },
    list(name: string): readonly unknown[] | undefined {
      const value = take(name)
      if (value === undefined || Array.isArray(value)) return value
      throw wrong(path(name), `\`${path(name)}\` is a list, found ${kindOf(value)}.`)
    },
    /** Paths of what nobody asked for. */
    unread: (): string[] => [...left].map(path),
  }
}

/** The same object without what is undefined, for shapes whose optional fields are absent rather than undefined. */
export function present<Shape extends Record<string, unknown>>(shape: Shape): WithoutUndefined<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as never
}
type WithoutUndefined<Shape> = { [Field in keyof Shape]: Exclude<Shape[Field], undefined> } extends infer All
  ? {
      [Field in keyof All as undefined extends Shape[Field & keyof Shape] ? never : Field]: All[Field]
    } & { [Field in keyof All as undefined extends Shape[Field & keyof Shape] ? Field : never]?: All[Field] }
  : never

export const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value

export const unreadable = (wire: string, why: string): Failure =>
  new Failure('unavailable', 'dialects.answer-unreadable', `The provider's answer (${wire}) cannot be read: ${why}.`, {
    facts: { why },
  })

export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A `data:` address taken apart; undefined when it is another address. */
export function dataUrl(url: string): { mediaType: string; base64: string } | undefined {
  const found = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w=.-]+)*;base64,/.exec(url)
  return found?.[1] ? { mediaType: found[1], base64: url.slice(found[0].length) } : undefined
}

/** A count of tokens as providers send it: whole and not negative, else unknown. */
export const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
