/**
 * The Model Context Protocol over Streamable HTTP: one tool for each route that says `mcp`, made from the same
 * declaration as everything else. Without sessions: each request stands alone, so that any process can answer it.
 *
 * A tool's call is asked as the route's own request, with the caller's own credentials: permissions, validation and
 * idempotency are those of the route, and nothing is decided here.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { Failure } from '../kernel/failure.ts'
import type { Caller } from './caller.ts'
import { problemOf } from './problem.ts'
import type { RouteShape } from './route.ts'

export type McpDeps = {
  readonly routes: readonly RouteShape[]
  readonly version: string
  /** Answers a request to one of the routes. */
  readonly dispatch: (request: Request) => Promise<Response>
}

const INSTRUCTIONS = [
  'Airworthy takes generative-AI applications from an idea to live traffic: application, release, gate, rollout.',
  'Begin with listApplications and getApplication; getGate says what holds a release and what would make it pass.',
  'createExperiment with dryRun says what it would cost before anything is spent; long work answers a job for getJob.',
  'Lists come in pages: pass `next` of an answer as `cursor`.',
].join(' ')

/** Headers that say who asks; they go along with each call. */
const CREDENTIALS = ['authorization', 'cookie', 'origin', 'sec-fetch-site', 'host'] as const

/** The handler of `POST /mcp`. Origin and key have been checked. */
export function createMcp({ routes, version, dispatch }: McpDeps) {
  // Made when an agent first asks: their shapes are a third of the work of a start, and most servers meet no agent.
  let made: ReadonlyMap<string, Made> | undefined
  const allTools = () => {
    made ??= new Map(routes.filter(({ mcp }) => mcp !== undefined).map((route) => [route.name, toolOf(route)]))
    return made
  }

  function serverFor(request: Request, caller: Caller): Server {
    const tools = allTools()
    const server = new Server(
      { name: 'airworthy', version },
      { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
    )
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: [...tools.values()].filter(({ route }) => mayUse(caller, route)).map(({ tool }) => tool),
    }))
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }): Promise<CallToolResult> => {
      const found = tools.get(params.name)
      if (!found)
        throw new McpError(
          ErrorCode.InvalidParams,
          `There is no tool ${params.name}. tools/list names those there are.`,
        )
      try {
        return await resultOf(
          found.route,
          await dispatch(requestOf(found, params.arguments ?? {}, { request, signal })),
        )
      } catch (thrown) {
        // Arguments that cannot become a request: the agent reads what is wrong and tries again.
        if (thrown instanceof Failure) return refusal(problemOf(thrown))
        throw thrown
      }
    })
    return server
  }

  return async (request: Request, caller: Caller): Promise<Response> => {
    const server = serverFor(request, caller)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    // The transport's optional callbacks are declared without `undefined`, which our stricter types refuse.
    await server.connect(transport as Parameters<Server['connect']>[0])
    try {
      return await transport.handleRequest(request)
    } finally {
      await server.close()
    }
  }
}

type Place = 'params' | 'query' | 'body' | 'content'
type Made = { readonly route: RouteShape; readonly tool: Tool; readonly places: ReadonlyMap<string, Place> }

/** Parameters, query and the fields of the body as one flat object: names do not meet, or none of the tools is offered. */
function toolOf(route: RouteShape): Made {
  const places = new Map<string, Place>()
  const properties: Record<string, object> = {}
  const required: string[] = []
  const add = (place: Place, schema: z.ZodType | undefined) => {
    if (!schema) return
    const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    if (json.type !== 'object' || !json.properties)
      throw new Error(`The ${place} of ${route.name} has no fields, so that it cannot be a tool.`)
    for (const [name, field] of Object.entries(json.properties)) {
      if (places.has(name)) throw new Error(`Two inputs of ${route.name} are called ${name}; a tool needs one.`)
      places.set(name, place)
      properties[name] = field as object
      if (json.required?.includes(name)) required.push(name)
    }
  }
  add('params', route.params)
  add('query', route.query)
  add('body', route.body)
  if (route.accepts) add('content', z.object({ content: z.string().describe('The file, as text.') }))
  const isDestructive = route.mcp !== true && route.mcp?.destructive === true
  return {
    route,
    places,
    tool: {
      name: route.name,
      description: `${route.summary}. (${route.method} ${route.path}, permission ${route.permission})`,
      inputSchema: { type: 'object', properties, required, additionalProperties: false },
      ...outputOf(route),
      annotations: {
        title: route.summary,
        readOnlyHint: route.method === 'GET',
        destructiveHint: isDestructive || route.method === 'DELETE',
        idempotentHint: route.method !== 'POST',
        openWorldHint: false,
      },
    },
  }
}

