/** Identities of machines of Azure and Google, against a server that answers as their documentation says; no cloud was asked. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import { epochMs, stoppedClock } from '../kernel/time.ts'
import { givenModels, request } from './models.example.ts'
import { createUpstream } from './upstream.ts'

const { openModels, closeModels } = await givenModels()
type Seen = {
  method: string
  path: string
  query: Record<string, string>
  headers: IncomingMessage['headers']
  body: string
}
const seen: Seen[] = []
/** By path: what is answered, as JSON; a number is a status. */
let answers: Record<string, unknown> = {}
const server = createServer(async (incoming, response) => {
  const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://here')
  const { method = '', headers } = incoming
  seen.push({ method, path: pathname, query: Object.fromEntries(searchParams), headers, body: await text(incoming) })
  const answer = answers[pathname]
  // Google's says so of itself in each answer.
  if (pathname.startsWith('/computeMetadata')) response.setHeader('metadata-flavor', 'Google')
  if (answer === undefined) return void response.writeHead(404).end('{"error":"not_found"}')
  if (typeof answer === 'number') return void response.writeHead(answer).end('{"error":"invalid_request"}')
  response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const folder = mkdtempSync(join(tmpdir(), 'airworthy-identities-'))
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return join(folder, name)
}
afterAll(async () => {
  server.close().closeAllConnections()
  await closeModels()
})
const CHAT = {
  choices: [{ message: { content: 'pong' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1 },
}
beforeEach(() => {
  seen.splice(0)
  answers = { '/openai/v1/chat/completions': CHAT }
})

const NOW = '2026-11-21T00:00:00.000Z'
const clock = stoppedClock(NOW)
const nowSeconds = Math.floor(epochMs(clock()) / 1000)
const opened = (environment: Record<string, string>, more: Parameters<typeof openModels>[0] = {}) =>
  openModels({ credential: (name) => (environment[name] ? new Secret(environment[name]) : undefined), ...more })
const asked = async (credential: unknown, environment: Record<string, string>, more = {}) => {
  const { call, models, audit } = await opened(environment, more)
  const put = await call('PUT', '/api/v1/providers/mine', {
    dialect: 'azure',
    baseUrl: `${base}/openai/v1`,
    credential,
  })
  expect(put.status, JSON.stringify(put.body)).toBe(200)
  const answer = await models.complete(request('mine/m')).catch((thrown: Error) => thrown)
  return { answer, shown: put.body, audit }
}
const CLIENT = '11111111-2222-3333-4444-555555555555'
const RESOURCE = 'https://cognitiveservices.azure.com'
const ofAzure = {
  access_token: 'eyJ.azure',
  expires_on: String(nowSeconds + 86_400),
  resource: RESOURCE,
  token_type: 'Bearer',
}
const POD = {
  AZURE_FEDERATED_TOKEN_FILE: file('pod-token', 'jwt-of-the-pod\n'),
  AZURE_TENANT_ID: 'tenant-1',
  AZURE_CLIENT_ID: CLIENT,
  AZURE_AUTHORITY_HOST: `${base}/`,
}
const APP = { IDENTITY_ENDPOINT: `${base}/msi/token`, IDENTITY_HEADER: 'header-of-the-app' }
const VM = { AZURE_POD_IDENTITY_AUTHORITY_HOST: base }
const IMDS = '/metadata/identity/oauth2/token'
const ENTRA = '/tenant-1/oauth2/v2.0/token'

test.for([
  ['chain', { ...POD, ...APP, ...VM }, {}, ENTRA, {}],
  ['chain', { ...APP, ...VM }, {}, '/msi/token', { 'api-version': '2019-08-01', resource: RESOURCE }],
  ['chain', VM, {}, IMDS, { 'api-version': '2018-02-01', resource: RESOURCE }],
  [
    'app-service',
    APP,
    { clientId: CLIENT },
    '/msi/token',
    { 'api-version': '2019-08-01', resource: RESOURCE, client_id: CLIENT },
  ],
  [
    'instance',
    { ...POD, ...VM },
    { scope: 'https://ai.azure.com/.default' },
    IMDS,
    { 'api-version': '2018-02-01', resource: 'https://ai.azure.com', client_id: CLIENT },
  ],
] as [string, Record<string, string>, Record<string, string>, string, Record<string, string>][])(
  'Azure is asked with the %s identity of its machines in %j',
  async ([azure, environment, more, path, query]) => {
    answers[IMDS] = { ...ofAzure, client_id: CLIENT, expires_in: '86399' }
    answers['/msi/token'] = ofAzure
    answers[ENTRA] = { access_token: 'eyJ.azure', expires_in: 3599, token_type: 'Bearer' }
    const { answer, shown, audit } = await asked({ azure, ...more }, environment)
    expect(answer).toMatchObject({ text: 'pong' })
    expect(seen.map((one) => one.path)).toEqual([path, '/openai/v1/chat/completions'])
    const [token, chat] = seen
    expect(token?.query).toEqual(query)
    expect(chat?.headers).toMatchObject({ authorization: 'Bearer eyJ.azure' })
    expect(chat?.headers['api-key']).toBeUndefined()
    expect(shown.credentials).toMatchObject([{ kind: 'azure', from: azure, state: { kind: 'ready' } }])
    expect(JSON.stringify([shown, audit])).not.toContain('eyJ')
    if (path === IMDS) expect([token?.method, token?.headers.metadata]).toEqual(['GET', 'true'])
    if (path === '/msi/token') expect(token?.headers['x-identity-header']).toBe('header-of-the-app')
    if (path === ENTRA)
      expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
        grant_type: 'client_credentials',
        client_id: CLIENT,
        scope: `${RESOURCE}/.default`,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: 'jwt-of-the-pod',
      })
  },
)

const METADATA = '/computeMetadata/v1/instance/service-accounts/default/token'
const POOL = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/azure'
const federation = (source: object, more = {}) => ({
  type: 'external_account',
  audience: POOL,
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  token_url: `${base}/v1/token`,
  credential_source: source,
  ...more,
})
const exchange = (subject: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  audience: POOL,
  scope: 'https://www.googleapis.com/auth/cloud-platform',
  requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  subject_token: subject,
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
})

