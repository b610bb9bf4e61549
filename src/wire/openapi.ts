/** The OpenAPI 3.1 document of a list of routes, computed from their declarations. */
import { z } from 'zod'
import { ProblemDetails } from './problem.ts'
import type { RouteShape } from './route.ts'

export type OpenApiInfo = {
  readonly version: string
  /** What each tag is about. */
  readonly tags?: Readonly<Record<string, string>>
  /** What a field means by its name, by `tag.name`, or by `operation.name`; for schemas that do not say it. */
  readonly fields?: Readonly<Record<string, string>>
}

export function openApiOf(
  routes: readonly RouteShape[],
  { version, tags = {}, fields = {} }: OpenApiInfo,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  const used = new Set<string>()
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)\*?/g, '{$1}')
    const tag = tagOf(route)
    used.add(tag)
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: describedFields(operation(route, tag), { route, tag, fields }),
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Airworthy',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...used].sort().map((name) => ({ name, ...(tags[name] !== undefined && { description: tags[name] }) })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A key, as `airworthy keys create` makes it.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'airworthy_session',
          description: 'A browser that is signed in.',
        },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'Any text of 1 to 255 visible ASCII characters: the same key gives the first answer for a day.',
          schema: { type: 'string', maxLength: 255 },
        },
      },
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [
          `Problem${status}`,
          {
            description,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
            ...(status === '429' && {
              headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
            }),
          },
        ]),
      ),
      schemas: { Problem: schemaOf(ProblemDetails, 'output') },
    },
  }
}

const DESCRIPTION = `The control API. Every request carries a key as \`Authorization: Bearer …\`, or the session of a browser.

Errors are RFC 9457 problem details with a stable \`code\` and a \`detail\` that says what to do. A refusal that must be expected, such as a held gate, is an answer of its own with status 409. Lists come in pages: \`next\` of one page is the \`cursor\` of the following one. A write with an \`Idempotency-Key\` can be sent again.

The version is in the path. Within a version, fields and routes are added and none change their meaning; what will go is announced by the headers \`Deprecation\` and \`Sunset\` at least six months before.`

const PROBLEMS = {
  400: 'Something in the request is wrong; `problems` names each field',
  401: 'Who is asking is not known',
  403: 'The key or session may not do this, or the server is asked under a name that is not its own',
  404: 'There is no such thing',
  409: 'This contradicts what is there, or the first request with this Idempotency-Key is under way',
  413: 'The body is too large',
  429: 'A limit is reached',
} as const

/** `applications` of `/api/v1/applications/…`; for paths outside of the API their first word. */
const tagOf = ({ path }: RouteShape): string => {
  const [first = '', , third] = path.slice(1).split('/')
  return first === 'api'
    ? (third ?? 'server')
    : first === 'v1'
      ? 'otlp'
      : ['mcp', 'metrics'].includes(first)
        ? first
        : 'server'
}

function operation(route: RouteShape, tag: string): Record<string, unknown> {
  const isWrite = route.method !== 'GET' && route.permission !== 'open' && route.protocol === undefined
  const body = bodyOf(route)
  return {
    operationId: route.name,
    summary: route.summary,
    description: descriptionOf(route),
    tags: [tag],
    ...(route.deprecated && { deprecated: true }),
    ...(route.permission === 'open' && { security: [] }),
    ...(route.permission !== 'open' && { 'x-permission': route.permission }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(isWrite ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      ...Object.fromEntries(
        problemsOf(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
      ),
      ...Object.fromEntries(
        Object.entries(route.returns).map(([status, schema]) => [
          status,
          { description: describe(Number(status)), ...(schema && { content: answersOf(route, schema) }) },
        ]),
      ),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function descriptionOf({ summary, permission, mcp, deprecated }: RouteShape): string {
  return [
    `${summary}.`,
    permission === 'open' ? 'It takes no key.' : `It takes the permission \`${permission}\`.`,
    ...(mcp === undefined ? [] : ['Agents have it as a tool at `/mcp`.']),
    ...(deprecated ? [`It goes on ${deprecated.until.slice(0, 10)}; use ${deprecated.use}.`] : []),
  ].join(' ')
}

function bodyOf(route: RouteShape): Record<string, unknown> | undefined {
  if (route.body)
    return {
      'application/json': {
        schema: schemaOf(route.body, 'input'),
        ...(route.example !== undefined && { example: route.example }),
      },
    }
  if (!route.accepts) return undefined
  return Object.fromEntries(
    route.accepts.map((type) => [
      type,
      { schema: type.endsWith('json') ? { type: 'object' } : { type: 'string', format: 'binary' } },
    ]),
  )
}

function answersOf(route: RouteShape, schema: z.ZodType): Record<string, unknown> {
  const types = route.gives ?? [route.raw === 'event-stream' ? 'text/event-stream' : 'application/json']
  return Object.fromEntries(
    types.map((type) => [
      type,
      { schema: type.includes('protobuf') ? { type: 'string', format: 'binary' } : schemaOf(schema, 'output') },
    ]),
  )
}

const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** Which refusals a route can give, besides those that it declares itself. */
const problemsOf = (route: RouteShape): (keyof typeof PROBLEMS)[] => {
  const takes = route.params || route.query || route.body || route.accepts
  const isGuarded = route.permission !== 'open'
  return [
    ...(takes ? [400 as const] : []),
    ...(isGuarded ? [401 as const] : []),
    // Under a host name that is not ours nothing is answered but the probes.
    ...(PROBES.has(route.path) ? [] : [403 as const]),
    ...(route.params ? [404 as const] : []),
    ...(isGuarded && route.method !== 'GET' ? [409 as const] : []),
    ...(route.body || route.accepts ? [413 as const] : []),
    ...(isGuarded ? [429 as const] : []),
  ]
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Record<string, unknown>[] {
  if (!schema) return []
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }))
}

type Words = { route: RouteShape; tag: string; fields: Readonly<Record<string, string>> }

/** Says what parameters and fields mean, where their own schema does not. */
function describedFields(operation: Record<string, unknown>, words: Words): Record<string, unknown> {
  const meaningOf = (name: string) =>
    [`${words.route.name}.${name}`, `${words.tag}.${name}`, name].map((key) => words.fields[key]).find(Boolean)
  function walk(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    const walked = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'example' ? inner : walk(inner)]),
    )
    const { properties, name, schema } = walked as {
      properties?: Record<string, Described>
      name?: string
      schema?: Described
    }
    if (typeof name === 'string' && 'in' in walked && walked.description === undefined)
      return { ...walked, ...describedAs(schema?.description ?? meaningOf(name)) }
    if (typeof properties !== 'object' || !('type' in walked)) return walked
    const described = Object.entries(properties).map(([field, inner]) => [
      field,
      inner.description === undefined ? { ...describedAs(meaningOf(field)), ...inner } : inner,
    ])
    return { ...walked, properties: Object.fromEntries(described) }
  }
  return walk(operation) as Record<string, unknown>
}
type Described = { description?: string }
const describedAs = (description: string | undefined): Described => (description === undefined ? {} : { description })

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

const describe = (status: number): string =>
  status < 300 ? 'Done' : status < 400 ? 'Go there' : status === 409 ? 'A foreseen refusal, with its reasons' : 'Answer'
