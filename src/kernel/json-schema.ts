/** Values against a JSON Schema (draft 7, and what 2020-12 has in common with it), held by ajv and said in our words. */
import { Ajv, type ErrorObject } from 'ajv'
import type { Problem } from './failure.ts'

/** Everything in a value that does not fit, with its path; nothing where it fits. */
export type SchemaCheck = (value: unknown) => Problem[]

export type Expression = { test(text: string): boolean }

/**
 * Compiled once: about a millisecond, so keep it.
 *
 * @param regExp how patterns are matched; without it as JavaScript does, so only for patterns that cannot explode
 * @throws `Error` that says what is wrong with the schema
 */
export function schemaCheck(
  schema: Readonly<Record<string, unknown>>,
  regExp: (pattern: string, flags: string) => Expression = (pattern, flags) => new RegExp(pattern, flags),
): SchemaCheck {
  // A `$schema` of another draft would make ajv look for its meta-schema; keywords are the same.
  const { $schema: _, ...rest } = schema
  const fits = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    // `code` names the engine for generated code that stands alone, of which there is none.
    code: { regExp: Object.assign(regExp, { code: 'regExp' }) },
  }).compile(rest)
  return (value) => (fits(value) ? [] : (fits.errors ?? []).map(problemOf))
}

function problemOf({ keyword, instancePath, params, data, message }: ErrorObject): Problem {
  const field = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
  const within = (name: string) => (field === '' ? name : `${field}.${name}`)
  if (keyword === 'required') return { field: within(params.missingProperty), message: 'is missing' }
  if (keyword === 'additionalProperties')
    return { field: within(params.additionalProperty), message: 'is not asked for' }
  return { field, message: SAYS[keyword]?.(params, data) ?? message ?? 'does not fit the schema' }
}

type Says = (params: ErrorObject['params'], data: unknown) => string

const SAYS: Readonly<Record<string, Says>> = {
  type: ({ type }, data) => `is ${article(typeOf(data))}, and ${[type].flat().map(article).join(' or ')} is asked for`,
  enum: ({ allowedValues }) =>
    `is none of ${(allowedValues as unknown[]).map((one) => JSON.stringify(one)).join(', ')}`,
  pattern: ({ pattern }) => `does not match ${pattern}`,
  minimum: ({ limit }, data) => `is ${data}, and at least ${limit} is asked for`,
  maximum: ({ limit }, data) => `is ${data}, and at most ${limit} is asked for`,
  minLength: ({ limit }, data) => `is ${charactersIn(data)} characters, and at least ${limit} is asked for`,
  maxLength: ({ limit }, data) => `is ${charactersIn(data)} characters, and at most ${limit} is asked for`,
  minItems: ({ limit }, data) => `is ${itemsIn(data)} items, and at least ${limit} is asked for`,
  maxItems: ({ limit }, data) => `is ${itemsIn(data)} items, and at most ${limit} is asked for`,
}

const charactersIn = (data: unknown): number => [...String(data)].length
const itemsIn = (data: unknown): number => (Array.isArray(data) ? data.length : 0)

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : type === 'null' ? type : `a ${type}`)

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