test('Google is asked with the account of its machine, whose service says that it is one', async () => {
  const environment = { GCE_METADATA_HOST: base.slice('http://'.length) }
  answers[METADATA] = { access_token: 'ya29.machine', expires_in: 3599, token_type: 'Bearer' }
  const { answer, shown } = await asked({ google: 'chain' }, environment)
  expect(answer).toMatchObject({ text: 'pong' })
  expect(seen[0]).toMatchObject({
    path: METADATA,
    query: { scopes: 'https://www.googleapis.com/auth/cloud-platform' },
    headers: { 'metadata-flavor': 'Google' },
  })
  expect(seen[1]?.headers.authorization).toBe('Bearer ya29.machine')
  expect(shown.credentials).toMatchObject([{ kind: 'google', from: 'chain' }])
  await expect(
    createUpstream().askMachine({ url: `${base}/anything`, headers: {}, answers: { 'metadata-flavor': 'Google' } }),
  ).rejects.toThrow(/does not say metadata-flavor: Google, so it is no metadata service/)
})

test('an identity of elsewhere is exchanged at Google, once more for a service account where it says so', async () => {
  const path = '/v1/projects/-/serviceAccounts/robot@p.iam.gserviceaccount.com:generateAccessToken'
  answers['/v1/token'] = { access_token: 'federated', issued_token_type: 'x', token_type: 'Bearer', expires_in: 3600 }
  answers[path] = { accessToken: 'ya29.robot', expireTime: '2026-11-21T01:00:00Z' }
  answers['/subject'] = { value: 'jwt-of-the-job' }
  const url = { url: `${base}/subject`, headers: { authorization: 'Bearer of-the-job' } }
  const source = { ...url, format: { type: 'json', subject_token_field_name: 'value' } }
  const lifetime = { service_account_impersonation: { token_lifetime_seconds: 600 } }
  const externalAccount = federation(source, { service_account_impersonation_url: `${base}${path}`, ...lifetime })
  const { answer, shown } = await asked({ externalAccount }, {})
  expect(answer).toMatchObject({ text: 'pong' })
  expect(shown.credentials).toMatchObject([{ kind: 'stored', from: null }])
  expect(seen.map((one) => one.path)).toEqual(['/subject', '/v1/token', path, '/openai/v1/chat/completions'])
  const [subject, sts, robot, chat] = seen
  expect([subject?.method, subject?.headers.authorization]).toEqual(['GET', 'Bearer of-the-job'])
  expect(Object.fromEntries(new URLSearchParams(sts?.body))).toEqual(exchange('jwt-of-the-job'))
  expect(robot?.headers.authorization).toBe('Bearer federated')
  expect(JSON.parse(robot?.body ?? '')).toEqual({
    scope: ['https://www.googleapis.com/auth/cloud-platform'],
    lifetime: '600s',
  })
  expect(chat?.headers.authorization).toBe('Bearer ya29.robot')
})

