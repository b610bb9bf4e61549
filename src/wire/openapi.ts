/** The OpenAPI 3.1 document of a list of routes, computed from their declarations. */
import { z } from 'zod'
import { ProblemDetails } from './problem.ts'
import type { RouteShape } from './route.ts'

export function openApiOf(routes: readonly RouteShape[], { version }: { version: string }): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Airworthy',
      version,
      description: 'The control API. Errors are RFC 9457 problem details with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schemaOf(ProblemDetails, 'output') },
    },
  }
}

function operation(route: RouteShape): Record<string, unknown> {
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.path.split('/')[3] ?? 'server'],
    ...(route.permission === 'open' && { security: [] }),
    ...(route.permission !== 'open' && { 'x-permission': route.permission }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.returns).map(([status, schema]) => [
          status,
          {
            description: describe(Number(status)),
            ...(schema && {
              content: {
                [route.raw === 'event-stream' ? 'text/event-stream' : 'application/json']: {
                  schema: schemaOf(schema, 'output'),
                },
              },
            }),
          },
        ]),
      ),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
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

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

const describe = (status: number): string =>
  status < 300 ? 'Done' : status === 409 ? 'A foreseen refusal, with its reasons' : 'Answer'
