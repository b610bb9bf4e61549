/**
 * What JSON and YAML can say and this house does not take, wherever it comes in: characters that PostgreSQL and RFC
 * 8785 refuse (U+0000, halves of surrogate pairs), the key `__proto__`, which assignments take for something else, and
 * nesting that walks a stack to its end. Refused at the door, so that nothing behind it needs to think of them.
 */

/** Deeper than any contract goes; `JSON.stringify` and schemas overflow the stack at some thousand. */
export const MOST_NESTED = 64

export type Unfit = { readonly path: readonly string[]; readonly message: string; readonly remedy: string }

/** The first thing in the value that is not taken, with its path; undefined when all of it is. */
export function unfitIn(value: unknown): Unfit | undefined {
  // A stack of its own: what is looked for would overflow the other one.
  const open: { value: unknown; path: readonly string[] }[] = [{ value, path: [] }]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { value: found, path } = one
    if (typeof found === 'string') {
      const character = unfitCharacter(found)
      if (character) return { path, ...character }
    }
    if (typeof found !== 'object' || found === null) continue
    if (path.length >= MOST_NESTED)
      return { path, message: `is nested deeper than ${MOST_NESTED} levels`, remedy: 'Make it flatter.' }
    for (const [key, inner] of entriesOf(found)) {
      if (key === '__proto__')
        return { path: [...path, key], message: 'no field may be called __proto__', remedy: 'Give it another name.' }
      const character = unfitCharacter(key)
      if (character) return { path: [...path, shownKey(key)], ...character }
      if (isWorthALook(inner)) open.push({ value: inner, path: [...path, key] })
    }
  }
  return undefined
}

/** What is wrong with a text; undefined when nothing is. */
export function unfitCharacter(text: string): { message: string; remedy: string } | undefined {
  if (text.includes('\u0000')) return { message: 'holds the character U+0000', remedy: 'Leave it out.' }
  if (!text.isWellFormed())
    return { message: 'holds half of a surrogate pair', remedy: 'Write the whole character, or leave it out.' }
  return undefined
}

const entriesOf = (found: object): Iterable<[string, unknown]> =>
  Array.isArray(found) ? found.map((inner, at): [string, unknown] => [String(at), inner]) : Object.entries(found)

const isWorthALook = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'object' && value !== null)

const shownKey = (key: string): string => key.toWellFormed().replaceAll('\u0000', '\uFFFD')