test('a file of the machine is read for whoever runs the server, and for one that is stored when it is a mounted secret', async () => {
  answers['/v1/token'] = { access_token: 'federated', token_type: 'Bearer', expires_in: 3600 }
  const subject = file('subject', 'jwt-of-the-file')
  const config = federation({ file: subject })
  const named = { GOOGLE_APPLICATION_CREDENTIALS: file('adc.json', config) }
  expect((await asked({ google: 'file' }, named)).answer).toMatchObject({ text: 'pong' })
  expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual(exchange('jwt-of-the-file'))
  const mounted = { secretsFolder: folder }
  expect((await asked({ externalAccount: config }, {}, mounted)).answer).toMatchObject({ text: 'pong' })
  seen.splice(0)
  const elsewhere = federation({ file: '/etc/hostname' })
  const { answer } = await asked({ externalAccount: elsewhere }, {}, mounted)
  expect(answer).toMatchObject({
    code: 'models.token-failed',
    message: expect.stringContaining('/etc/hostname is no mounted secret'),
  })
  expect(seen).toEqual([])
})

test.for([
  [{ azure: 'chain' }, 'https://gateway.contoso.example/openai/v1', 403, /Azure is sent to ….openai.azure.com/],
  [{ azure: 'chain' }, 'http://mine.openai.azure.com/openai/v1', 403, /by https/],
  [{ azure: 'chain' }, 'https://mine.openai.azure.com.evil.example/v1', 403, /Azure is sent to/],
  [
    { azure: 'chain', scope: 'https://management.azure.com' },
    'https://mine.openai.azure.com/v1',
    400,
    /scope is written/,
  ],
  [{ azure: 'chain', clientId: 'mine' }, 'https://mine.openai.azure.com/v1', 400, /client id of an identity/],
  [{ google: 'chain' }, 'https://mine.openai.azure.com/v1', 403, /Google is sent to/],
  [{ externalAccount: federation({ file: 'x' }) }, 'https://evil.example/v1', 403, /Google is sent to/],
  [
    { externalAccount: federation({ file: 'x' }, { token_url: 'https://evil.example/v1' }) },
    base,
    400,
    /googleapis.com alone/,
  ],
  [
    { externalAccount: federation({ executable: { command: 'sh' } }) },
    base,
    400,
    /certificates, programs and those of Amazon/,
  ],
  [
    { externalAccount: federation({ environment_id: 'aws1' }) },
    base,
    400,
    /certificates, programs and those of Amazon/,
  ],
] as [unknown, string, number, RegExp][])('%j is not taken at %s', async ([credential, baseUrl, status, why]) => {
  const { call } = await opened({})
  const put = await call('PUT', '/api/v1/providers/mine', { dialect: 'openai', baseUrl, credential })
  expect([put.status, JSON.stringify(put.body)]).toEqual([status, expect.stringMatching(why)])
})

test('the clouds’ own addresses are taken', async () => {
  const { call } = await opened({})
  const put = (credential: unknown, dialect: string, baseUrl: string) =>
    call('PUT', '/api/v1/providers/mine', { dialect, baseUrl, credential }).then(({ status }) => status)
  expect(await put({ azure: 'chain' }, 'azure', 'https://mine.openai.azure.com/openai/v1')).toBe(200)
  expect(await put({ azure: 'chain' }, 'openai', 'https://mine.services.ai.azure.com/openai/v1')).toBe(200)
  const vertex = 'https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google'
  expect(await put({ google: 'instance' }, 'vertex', vertex)).toBe(200)
  expect(await put({ externalAccount: federation({ file: 'x' }) }, 'vertex', vertex)).toBe(200)
})

