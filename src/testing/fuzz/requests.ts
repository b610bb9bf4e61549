/** Requests for one operation of an OpenAPI document, from nearly right to hostile in every part. */
import fc from 'fast-check'
import { HOSTILE_BODIES, HOSTILE_HEADERS, HOSTILE_TEXT, HOSTILE_TEXTS } from './hostile.ts'
import { type JsonSchema, turnedHostile, valueFor } from './schema-values.ts'

export type Operation = {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly schema?: JsonSchema }[]
  /** By media type. */
  readonly bodies: Readonly<Record<string, JsonSchema>>
}

export type FuzzRequest = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

type Described = {
  readonly operationId: string
  readonly parameters?: Operation['parameters']
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
}

/** The operations of a document as it is served. */
export const operationsOf = (document: Record<string, unknown>): Operation[] =>
  Object.entries(document.paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
      operationId,
      method: method.toUpperCase(),
      path,
      parameters,
      bodies: Object.fromEntries(
        Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema]),
      ),
    })),
  )

/** @param known values that exist, by the name of a parameter, so that some requests come past the first 404 */
export function requestsFor(
  operation: Operation,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<FuzzRequest> {
  const named = (place: string) => operation.parameters.filter((one) => one.in === place && one.name !== undefined)
  const path = fc
    .tuple(...named('path').map(({ name = '', schema = {} }) => segment(known[name] ?? [], schema)))
    .map((values) =>
      named('path').reduce((text, { name }, at) => text.replace(`{${name}}`, values[at] ?? ''), operation.path),
    )
  const query = fc
    .tuple(...named('query').map(({ name = '', schema = {} }) => queryValue(name, schema, known[name] ?? [])))
    .map((values) => values.flat())
  const strangeQuery = fc.option(
    HOSTILE_TEXT.map((text) => `${encoded(text)}=${encoded(text)}`),
    { freq: 6 },
  )
  const headers = fc.option(fc.constantFrom(...HOSTILE_HEADERS), { freq: 3, nil: {} })
  return fc.tuple(path, query, strangeQuery, headers, bodyOf(operation)).map(([where, asked, strange, more, sent]) => {
    const search = [...asked, ...(strange === null ? [] : [strange])].join('&')
    return {
      method: operation.method,
      path: `${where}${search ? `?${search}` : ''}`,
      headers: { ...(sent && { 'content-type': sent.type }), ...more },
      body: sent?.bytes,
    }
  })
}

/** Percent-encoded; what has no UTF-8 (half a surrogate pair) becomes the replacement character. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Escapes that are none, bytes that are no UTF-8, and what a router might take for its own. */
const RAW_SEGMENTS = ['%00', '%ff', '%', '%zz', '..%2f..%2fetc%2fpasswd', '%2e%2e', '.', ':name', '*', '%E0%A4%A']

function segment(known: readonly string[], schema: JsonSchema): fc.Arbitrary<string> {
  const usual = known.length > 0 ? fc.constantFrom(...known) : valueFor(schema).map((value) => encoded(String(value)))
  return fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 2, arbitrary: HOSTILE_TEXT.map((text) => encoded(text) || '-') },
    { weight: 1, arbitrary: fc.constantFrom(...RAW_SEGMENTS) },
  )
}

function queryValue(name: string, schema: JsonSchema, known: readonly string[]): fc.Arbitrary<string[]> {
  const usual = known.length > 0 ? fc.constantFrom(...known) : valueFor(schema).map((value) => encoded(String(value)))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 2, arbitrary: usual.map((value) => [`${name}=${value}`]) },
    { weight: 2, arbitrary: HOSTILE_TEXT.map((text) => [`${name}=${encoded(text)}`]) },
    { weight: 1, arbitrary: fc.constantFrom(...RAW_SEGMENTS).map((text) => [`${name}=${text}`, `${name}=1`]) },
  )
}

function bodyOf({ bodies }: Operation): fc.Arbitrary<{ type: string; bytes: Buffer } | undefined> {
  const types = Object.entries(bodies)
  if (types.length === 0) return fc.constant(undefined)
  return fc.constantFrom(...types).chain(([type, schema]) => {
    const valid = valueFor(schema)
    const text = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '')
    return fc
      .oneof(
        { weight: 3, arbitrary: valid.map(text) },
        { weight: 8, arbitrary: turnedHostile(valid).map(text) },
        { weight: 3, arbitrary: turnedHostile(turnedHostile(valid)).map(text) },
        { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_BODIES) },
        { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS).map((one) => Buffer.from(one)) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((one) => Buffer.from(one)) },
      )
      .map((sent) => ({ type, bytes: sent }))
  })
}
