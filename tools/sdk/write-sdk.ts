/** Writes the SDK's operations from the routes: one method a route, with the route's own name and types. */
import { z } from 'zod'
import type { RouteShape } from '../../src/wire/route.ts'
import { type JsonSchema, keyOf, typescriptOf } from './typescript-of.ts'

/** @param named schemas that get a type of their own name */
export function writeSdk(routes: readonly RouteShape[], named: Readonly<Record<string, z.ZodType>>): string {
  const sorted = [...routes].sort((a, b) => (a.name < b.name ? -1 : 1))
  const shapes = Object.entries(named).map(([name, schema]) => ({ name, schema: schemaOf(schema, 'output') }))
  const names = new Map(shapes.map(({ name, schema }) => [keyOf(schema), name]))
  return [
    '// Written by tools/generate-sdk.ts from the routes; do not edit. `npm run generate:sdk` writes it again.',
    `import { type CallOptions, call, type ClientOptions, type Input, type Inputs, type Operation, place } from './client.ts'`,
    '',
    ...shapes.map(({ name, schema }) => `export type ${name} = ${typescriptOf(schema, names, name)}\n`),
    'export type Client = {',
    ...sorted.map(
      (route) =>
        `  /** ${route.summary}. \`${route.method} ${route.path}\`, permission ${route.permission}. */\n  ${route.name}(${inputOf(route, names)}, options?: CallOptions): Promise<${replyOf(route, names)}>`,
    ),
    '}',
    '',
    '/** Where and how each operation is asked. */',
    'const OPERATIONS = {',
    ...sorted.map((route) => `  ${route.name}: ${operationOf(route)},`),
    '} as const satisfies Record<keyof Client, Operation>',
    '',
    'export type OperationName = keyof Client',
    '/** All operations, by name. */',
    'export const operationNames = Object.keys(OPERATIONS) as readonly OperationName[]',
    '',
    '/** Inputs by their names alone: those of the path go there, the rest into the query of a GET or the body of a write. */',
    'export const placeInputs = (name: OperationName, inputs: Inputs): Input => place(OPERATIONS[name], inputs)',
    '',
    '/** A client with one method for each operation of the control API. */',
    'export function createClient(options: ClientOptions): Client {',
    '  return {',
    ...sorted.map(
      (route) =>
        `    ${route.name}: (input, more) => call(options, OPERATIONS.${route.name}, input, more) as ReturnType<Client['${route.name}']>,`,
    ),
    '  }',
    '}',
    '',
  ].join('\n')
}

function inputOf(route: RouteShape, names: Map<string, string>): string {
  const fields: string[] = []
  if (route.params) fields.push(`params: ${typescriptOf(schemaOf(route.params, 'input'), names)}`)
  if (route.query) fields.push(`query?: ${typescriptOf(schemaOf(route.query, 'input'), names)} | undefined`)
  if (route.body) fields.push(`body: ${typescriptOf(schemaOf(route.body, 'input'), names)}`)
  if (route.accepts) fields.push('body: Blob | Uint8Array<ArrayBuffer> | string')
  const isOptional = !route.params && !route.body
  return fields.length === 0
    ? 'input?: Record<string, never>'
    : `input${isOptional ? '?' : ''}: { ${fields.join('; ')} }`
}

function replyOf(route: RouteShape, names: Map<string, string>): string {
  if (route.raw) return 'Response'
  const replies = Object.entries(route.returns).map(([status, schema]) => ({
    status,
    type: schema ? typescriptOf(schemaOf(schema, 'output'), names) : 'null',
  }))
  if (replies.length === 1) return replies[0]?.type ?? 'null'
  return replies.map(({ status, type }) => `{ status: ${status}; body: ${type} }`).join(' | ')
}

const operationOf = (route: RouteShape): string =>
  `{ method: '${route.method}', path: '${route.path}', statuses: [${Object.keys(route.returns).join(', ')}], raw: ${route.raw !== undefined}${route.accepts ? ', upload: true' : ''} }`

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Record<
    string,
    unknown
  >
  return withoutNoise(rest) as JsonSchema
}

/** Limits and formats make no difference to a type, so two schemas that differ only in them are one. */
function withoutNoise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNoise)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !NOISE.has(key))
      .map(([key, inner]) => [
        key,
        key === 'properties' ? mapValues(inner as Record<string, unknown>) : withoutNoise(inner),
      ]),
  )
}

const mapValues = (map: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, withoutNoise(value)]))

const NOISE = new Set([
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'default',
  'contentEncoding',
  'multipleOf',
  'description',
])
