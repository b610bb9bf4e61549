/** Every way in which this house asks others: where it does not go, and that nobody leads it there. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { ROOT, type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

/** Files that connect and need no guard, with the reason; all others that may use the network import it. */
const WITHOUT_GUARD: Readonly<Record<string, string>> = {
  'src/flows/target.ts': 'is given the upstream of models, which has it',
  'src/access/people/oidc.ts': 'gives its library the guarded fetch',
  'src/store/folder-lock.ts': 'a socket in the data folder',
  'src/api/elsewhere.ts': 'a socket of this installation',
  'src/assurance/faults/ask.ts': 'the port of this installation, as a client of its own',
  'src/mail/smtp.ts':
    'a server that the installation names in its environment, which is not the web and follows nothing',
}

/** Nobody is to come here; whoever does was led by a redirect. */
const reached: string[] = []
const inner = createServer((request, response) => {
  reached.push(request.url ?? '')
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"secret":"of the inside"}')
})
const asked: string[] = []
const outer = createServer((request, response) => {
  asked.push(request.url ?? '')
  request.resume()
  response.writeHead(307, { location: `${addressOf(inner)}/led` }).end()
})
const addressOf = (server: typeof inner) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
for (const server of [inner, outer]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const away = addressOf(outer)

const houses: TestAirworthy[] = []
afterAll(async () => {
  for (const house of houses) await house.close()
  for (const server of [inner, outer]) {
    server.closeAllConnections()
    server.close()
  }
})
async function house(environment: Record<string, string> = {}): Promise<TestAirworthy> {
  const one = await testAirworthy({ environment })
  houses.push(one)
  return one
}

const target = (url: string) => ({
  'airworthy.yaml': JSON.stringify({ description: 'an application elsewhere', target: { kind: 'http', url } }),
})
const question = { messages: [{ role: 'user' as const, content: 'hello' }] }
const codeOf = (thrown: unknown) => (thrown as { code?: string }).code

/** Asks in every way that people can configure, and gives what each way said. */
async function askEverywhere({ client, options }: TestAirworthy, base: string): Promise<Record<string, unknown>> {
  const said: Record<string, unknown> = {}
  const params = { name: 'led' }
  const put = await client.putProvider({ params, body: { dialect: 'openai', baseUrl: `${base}/v1` } }).catch(codeOf)
  said['a provider'] =
    typeof put === 'string' ? put : await ask(options, { model: 'led/any', ...question }).catch(codeOf)
  said['its test'] = typeof put === 'string' ? put : (await client.testProvider({ params })).kind
  const name = 'elsewhere'
  await client.createApplication({ body: { name, files: target(`${base}/ask`) } })
  const frozen = await client.freezeRelease({ params: { name }, body: {} }).catch(codeOf)
  said['a target'] =
    typeof frozen === 'string' ? frozen : await ask(options, { model: name, ...question }).catch(codeOf)
  const made = await client.createWebhook({ body: { url: `${base}/hook`, events: ['gate.held'] } }).catch(codeOf)
  if (typeof made === 'string' || made === undefined) return { ...said, 'a webhook': made }
  const { id } = await client.testWebhook({ params: { id: made.webhook.id } })
  await expect
    .poll(async () => (await client.getWebhookDelivery({ params: { id } })).attempts.length, { timeout: 15_000 })
    .toBe(1)
  const [attempt] = (await client.getWebhookDelivery({ params: { id } })).attempts
  said['a webhook'] = attempt?.status ?? attempt?.error
  return said
}

test('files that use the network have the guard, or a reason to need none', () => {
  const { network } = JSON.parse(readFileSync(join(ROOT, 'architecture.json'), 'utf8')) as { network: string[] }
  const ours = network.filter((path) => path.startsWith('src/') && path.endsWith('.ts') && !path.includes('testing'))
  expect(ours.length).toBeGreaterThan(4)
  const bare = ours.filter((path) => !/guardedLookup\(resolve/.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(bare.sort()).toEqual(Object.keys(WITHOUT_GUARD).sort())
  expect(readFileSync(join(ROOT, 'src/access/people/oidc.ts'), 'utf8').match(/\[customFetch\]/g)).toHaveLength(2)
})

test('a redirect leads nobody: not a provider, its test, a target, a webhook, the collector or the sign-on', async () => {
  const one = await house({
    AIRWORTHY_OTLP_ENDPOINT: `${away}/collector`,
    AIRWORTHY_OIDC_ISSUER: `${away}/issuer`,
    AIRWORTHY_OIDC_CLIENT_ID: 'airworthy',
    AIRWORTHY_OIDC_DEFAULT_ROLE: 'viewer',
  })
  const said = await askEverywhere(one, away)
  expect(said).toMatchObject({ 'a webhook': 307, 'a target': expect.stringMatching(/^models\.upstream-/) })
  expect(said['its test']).not.toBe('reached')
  await fetch(`${one.url}/sign-in/oidc`, { redirect: 'manual' })
  await expect.poll(() => asked.some((path) => path.startsWith('/collector')), { timeout: 15_000 }).toBe(true)
  for (const way of ['/v1/', '/ask', '/hook', '/collector', '/issuer'])
    expect(
      asked.some((path) => path.startsWith(way)),
      way,
    ).toBe(true)
  expect(reached).toEqual([])
}, 60_000)

test('where private addresses are refused, nobody can have one asked, by number or by name', async () => {
  const one = await house({ AIRWORTHY_PRIVATE_ADDRESSES: 'refuse' })
  // The house of the test before still sends its traces on, and tries its webhook again.
  const inside = `${away}/inside`
  expect(await askEverywhere(one, inside)).toEqual({
    'a provider': 'kernel.address-private',
    'its test': 'kernel.address-private',
    'a target': 'kernel.address-private',
    'a webhook': 'kernel.address-private',
  })
  const another = await house({ AIRWORTHY_PRIVATE_ADDRESSES: 'refuse' })
  const named = await askEverywhere(another, inside.replace('127.0.0.1', 'localhost'))
  expect(named['its test']).not.toBe('reached')
  expect(named['a webhook']).toContain('is a private address')
  expect(named['a provider'], JSON.stringify(named)).toBe('kernel.address-private')
  expect(named['a target']).toBe('kernel.address-private')
  expect(asked.filter((path) => path.startsWith('/inside'))).toEqual([])
}, 60_000)

test('an address that is named may be asked', async () => {
  const one = await house({ AIRWORTHY_PRIVATE_ADDRESSES: '127.0.0.1' })
  asked.length = 0
  expect(await askEverywhere(one, away)).toMatchObject({ 'a webhook': 307 })
  expect(asked.length).toBeGreaterThan(3)
}, 60_000)

test.for([
  'http://169.254.169.254/latest',
  'http://[::ffff:a9fe:a9fe]/',
  'http://2852039166/',
  'http://0xa9.0xfe.0xa9.0xfe/',
  'http://0251.0376.0251.0376/',
  'http://[fe80::1]/',
  'http://100.100.100.200/',
])('nobody has %s asked, anywhere', async (url) => {
  const one = houses[0] ?? (await house())
  const provider = one.client.putProvider({ params: { name: 'meta' }, body: { dialect: 'openai', baseUrl: url } })
  await expect(provider).rejects.toMatchObject({ status: 400, code: 'kernel.address-refused' })
  const webhook = one.client.createWebhook({ body: { url, events: ['gate.held'] } })
  await expect(webhook).rejects.toMatchObject({ status: 400, code: 'kernel.address-refused' })
  const name = `meta-${url.length}-${url.replace(/[^a-z0-9]/g, '').slice(0, 30)}`
  await one.client.createApplication({ body: { name, files: target(url) } })
  const asking = one.client
    .freezeRelease({ params: { name }, body: {} })
    .then(() => ask(one.options, { model: name, ...question }))
  await expect(asking).rejects.toMatchObject({ code: 'kernel.address-refused' })
})

test('the sample application says what it says without asking anybody', async () => {
  const one = houses[1] ?? (await house({ AIRWORTHY_PRIVATE_ADDRESSES: 'refuse' }))
  const name = 'parcels'
  await one.client.createApplication({ body: { name, files: echoApplication('first') } })
  await one.client.freezeRelease({ params: { name }, body: {} })
  expect((await ask(one.options, { model: name, ...question })).text).toContain('hello')
})
