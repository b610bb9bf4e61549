/** The OpenAPI document of the whole house, linted by Redocly's rules; all are errors but those that are named here. */
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client, listener } = airworthy
afterAll(() => airworthy.close())
const document = await client.getOpenApi()

type Operation = {
  operationId: string
  description: string
  tags: string[]
  security?: unknown[]
  responses: Record<string, unknown>
  parameters: { $ref?: string; name: string; description?: string }[]
  requestBody?: { content: Record<string, { example?: unknown; schema?: Schema }> }
}
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.values(methods).map((operation) => ({ path, ...operation })),
)

test('the linter finds nothing', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'operation-description': 'error',
      'operation-operationId-unique': 'error',
      'operation-operationId-url-safe': 'error',
      'no-invalid-media-type-examples': 'error',
      'tag-description': 'error',
      'tags-alphabetical': 'error',
      'path-segment-plural': 'off',
      // A relative address is right for whoever hosts it.
      'no-server-example.com': 'off',
      'no-empty-servers': 'error',
    },
  })
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config })
  const found = problems
    .filter(({ ignored }) => ignored !== true)
    .map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer} ${message}`)
    // Probes take nothing that could be wrong.
    .filter((problem) => !/^operation-4xx-response #\/paths\/~1(healthz|readyz)\//.test(problem))
  expect(found).toEqual([])
})

test('every operation is described, has one tag, says what it refuses, and asks for a key unless it is open', () => {
  for (const { operationId, description, tags, security, responses } of operations) {
    expect(description, operationId).toMatch(/It takes (no key|the permission `[a-z-]+`)\./)
    expect(tags, operationId).toHaveLength(1)
    const isOpen = listener.mounted.find(({ route }) => route.name === operationId)?.route.permission === 'open'
    if (isOpen) expect(security, operationId).toEqual([])
    else expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['401', '403']))
  }
})

type Schema = {
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  additionalProperties?: Schema | boolean
}

/** Paths of fields that nobody described. */
function undescribed(schema: Schema | undefined, path: string): string[] {
  if (typeof schema !== 'object') return []
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description ? [] : [`${path}.${name}`]),
    ...undescribed(field, `${path}.${name}`),
  ])
  const { items, anyOf = [], oneOf = [], additionalProperties } = schema
  const inner = [items, ...anyOf, ...oneOf, ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])]
  return [...own, ...inner.flatMap((one) => undescribed(one, path))]
}

test('every parameter and every field of a body is described; a new one says what it means in src/api/fields.ts', () => {
  const missing = operations.flatMap(({ operationId, parameters, requestBody }) => [
    ...parameters
      .filter((one) => one.$ref === undefined && !one.description)
      .map(({ name }) => `${operationId} ${name}`),
    ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => undescribed(schema, operationId)),
  ])
  expect(missing).toEqual([])
})

test('every example is one that its route takes', () => {
  const examples = listener.mounted.filter(({ route }) => route.example !== undefined)
  expect(examples.length).toBeGreaterThan(5)
  for (const { route } of examples) expect(route.body?.safeParse(route.example).error, route.name).toBeUndefined()
})
