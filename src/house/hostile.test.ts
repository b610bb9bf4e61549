/** What somebody sends to break the house, one door after the other: each is refused with its place, or does no harm. */
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { type AirworthyError, ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client, options, url, ownerToken } = airworthy
const upstream = createServer((request, response) => {
  request.resume()
  response.writeHead(500, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { message: 'no\n! forged: line \u001b[2J of the log' } }))
})
await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
const elsewhere = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`
afterAll(async () => {
  upstream.closeAllConnections()
  upstream.close()
  await airworthy.close()
})

const NAME = 'parcels'
await client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
await client.freezeRelease({ params: { name: NAME }, body: {} })
const settings = echoApplication('first')['airworthy.yaml'] ?? ''
const checked = async (change: Record<string, string | { base64: string }>) => {
  const files = { ...echoApplication('first'), ...change }
  return (await client.checkBlueprint({ params: { name: NAME }, body: { files } })).problems
}
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json', ...headers },
    body,
  })
/** The prototypes of this process, which is the server's too. */
const isPrototypeClean = () => expect(({} as { role?: unknown }).role).toBeUndefined()

const laughs = (): string => {
  const lines = ['a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]']
  for (const [at, name] of [...'bcdefghi'].entries())
    lines.push(`${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[at]}`).join(', ')}]`)
  return lines.join('\n')
}

test.for([
  ['a billion laughs', { 'charter.yaml': laughs() }, 'charter.yaml', /aliases/],
  ['an alias in the settings', { 'airworthy.yaml': `${settings}\n` }, undefined, undefined],
  ['a merge of an alias', { 'charter.yaml': 'base: &x {a: 1}\nproblem:\n  <<: *x\n' }, 'charter.yaml', /aliases/],
  [
    'a merge key in a schema',
    { 'classification.yaml': '<<: {role: deployer}\n' },
    'classification.yaml',
    /no field <</,
  ],
  [
    'an alias in front matter',
    { 'prompts/answer.prompt': '---\na: &x 1\nb: *x\n---\n{{question}}' },
    'prompts/answer.prompt',
    /aliases/,
  ],
  ['a tag that asks for code', { 'charter.yaml': 'problem: !!js/function "x"\n' }, undefined, undefined],
  ['a prototype in YAML', { 'charter.yaml': 'problem: p\n__proto__: {role: owner}\n' }, 'charter.yaml', /__proto__/],
  ['one deep inside', { 'charter.yaml': 'a:\n  b:\n    - __proto__: {role: owner}\n' }, 'charter.yaml', /__proto__/],
  [
    'one in an example',
    { 'datasets/parcels.jsonl': '{"id":"1","input":"q","metadata":{"__proto__":{"role":"owner"}}}' },
    'datasets/parcels.jsonl',
    /__proto__/,
  ],
  ['a NUL by escape', { 'charter.yaml': 'problem: "a\\0b"\n' }, 'charter.yaml', /U\+0000/],
  [
    'a NUL as it is',
    { 'prompts/answer.prompt': { base64: Buffer.from('{{question}}\n\0').toString('base64') } },
    'prompts/answer.prompt',
    /U\+0000/,
  ],
  [
    'half a character',
    { 'datasets/parcels.jsonl': '{"id":"1","input":"\\ud800"}' },
    'datasets/parcels.jsonl',
    /surrogate/,
  ],
  [
    'nesting without end',
    { 'charter.yaml': `a: ${'['.repeat(3000)}${']'.repeat(3000)}\n` },
    'charter.yaml',
    /nested|not YAML/,
  ],
  [
    'a name that every object has',
    {
      'airworthy.yaml': settings
        .replaceAll('"model":"answer"', '"model":"constructor"')
        .replaceAll('"model": "answer"', '"model": "constructor"'),
    },
    'airworthy.yaml',
    /no model constructor/,
  ],
] as const)('in a blueprint: %s', async ([, change, file, message]) => {
  const problems = await checked({ ...change })
  if (file === undefined) expect(problems).toEqual([])
  else {
    expect(problems[0]).toMatchObject({ file, message: expect.stringMatching(message) })
    expect(problems[0]?.line ?? 1).toBeGreaterThan(0)
  }
  isPrototypeClean()
})

