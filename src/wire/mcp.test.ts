/** The Model Context Protocol, spoken by its official client to a real server. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { url, ownerToken } = airworthy
afterAll(() => airworthy.close())

async function connected(token: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  // The transport's optional callbacks are declared without `undefined`, which our stricter types refuse.
  await client.connect(transport as Parameters<Client['connect']>[0])
  return client
}
type Result = { isError?: boolean; structuredContent: Record<string, unknown>; content: { text: string }[] }
/** The problem document of a refusal. */
const problemIn = ({ content }: Result) => JSON.parse(content[0]?.text ?? '{}')
const caller = (client: Client) => async (name: string, given: Record<string, unknown>) =>
  (await client.callTool({ name, arguments: given })) as unknown as Result

const builder = await airworthy.client.createKey({ body: { name: 'agent', role: 'builder' } })
const viewer = await airworthy.client.createKey({ body: { name: 'reader', role: 'viewer' } })
const agent = await connected(builder.secret)
const reader = await connected(viewer.secret)
const call = caller(agent)
/** Once: each time the client makes a validator of each tool's answer, which takes seconds. */
const { tools } = await agent.listTools()
afterAll(() => Promise.all([agent.close(), reader.close()]))

test('an agent finds a tool for each operation that it may use, with a schema, and no other', async () => {
  expect(agent.getServerVersion()).toMatchObject({ name: 'airworthy' })
  expect(agent.getInstructions()).toContain('getGate')
  const names = tools.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['listApplications', 'freezeRelease', 'createExperiment', 'getGate']))
  for (const never of ['createKey', 'createSignInLink', 'decideWaiver', 'attestEvidence', 'putProvider'])
    expect(names).not.toContain(never)
  expect(tools.find(({ name }) => name === 'createExperiment')).toMatchObject({
    description: expect.stringContaining('permission build'),
    inputSchema: {
      type: 'object',
      properties: { id: { type: 'string' }, suite: { type: 'string' }, dryRun: { type: 'boolean' } },
      required: ['id', 'suite'],
    },
    annotations: { readOnlyHint: false, destructiveHint: false },
  })
  expect(tools.find(({ name }) => name === 'promoteRelease')?.annotations?.destructiveHint).toBe(true)
  expect(tools.find(({ name }) => name === 'getGate')?.annotations?.readOnlyHint).toBe(true)
  const listed = await reader.request({ method: 'tools/list' }, ListToolsResultSchema)
  const read = listed.tools.map(({ name }) => name)
  expect(read).toContain('getGate')
  expect(read).not.toContain('freezeRelease')
})

test('each tool that answers an object says its shape, and answers hold to it, as the official client checks', async () => {
  const silent = tools.filter(({ outputSchema }) => outputSchema === undefined).map(({ name }) => name)
  expect(silent).toEqual([])
  expect(tools.find(({ name }) => name === 'listApplications')?.outputSchema).toMatchObject({
    type: 'object',
    properties: { items: { type: 'array' }, next: {} },
    required: ['items', 'next'],
  })
  // The client refuses an answer that does not fit; each tool that needs nothing is asked.
  const easy = tools.filter(
    ({ inputSchema, annotations }) => !inputSchema.required?.length && annotations?.readOnlyHint,
  )
  expect(easy.length).toBeGreaterThan(5)
  for (const { name } of easy) expect(await call(name, {}), name).not.toHaveProperty('isError')
})

test('an agent takes an application to an experiment and reads the gate', async () => {
  // Duties are an owner's to give; what is kept with the same ones, the agent may.
  await airworthy.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  const files = echoApplication('first')
  const settings = { ...JSON.parse(files['airworthy.yaml'] ?? '{}'), duties: {} }
  const made = await call('createApplication', {
    name: 'letters',
    files: { ...files, 'airworthy.yaml': JSON.stringify(settings) },
  })
  expect(made).not.toHaveProperty('isError')
  const frozen = await call('freezeRelease', { name: 'parcels' })
  expect(frozen.structuredContent).toMatchObject({ status: 201, body: { number: 1, stage: 'sandbox' } })
  const { id } = frozen.structuredContent.body as { id: string }

  const quoted = await call('createExperiment', { id, suite: 'parcels', dryRun: true })
  expect(quoted.structuredContent).toMatchObject({ status: 200, body: { kind: 'quote' } })
  const started = await call('createExperiment', { id, suite: 'parcels' })
  expect(started.structuredContent).toMatchObject({ status: 201 })
  const experiment = (started.structuredContent.body as { id: string }).id
  await expect
    .poll(async () => (await call('getExperiment', { id: experiment })).structuredContent.state, { timeout: 30_000 })
    .toBe('succeeded')

  const gate = await call('getGate', { id, stage: 'poc' })
  expect(gate.structuredContent).toMatchObject({ into: 'poc', decision: 'held' })
  const held = await call('promoteRelease', { id, into: 'poc' })
  expect(held).not.toHaveProperty('isError')
  expect(held.structuredContent).toMatchObject({ status: 409 })
})

test.for([
  ['something that is not there', 'getApplication', { name: 'nobody' }, 'delivery.application-unknown'],
  ['a field that is wrong', 'createExperiment', { id: 'rel_x', suite: '' }, 'wire.params-invalid'],
  ['an argument that is not there', 'getApplication', { name: 'parcels', force: true }, 'wire.argument-unknown'],
  ['no argument for the path', 'getApplication', {}, 'wire.argument-missing'],
] as const)('%s is a tool error with the problem document', async ([, name, given, code]) => {
  const answer = await call(name, given)
  expect(answer).toMatchObject({ isError: true })
  expect(problemIn(answer)).toMatchObject({ code, detail: expect.any(String) })
})

test('what the key may not do is refused, also when the tool is called by name', async () => {
  const answer = await caller(reader)('freezeRelease', { name: 'parcels' })
  expect(answer).toMatchObject({ isError: true })
  expect(problemIn(answer)).toMatchObject({ code: 'access.forbidden' })
})

test.for([
  ['a tool that is not there', 'dropEverything', {}],
  ['an operation that is no tool', 'createKey', { name: 'x', role: 'owner' }],
] as const)('%s is refused by the protocol', async ([, name, given]) => {
  await expect(agent.callTool({ name, arguments: { ...given } })).rejects.toMatchObject({ code: -32602 })
})

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'page', version: '1' } },
}
test.for([
  ['no key', {}, 401],
  ['a page of another origin', { authorization: `Bearer ${ownerToken}`, origin: 'http://evil.example' }, 403],
  ['our own page', { authorization: `Bearer ${ownerToken}`, origin: url }, 200],
] as const)('%s is answered %s', async ([, headers, status]) => {
  const response = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(initialize),
  })
  expect(response.status).toBe(status)
  await response.body?.cancel()
})

test.for(['GET', 'DELETE'])('%s is not needed, because there are no sessions', async (method) => {
  const response = await fetch(`${url}/mcp`, { method, headers: { authorization: `Bearer ${ownerToken}` } })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('an agent changes one file of a blueprint, whose text is an argument', async () => {
  const path = 'prompts/answer.prompt'
  const before = await airworthy.client.createApplication({ body: { name: 'edited', files: echoApplication('first') } })
  const content = `${echoApplication('first')[path]}\n`
  expect(tools.find(({ name }) => name === 'putBlueprintFile')?.inputSchema).toMatchObject({
    required: ['name', 'path', 'content'],
  })
  expect(await call('putBlueprintFile', { name: before.name, path, content })).not.toHaveProperty('isError')
  expect((await airworthy.client.getBlueprint({ params: { name: 'edited' } })).files[path]).toBe(content)
})
