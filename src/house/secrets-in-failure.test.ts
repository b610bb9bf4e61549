/**
 * A run in which everything goes wrong while others say back what they were sent: wrong keys, a provider, a collector,
 * a receiver of webhooks and an issuer that parrot, wrong passwords and codes, keys in addresses, a crash, a wrong
 * setting. Then every place that keeps or shows anything is searched for every kind of secret, in every form.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { systemClock } from '../kernel/time.ts'
import { codeOf } from '../testing/authenticator.ts'
import { testBrowser } from '../testing/browser.ts'
import { filesWith, secretsIn } from '../testing/canaries.ts'
import { airworthyCommand, engineOf, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { tablesAsText } from '../testing/postgres.ts'

/** Long and without meaning; some hold what URLs and base64 write otherwise. */
const PLANTED = {
  ownerToken: 'awk_canaryowner7c1f0d9e8b2a4c6e8f0a1b3c5d7e',
  masterKey: 'canary-master-3b5d7f9e2a4c6e8f0a1c5f1d0c7e9a2b',
  environmentKey: 'sk-canary-environment-8c6a4e2d0f1b3957ace02468bdf1',
  providerKey: 'sk-canary-provider-5f1d0c7e9a2b4d6f8e0a1c3b5d7f9e2a',
  oidcSecret: 'canary oidc/client+secret=9e8b2a4c6e8f0a1b%3c',
  collectorKey: 'canary-collector+key/0d9e8b2a4c6e8f0a1b3c5d7e',
  password: 'canary pass/word+7c1f=0d9e&8b2a 4c6e',
  wrongPassword: 'canary wrong/password+0a1c=5f1d&0c7e',
}

const data = mkdtempSync(join(tmpdir(), 'airworthy-failing-'))
let server: ServerProcess | undefined

/** Says back all that it was sent, in its own words and in the forms of error bodies that are read. */
async function parrot(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = '', headers } = request
  if (url.includes('openid-configuration')) {
    const issuer = `${others}/issuer`
    const at = (path: string) => `${issuer}/${path}`
    const metadata = {
      issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('token'),
      jwks_uri: at('jwks'),
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadata))
    return
  }
  const said = `${JSON.stringify(headers)} ${await text(request)}`
  parroted.push(url)
  const key = headers.authorization ?? ''
  const message = `Incorrect API key provided: ${key}. ${Buffer.from(key).toString('base64')} ${encodeURIComponent(key)} ${said}`
  if (url.includes('/well')) return parrotWell(response, message, said.includes('"stream":true'))
  const status = url.includes('/fails') ? 500 : url.includes('/cut') ? 400 : 401
  // A key that is cut in half by whoever shortens a sentence must not show its half either.
  const padded = url.includes('/cut') ? `${'x'.repeat(270)}${message}` : message
  const body = { error: { message: padded, code: padded }, error_description: message, detail: message }
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', 'x-said': 'no' })
    .end(JSON.stringify(url.includes('/issuer') ? { error: 'invalid_client', error_description: message } : body))
}

/** An answer like any other, whose words are what it was sent; a stream says it in two parts that are cut inside the key. */
function parrotWell(response: ServerResponse, message: string, isStream: boolean): void {
  response.writeHead(200, {
    'content-type': isStream ? 'text/event-stream' : 'application/json',
    'x-request-id': message.slice(0, 80),
  })
  const choice = isStream ? { delta: { content: `Hello. ` } } : { message: { content: message }, finish_reason: 'stop' }
  const whole = JSON.stringify({ choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 1 } })
  if (!isStream) return void response.end(whole)
  const bytes = `data: ${whole}\n\ndata: ${JSON.stringify({ choices: [{ delta: { content: message } }] })}\n\ndata: [DONE]\n\n`
  const middle = bytes.indexOf(PLANTED.providerKey) + 20
  response.write(bytes.slice(0, middle))
  setTimeout(() => response.end(bytes.slice(middle)), 30)
}
const parroted: string[] = []
const parrots = createServer((request, response) => void parrot(request, response).catch(() => response.destroy()))
await new Promise<void>((resolve) => parrots.listen(0, '127.0.0.1', resolve))
const others = `http://127.0.0.1:${(parrots.address() as AddressInfo).port}`

afterAll(async () => {
  await server?.kill('SIGKILL')
  parrots.closeAllConnections()
  parrots.close()
  rmSync(data, { recursive: true, force: true })
})

const ENVIRONMENT = {
  AIRWORTHY_DATA: data,
  AIRWORTHY_OWNER_TOKEN: PLANTED.ownerToken,
  AIRWORTHY_MASTER_KEY: PLANTED.masterKey,
  OPENAI_API_KEY: PLANTED.environmentKey,
  AIRWORTHY_OIDC_ISSUER: `${others}/issuer`,
  AIRWORTHY_OIDC_CLIENT_ID: 'airworthy',
  AIRWORTHY_OIDC_CLIENT_SECRET: PLANTED.oidcSecret,
  AIRWORTHY_OIDC_DEFAULT_ROLE: 'viewer',
  AIRWORTHY_OTLP_ENDPOINT: `${others}/fails/collector`,
  AIRWORTHY_OTLP_HEADERS: `authorization=Bearer%20${encodeURIComponent(PLANTED.collectorKey)}`,
  AIRWORTHY_OTLP_CONTENT: '1',
}

