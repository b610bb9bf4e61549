/** Attributes as they come: words, amounts and structures, the latter as values or as JSON text. */

export type Attributes = Readonly<Record<string, unknown>>
export type EventLike = { readonly name: string; readonly attributes: Attributes }

/** The first of the names that holds a text. */
export const wordOf = (attributes: Attributes, names: readonly string[]): string | undefined =>
  first(attributes, names, (value) => (typeof value === 'string' && value !== '' ? value : undefined))

/** The first of the names that holds a number from zero, or one as text. */
export const amountOf = (attributes: Attributes, names: readonly string[]): number | undefined =>
  first(attributes, names, (value) => {
    const number = typeof value === 'string' && value !== '' ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? Math.round(number) : undefined
  })

/** An object, or JSON text of one; empty for anything else. */
export function recordOf(value: unknown): Record<string, unknown> {
  const found = typeof value === 'string' && value.startsWith('{') ? parsed(value) : value
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {}
}

/** A list, or JSON text of one; empty for anything else. */
export function listOf(value: unknown): unknown[] {
  const found = typeof value === 'string' && value.startsWith('[') ? parsed(value) : value
  return Array.isArray(found) ? found : []
}

/** Text as it is, anything else as JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)

const first = <Value>(
  attributes: Attributes,
  names: readonly string[],
  read: (value: unknown) => Value | undefined,
): Value | undefined => {
  for (const name of names) {
    const value = read(attributes[name])
    if (value !== undefined) return value
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