test.for([
  ['a body', () => post('/api/v1/keys', '{"name":"a","role":"viewer","__proto__":{"role":"owner"}}')],
  ['an attestation', () => post('/api/v1/evidence', '{"release":"rel_1","facts":{"__proto__":{"value":1}}}')],
  [
    'a route',
    () =>
      fetch(`${url}/api/v1/routes/x`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${ownerToken}` },
        body: '{"targets":[{"__proto__":{"model":"a/b"}}]}',
      }),
  ],
] as const)('the key __proto__ in %s is refused with its field', async ([, asked]) => {
  const response = await asked()
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ problems: [{ field: expect.stringContaining('__proto__') }] })
  isPrototypeClean()
})

test.for([
  ['csv', 'id,input,__proto__\n1,q,x\n', /__proto__/],
  ['csv', 'id,input,tools\n1,q,"[{""__proto__"":{""a"":1}}]"\n', /__proto__/],
  ['jsonl', '{"id":"1","input":"q","metadata":{"__proto__":{}}}', /__proto__/],
] as const)('the key __proto__ in a dataset as %s is told with its line', async ([format, content, message]) => {
  const thrown = await client.convertDataset({ body: { name: 'x', format, content } }).catch((error: unknown) => error)
  expect(JSON.stringify((thrown as AirworthyError).problems ?? thrown)).toMatch(message)
  isPrototypeClean()
})

test('attributes of a span may be called anything and change nothing but themselves', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const attribute = (key: string) => ({
    key,
    value: { kvlistValue: { values: [{ key: '__proto__', value: { stringValue: 'owner' } }] } },
  })
  const span = {
    traceId,
    spanId: 'b7ad6b7169203331',
    name: 'a\nb\u0000',
    startTimeUnixNano: '1772323200000000000',
    endTimeUnixNano: '1772323201000000000',
    attributes: [attribute('__proto__'), attribute('constructor'), attribute('gen_ai.request.model')],
  }
  const sent = await post('/v1/traces', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  expect(sent.status).toBe(200)
  isPrototypeClean()
  await expect
    .poll(
      () =>
        client.getTrace({ params: { id: traceId } }).then(
          () => true,
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true)
  isPrototypeClean()
})

test('an application cannot take a name that every object answers to', async () => {
  const made = client.createApplication({ body: { name: 'constructor', files: echoApplication('first') } })
  await expect(made).rejects.toMatchObject({ status: 400 })
  await expect(
    ask(options, { model: 'constructor', messages: [{ role: 'user', content: 'x' }] }),
  ).rejects.toMatchObject({ status: 404 })
  expect((await ask(options, { model: NAME, messages: [{ role: 'user', content: 'parcel 1' }] })).text).toContain(
    'parcel 1',
  )
})

// Each of these once took minutes or longer; the time limit of a test is their bound.
test.for([
  ['spaces after braces in a prompt', { 'prompts/answer.prompt': `{{question}}{{${' '.repeat(100_000)}` }],
  ['braces in a prompt', { 'prompts/answer.prompt': `{{question}}${'{'.repeat(100_000)}` }],
  [
    'a pattern in a suite',
    { 'evals/parcels.yaml': 'dataset: parcels\nevaluators: [{use: regex, options: {pattern: "(a+)+$"}}]\n' },
  ],
  [
    'a pattern in a schema',
    {
      'evals/parcels.yaml':
        'dataset: parcels\nevaluators: [{use: json-schema, options: {schema: {pattern: "(a+)+$"}}}]\n',
    },
  ],
])('%s is answered at once', async ([, change]) => {
  expect(Array.isArray(await checked({ ...(change as Record<string, string>) }))).toBe(true)
})

test('documents of nothing but spaces and brackets are read and searched', async () => {
  const name = 'bracketed'
  const files = {
    'airworthy.yaml': '{"models": {"answer": {"model": "local/extractive"}}}',
    'prompts/answer.prompt': '{{#each passages}}{{text}} {{/each}}{{question}}',
    'knowledge/a.md': `# Returns\n\nParcels come back${' '.repeat(100_000)}within 30 days. ${'['.repeat(30_000)} ${'**a '.repeat(10_000)}\n${'<!--'.repeat(10_000)}`,
  }
  await client.createApplication({ body: { name, files } })
  await client.freezeRelease({ params: { name }, body: {} })
  const { text } = await ask(options, {
    model: name,
    messages: [{ role: 'user', content: 'When do parcels come back?' }],
  })
  expect(text.length).toBeGreaterThan(0)
})

test.for([
  [
    'a key of a provider',
    () =>
      client.putProvider({
        params: { name: 'box' },
        body: { dialect: 'openai', baseUrl: elsewhere, credential: 'sk\r\nx-evil: 1' },
      }),
  ],
  [
    'an address of a provider',
    () =>
      client.putProvider({
        params: { name: 'box' },
        body: { dialect: 'openai', baseUrl: `${elsewhere}\r\nhost: evil` },
      }),
  ],
  [
    'an address of a webhook',
    () => client.createWebhook({ body: { url: 'http://a\r\nx: y/', events: ['gate.held'] } }),
  ],
  ['a name', () => client.createApplication({ body: { name: 'a\r\nx: y', files: {} } })],
  [
    'a model route',
    () =>
      client.putModelRoute({
        params: { name: 'a\r\nb' },
        body: { strategy: 'priority', targets: [{ model: 'scripted/echo' }] } as never,
      }),
  ],
] as const)('line ends in %s reach no header', async ([what, asked]) => {
  const answer = await asked().catch((thrown: AirworthyError) => thrown)
  // The standard of addresses takes line ends out; what is kept has none.
  if (answer instanceof Error) expect((answer as AirworthyError).status, what).toBe(400)
  else expect(JSON.stringify(answer)).not.toMatch(/\\[rn]/)
})

test('headers that hold what no header may are refused or said back harmlessly', async () => {
  const raw = await new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () =>
      socket.end(
        `POST /v1/chat/completions HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${ownerToken}\r\nairworthy-subject: a\u0000b\rx-evil: 1\r\ncontent-length: 0\r\n\r\n`,
      ),
    )
    let said = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text
    })
    socket.on('close', () => resolve(said))
    socket.on('error', reject)
  })
  expect(raw).toMatch(/^HTTP\/1\.1 400 /)
  expect(raw).not.toMatch(/^x-evil/m)
})