/** What `resultOf` makes of a declared answer: its body, or status and body where there are several. */
function outputOf({ returns }: RouteShape): Pick<Tool, 'outputSchema'> {
  const bodies = Object.entries(returns).map(([status, schema]) => ({ status: Number(status), body: jsonOf(schema) }))
  const [only] = bodies
  if (bodies.length === 1 && only)
    return only.body?.type === 'object' ? { outputSchema: { ...only.body, type: 'object' } } : {}
  return {
    outputSchema: {
      type: 'object',
      properties: {
        status: {
          type: 'integer',
          enum: bodies.map(({ status }) => status),
          description: 'Which of its answers it is.',
        },
        body: { anyOf: bodies.map(({ body }) => body ?? { type: 'null' }) },
      },
      required: ['status', 'body'],
    },
  }
}

function jsonOf(schema: z.ZodType | null): Record<string, unknown> | undefined {
  if (schema === null) return undefined
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  return json
}

const mayUse = (caller: Caller, { permission }: RouteShape): boolean =>
  permission === 'open' || caller.permissions.has(permission)

function requestOf(
  { route, places }: Made,
  given: Record<string, unknown>,
  { request, signal }: { request: Request; signal: AbortSignal },
): Request {
  const strange = Object.keys(given).find((name) => !places.has(name))
  if (strange !== undefined)
    throw new Failure(
      'invalid',
      'wire.argument-unknown',
      `${route.name} has no argument ${strange}. It takes ${[...places.keys()].join(', ') || 'none'}.`,
    )
  const at = (place: Place) => Object.entries(given).filter(([name]) => places.get(name) === place)
  const inPath = Object.fromEntries(at('params'))
  const path = route.path.replace(/:(\w+)\*?/g, (_, name: string) => {
    const value = inPath[name]
    if (value === undefined)
      throw new Failure('invalid', 'wire.argument-missing', `${route.name} needs the argument ${name}.`)
    return encodeURIComponent(String(value))
  })
  const url = new URL(path, request.url)
  for (const [name, value] of at('query'))
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value))
  const headers = new Headers({ accept: 'application/json' })
  for (const name of CREDENTIALS) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  const [content] = at('content')
  if (content) return new Request(url, { method: route.method, headers, signal, body: String(content[1]) })
  if (!route.body) return new Request(url, { method: route.method, headers, signal })
  headers.set('content-type', 'application/json')
  return new Request(url, {
    method: route.method,
    headers,
    signal,
    body: JSON.stringify(Object.fromEntries(at('body'))),
  })
}

/** A refusal is an answer that the agent reads: the problem document, marked as an error. */
async function resultOf(route: RouteShape, response: Response): Promise<CallToolResult> {
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  const isDeclared = Object.hasOwn(route.returns, response.status)
  // Where a route has several answers, the status says which one it is.
  const isOneOfMany = isDeclared && Object.keys(route.returns).length > 1
  const structuredContent: Record<string, unknown> = isOneOfMany ? { status: response.status, body } : asRecord(body)
  return isDeclared ? answer(structuredContent) : refusal(structuredContent)
}

const answer = (structuredContent: Record<string, unknown>): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(structuredContent) }],
  structuredContent,
})

/** As text alone: what is structured must have the shape of an answer, and clients hold errors to it too. */
const refusal = (problem: Record<string, unknown>): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(problem) }],
  isError: true,
})

const asRecord = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : { body }