test('where no such service answers, or it has no identity, it is said within seconds, and not asked again at once', async () => {
  const { answer } = await asked({ azure: 'instance' }, { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' })
  expect(answer).toMatchObject({
    code: 'models.token-failed',
    message: expect.stringMatching(
      /The instance identity of Azure gave no token: 127.0.0.1:9 does not answer, so there is no such/,
    ),
  })
  answers[IMDS] = 400
  const later = stoppedClock(NOW)
  const { call, models } = await opened(VM, { clock: later })
  await call('PUT', '/api/v1/providers/mine', {
    dialect: 'azure',
    baseUrl: `${base}/openai/v1`,
    credential: { azure: 'instance' },
  })
  for (let n = 0; n < 2; n += 1)
    await expect(models.complete(request('mine/m'))).rejects.toThrow(/answered 400 invalid_request\. Check the account/)
  expect(seen.map((one) => one.path)).toEqual([IMDS])
  later.advance(60_000)
  expect((await call('GET', '/api/v1/providers')).body.items).toContainEqual(
    expect.objectContaining({
      name: 'mine',
      credentials: [expect.objectContaining({ state: expect.objectContaining({ kind: 'resting' }) })],
    }),
  )
  await expect(asked({ azure: 'workload' }, {})).resolves.toMatchObject({
    answer: { message: expect.stringContaining('nothing was found in workload') },
  })
})

test('while the machine has no identity the next key of its provider answers, at once and from then on', async () => {
  answers[IMDS] = 400
  const { call, models } = await opened(VM)
  const credentials = [
    { name: 'machine', source: { azure: 'instance' } },
    { name: 'spare', source: 'sk-spare-0123456789', inForce: false },
  ]
  await call('PUT', '/api/v1/providers/mine', { dialect: 'azure', baseUrl: `${base}/openai/v1`, credentials })
  for (let n = 0; n < 2; n += 1) expect((await models.complete(request('mine/m'))).text).toBe('pong')
  expect(seen.map(({ path, headers }) => [path, headers['api-key']])).toEqual([
    [IMDS, undefined],
    ['/openai/v1/chat/completions', 'sk-spare-0123456789'],
    ['/openai/v1/chat/completions', 'sk-spare-0123456789'],
  ])
})

test('what a target or a tool is asked with is fetched when it is not there, and nobody else’s host gets it', async () => {
  answers[IMDS] = { ...ofAzure, expires_on: String(nowSeconds + 3600) }
  const { call, models } = await opened(VM)
  await call('PUT', '/api/v1/providers/mine', {
    dialect: 'azure',
    baseUrl: `${base}/openai/v1`,
    credential: { azure: 'instance' },
  })
  const { credentialFor } = models.providers
  for (let n = 0; n < 2; n += 1) expect((await credentialFor('mine', `${base}/tool`)).reveal()).toBe('eyJ.azure')
  expect(seen.map(({ path }) => path)).toEqual([IMDS])
  await expect(credentialFor('mine', 'https://evil.example/')).rejects.toMatchObject({
    code: 'models.credential-elsewhere',
  })
  expect(seen).toHaveLength(1)
})

test('a service that gives the same token until its end is not asked with each request', async () => {
  const later = stoppedClock(NOW)
  answers[IMDS] = { ...ofAzure, expires_on: String(nowSeconds + 3600) }
  const { call, models } = await opened(VM, { clock: later })
  await call('PUT', '/api/v1/providers/mine', {
    dialect: 'azure',
    baseUrl: `${base}/openai/v1`,
    credential: { azure: 'instance' },
  })
  const tokens = () => seen.filter(({ path }) => path === IMDS).length
  await Promise.all([1, 2, 3].map(() => models.complete(request('mine/m'))))
  expect(tokens()).toBe(1)
  later.advance(3600_000 - 280_000)
  for (let n = 0; n < 3; n += 1) await models.complete(request('mine/m'))
  expect(tokens()).toBe(2)
  later.advance(31_000)
  answers[IMDS] = { ...ofAzure, access_token: 'eyJ.next', expires_on: String(nowSeconds + 7200) }
  await models.complete(request('mine/m'))
  await expect.poll(() => models.providers.endpoint('mine').credential?.reveal()).toBe('eyJ.next')
})

test('nothing but the metadata services is let through, and no name of theirs leads elsewhere', async () => {
  const upstream = createUpstream({}, { resolve: (_, __, done) => done(null, [{ address: '10.0.0.7', family: 4 }]) })
  const ask = (url: string) => upstream.askMachine({ url, headers: {} })
  for (const url of [
    'http://169.254.1.1/latest',
    'http://169.254.129.2:8081/other',
    'http://10.0.0.1/msi/token',
    'https://example.com/msi/token',
    'http://100.100.100.200/latest',
  ])
    await expect(ask(url), url).rejects.toMatchObject({ code: 'kernel.address-refused' })
  await expect(ask('http://metadata.google.internal/computeMetadata/v1/x')).rejects.toThrow(/leads to 10.0.0.7/)
  await upstream.close()
})
