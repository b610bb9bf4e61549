/** Values for a JSON schema of the OpenAPI document: as it asks for, and then with something in them turned hostile. */
import fc from 'fast-check'
import { HOSTILE_TEXT, HOSTILE_TEXTS, HOSTILE_VALUE } from './hostile.ts'

export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
}

const MOST_DEPTH = 6
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-03-01T00:00:00.000Z',
  date: '2026-03-01',
  uri: 'http://127.0.0.1:9/v1',
  email: 'ada@example.com',
  base64: 'AAAA',
}

/** What the schema asks for, as far as a generator needs to know it: close enough to come past the first check. */
export function valueFor(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices && choices.length > 0) return fc.oneof(...choices.map((one) => valueFor(one, depth + 1)))
  if (schema.allOf)
    return fc
      .tuple(...schema.allOf.map((one) => valueFor(one, depth + 1)))
      .map((parts) => Object.assign({}, ...parts.filter((part) => typeof part === 'object')))
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'string') return textFor(schema)
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1000, 1000) })
  if (type === 'number') return fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (depth > MOST_DEPTH) return fc.constant(type === 'array' ? [] : {})
  if (type === 'array') return fc.array(valueFor(schema.items ?? {}, depth + 1), { minLength: 1, maxLength: 3 })
  if (type === 'object') return objectFor(schema, depth)
  return fc.jsonValue({ maxDepth: 2 })
}

function objectFor(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  depth: number,
): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueFor(one, depth + 1)]))
  const known = fc.record(fields, { requiredKeys: [...required].filter((name) => name in fields) })
  if (typeof additionalProperties !== 'object') return known
  const further = fc.dictionary(
    fc.constantFrom('a', 'b', 'airworthy.yaml'),
    valueFor(additionalProperties, depth + 1),
    {
      maxKeys: 2,
    },
  )
  return fc.tuple(known, further).map(([own, more]) => ({ ...more, ...own }))
}

/** A generator of texts costs milliseconds to make, and the same few are asked for thousands of times. */
const texts = new Map<string, fc.Arbitrary<string>>()

function textFor(schema: JsonSchema): fc.Arbitrary<string> {
  const { pattern, format, minLength, maxLength } = schema
  const key = JSON.stringify([pattern, format, minLength, maxLength])
  const text = texts.get(key) ?? newTextFor(schema)
  texts.set(key, text)
  return text
}

function newTextFor({ pattern, format, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  const known = format === undefined ? undefined : FORMATS[format]
  if (known !== undefined) return fc.constant(known)
  if (pattern !== undefined)
    try {
      return fc.stringMatching(new RegExp(pattern))
    } catch {
      // A pattern that looks around is beyond the generator.
      return fc.constantFrom('parcels', 'datasets/a.jsonl', '12.5')
    }
  return fc.string({ minLength: Math.min(minLength, 40), maxLength: Math.min(Math.max(maxLength, minLength), 40) })
}

/** One place of the value replaced, removed or added to; now and then the whole. */
export const turnedHostile = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(valid, fc.nat(), HOSTILE_VALUE, HOSTILE_TEXT, fc.constantFrom('replace', 'replace', 'add', 'remove'))
    .map(([value, at, hostile, key, how]) => {
      const copy = structuredClone(value)
      const places = placesIn(copy)
      const place = places[at % (places.length + 1)]
      if (!place) return hostile
      const { holder, name } = place
      if (how === 'replace' || Array.isArray(holder)) Reflect.set(holder, name, hostile)
      else if (how === 'remove') Reflect.deleteProperty(holder, name)
      else
        Object.defineProperty(holder, key || HOSTILE_TEXTS[3] || 'a', {
          value: hostile,
          enumerable: true,
          configurable: true,
          writable: true,
        })
      return copy
    })

type Place = { readonly holder: object; readonly name: string | number }

/** Without recursion: what was made hostile once may be 2,000 levels deep. */
function placesIn(value: unknown): Place[] {
  const places: Place[] = []
  const left = [value]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one !== 'object' || one === null) continue
    for (const name of Array.isArray(one) ? one.keys() : Object.keys(one)) {
      places.push({ holder: one, name })
      left.push(Reflect.get(one, name))
    }
  }
  return places
}