test('when everything fails, no log, answer, trace, table, file, metric, export or back-up holds a secret', async () => {
  server = await startServer(ENVIRONMENT)
  const { url } = server
  const options = { baseUrl: url, token: PLANTED.ownerToken, retries: 0 }
  const client = createClient(options)
  const shown: string[] = []
  /** Keeps whatever is answered, errors with all that they carry. */
  const hear = async <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> => {
    try {
      const answer = await asked
      shown.push(JSON.stringify(answer) ?? '')
      return answer
    } catch (thrown) {
      shown.push(`${thrown} ${JSON.stringify({ ...(thrown as Error), message: (thrown as Error).message })}`)
      return undefined
    }
  }
  const raw = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init })
    shown.push(`${JSON.stringify([...response.headers])} ${await response.text()}`)
    return response
  }
  const question = [{ role: 'user' as const, content: 'a question that nothing else asks' }]

  // Providers that say their key back, as an answer, a stream, a test, and behind a route and an application.
  for (const [name, path] of [
    ['refusing', ''],
    ['failing', '/fails'],
    ['cutting', '/cut'],
    ['answering', '/well'],
  ] as const) {
    await hear(
      client.putProvider({
        params: { name },
        body: { dialect: 'openai', baseUrl: `${others}${path}/v1`, credential: PLANTED.providerKey },
      }),
    )
    const rates = { input: '1', output: '1' }
    await hear(client.putOwnPrice({ params: { model: `${name}/any` }, body: { rates, reason: 'to be asked' } }))
    await hear(client.testProvider({ params: { name } }))
    await hear(ask(options, { model: `${name}/any`, messages: question }))
    await raw('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${PLANTED.ownerToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: `${name}/any`, messages: question, stream: true }),
    })
    const settings = { models: { answer: { model: `${name}/any` } } }
    await hear(
      client.createApplication({
        body: {
          name: `on-${name}`,
          files: { 'airworthy.yaml': JSON.stringify(settings), 'prompts/answer.prompt': '{{question}}' },
        },
      }),
    )
    await hear(client.freezeRelease({ params: { name: `on-${name}` }, body: {} }))
    await hear(ask(options, { model: `on-${name}`, messages: question }))
    await hear(
      client.putModelRoute({
        params: { name: `to-${name}` },
        body: { strategy: 'priority', targets: [{ model: `${name}/any` }] },
      }),
    )
    await hear(ask(options, { model: `to-${name}`, messages: question }))
  }
  await hear(client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } }))
  await hear(client.freezeRelease({ params: { name: 'parcels' }, body: {} }))
  await hear(ask(options, { model: 'parcels', messages: question }))

  // A webhook whose receiver fails and says back what it was sent.
  const { webhook, secret: webhookSecret } = await client.createWebhook({
    body: { url: `${others}/fails/hook`, events: ['gate.held'] },
  })
  const { id: delivery } = await client.testWebhook({ params: { id: webhook.id } })
  await expect
    .poll(async () => (await client.getWebhookDelivery({ params: { id: delivery } })).attempts.length, {
      timeout: 20_000,
    })
    .toBeGreaterThan(0)
  await hear(client.getWebhookDelivery({ params: { id: delivery } }))
  const { secret: newWebhookSecret } = await client.rotateWebhookSecret({ params: { id: webhook.id } })

  // People: a password, an authenticator app, recovery codes; wrong ones of each, and secrets in wrong places.
  const actor = await client.createActor({ body: { name: 'Ada', role: 'approver', signInName: 'ada@example.org' } })
  const { url: invitation } = await client.createInvitation({ body: { actor: actor.id } })
  const invitationToken = new URL(invitation).hash.slice(1)
  const browser = testBrowser(url)
  await browser.client.acceptInvitation({ body: { token: invitationToken, password: PLANTED.password } })
  await hear(browser.client.acceptInvitation({ body: { token: invitationToken, password: PLANTED.password } }))
  const session = [...browser.cookies.values()][0] ?? ''
  const { secret: totp } = await browser.client.beginSecondFactor({ body: {} })
  await hear(browser.client.confirmSecondFactor({ body: { code: '000000' } }))
  const confirmed = await browser.client.confirmSecondFactor({ body: { code: codeOf(totp, systemClock()) } })
  const [recoveryCode = ''] = confirmed.recoveryCodes
  await hear(
    testBrowser(url).client.signInWithPassword({
      body: { signInName: 'ada@example.org', password: PLANTED.wrongPassword },
    }),
  )
  await hear(
    testBrowser(url).client.signInWithPassword({ body: { signInName: PLANTED.password, password: PLANTED.password } }),
  )
  const key = await client.createKey({ body: { name: 'ci', role: 'builder' } }, { idempotencyKey: 'once' })
  const { url: signInLink } = await client.createSignInLink({ body: {} })
  const linkToken = new URL(signInLink).searchParams.get('token') ?? ''
  await raw(`/sign-in?token=${linkToken}x`)
  await raw(`/api/v1/me?key=${key.secret}&token=${PLANTED.ownerToken}`)
  // Who asks for a thing by its name is told that name; nobody else is.
  await fetch(`${url}/api/v1/nothing/${key.secret}`)
  await fetch(`${url}/v1/models/${key.secret}`, { headers: { authorization: `Bearer ${key.secret}` } })
  await raw('/api/v1/me', {
    headers: { authorization: `Basic ${Buffer.from(`ada:${PLANTED.password}`).toString('base64')}` },
  })
  await raw('/api/v1/me', { headers: { authorization: `Bearer ${key.secret}`, 'x-api-key': PLANTED.ownerToken } })
  await raw('/api/v1/keys', {
    method: 'POST',
    headers: { authorization: `Bearer ${PLANTED.ownerToken}` },
    body: `{"name": ${key.secret}`,
  })

  // The sign-on: its token endpoint says back the client's secret.
  const leaving = await browser.go(`${url}/sign-in/oidc`)
  const state = new URL(leaving.headers.get('location') ?? url).searchParams.get('state')
  shown.push(leaving.headers.get('location') ?? '')
  const back = await browser.go(`${url}/sign-in/oidc/callback?code=x&state=${state}`)
  shown.push(`${JSON.stringify([...back.headers])} ${await back.text()}`)
  await expect
    .poll(
      () =>
        ['/collector', '/issuer/token', '/hook', '/v1/'].every((part) => parroted.some((path) => path.includes(part))),
      { timeout: 20_000 },
    )
    .toBe(true)

  const secrets = {
    ...PLANTED,
    webhookSecret,
    newWebhookSecret,
    invitationToken,
    session,
    totp,
    recoveryCode,
    key: key.secret,
    linkToken,
  }
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(10)

  // What tells of it all afterwards.
  await expect
    .poll(async () => (await client.listTraces({ query: { limit: 100 } })).items.length, { timeout: 20_000 })
    .toBeGreaterThan(9)
  const traces = await client.listTraces({ query: { limit: 1000 } })
  for (const { traceId } of traces.items) await hear(client.getTrace({ params: { id: traceId } }))
  // Where it was said in an answer, somebody is told to store another one.
  await client.lookForAlerts()
  const { items: alerts } = await client.listAlerts({ query: { application: 'on-answering' } })
  expect(alerts.map(({ kind, subject }) => [kind, subject])).toContainEqual(['key', 'answering'])
  await hear(client.listAudit({ query: { limit: 1000 } }))
  await hear(client.listProviders())
  await hear(client.listKeys())
  await hear(client.listWebhooks())
  await hear(client.listActors())
  await hear(client.listSessions())
  await hear(client.getTelemetryStatus())
  await hear(client.getReadiness())
  await hear(client.listModels())
  const owner = { headers: { authorization: `Bearer ${PLANTED.ownerToken}` } }
  await raw('/metrics', owner)
  await raw('/api/v1/audit/export', owner)
  const backup = gunzipSync(Buffer.from(await (await fetch(`${url}/api/v1/backup`, owner)).arrayBuffer()))
  const cli = { AIRWORTHY_URL: url, AIRWORTHY_TOKEN: PLANTED.ownerToken, AIRWORTHY_DATA: data }
  const doctor = await airworthyCommand(['doctor'], cli)
  const wrong = await airworthyCommand(['up'], {
    ...ENVIRONMENT,
    AIRWORTHY_PORT: 'no port',
    AIRWORTHY_PROT: PLANTED.masterKey,
  })
  expect(wrong.code).toBe(4)

  const found = secretsIn(secrets)
  const answers = shown.flatMap((answer) => found(answer).map((name) => `${name}: ${answer.slice(0, 400)}`))
  expect(answers).toEqual([])
  expect(found(backup)).toEqual([])
  expect(secretsIn({ said: 'a question that nothing else asks' })(backup)).toEqual(['said'])
  expect(found(doctor.out + doctor.err)).toEqual([])
  expect(found(wrong.out + wrong.err)).toEqual([])

  // A crash leaves what lay in memory or on its way; the next start goes on with it.
  const { AIRWORTHY_DATABASE_URL: database } = await engineOf(data)
  const look = async () => {
    if (database) writeFileSync(join(data, 'tables.xml'), await tablesAsText(database))
    return filesWith(data, secrets)
  }
  await server.kill('SIGKILL')
  expect(await look()).toEqual([])
  const first = server.said()
  server = await startServer(ENVIRONMENT)
  await server.kill('SIGTERM')
  expect(await look()).toEqual([])
  // The sign-in link of a start is printed on purpose, and is none of these.
  expect(found(first + server.said())).toEqual([])
  expect(() => readFileSync(join(data, 'owner-token'))).toThrow('ENOENT')
}, 240_000)
