/** What a database takes as JSON. */

/** PostgreSQL keeps neither NUL nor half a surrogate pair; a model that answers with one gets the replacement character. */
export function storableJson(given: unknown): string {
  const text = JSON.stringify(given)
  if (!/\\u(?:0000|d[89a-f])/.test(text)) return text
  return JSON.stringify(given, (_, value) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
  )
}