test.for([
  '/assets/..%2f..%2fpackage.json',
  '/..%2f..%2f..%2fetc%2fpasswd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/assets/%00',
  '/\\..\\..\\etc\\passwd',
])('the path %s leads to no file', async (path) => {
  const response = await fetch(`${url}${path}`, { redirect: 'manual' })
  expect(await response.text()).not.toMatch(/root:|"name": "airworthy"/)
  // No page was built for this test, which is told with 503.
  expect([200, 400, 404, 503]).toContain(response.status)
})

test.for(['../a.md', 'knowledge/../../a', '/etc/passwd', 'knowledge/./a', 'a\\..\\b', 'knowledge//a'])(
  'the path %j is none of a blueprint',
  async (path) => {
    await expect(
      client.putBlueprint({ params: { name: NAME }, body: { files: { [path]: 'x' } } }),
    ).rejects.toMatchObject({ status: 400 })
  },
)

test('what others say is one line of the log, and no command to the terminal', async () => {
  await client.putProvider({ params: { name: 'rude' }, body: { dialect: 'openai', baseUrl: elsewhere } })
  await ask(options, { model: 'rude/any', messages: [{ role: 'user', content: 'x' }] }).catch(() => {})
  await post('/api/v1/keys', '{"name":"\\n! forged: line\\u001b[2J"', { 'user-agent': 'a' })
  for (const line of airworthy.printed) expect(line).not.toMatch(/[\p{Cc}]/u)
  expect(airworthy.printed.filter((line) => line.startsWith('! forged'))).toEqual([])
})

test('names that command a terminal are shown by their codes', async () => {
  await client.createKey({ body: { name: 'Eve \u001b[2J\u202eevil', role: 'viewer' } })
  const { out, err } = await airworthyCommand(['keys', 'list'], { AIRWORTHY_URL: url, AIRWORTHY_TOKEN: ownerToken })
  expect(out + err).toContain('Eve \\u001b[2J\\u202eevil')
  expect(out + err).not.toContain('\u001b')
}, 60_000)
