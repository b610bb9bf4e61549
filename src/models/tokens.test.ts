/** Tokens and roles, against a server that behaves as the public specifications say; none of the real services was asked. */
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { givenModels, request } from './models.example.ts'

const { openModels, closeModels } = await givenModels()
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string }
let act: (seen: Seen, response: ServerResponse) => void
const seen: Seen[] = []
const server = createServer(async (incoming, response) => {
  const one = {
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    headers: incoming.headers,
    body: await text(incoming),
  }
  seen.push(one)
  act(one, response)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(async () => {
  server.close().closeAllConnections()
  await closeModels()
})

const GEMINI = JSON.stringify({
  candidates: [{ content: { role: 'model', parts: [{ text: 'pong' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1 },
})
const CONVERSE = JSON.stringify({
  output: { message: { role: 'assistant', content: [{ text: 'pong' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
})
const CHAT =
  '{"choices":[{"message":{"content":"pong"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}'
const urls = () => seen.splice(0).map(({ url }) => url.split('?')[0])

test('a service account of Google’s is exchanged for a token that is renewed before it ends, once for all', async () => {
  const clock = stoppedClock()
  const { call, models } = await openModels({ clock })
  let tokens = 0
  act = ({ url, headers }, response) => {
    if (url === '/token')
      return void response.end(JSON.stringify({ access_token: `ya29.${++tokens}`, expires_in: 3599 }))
    expect(headers.authorization).toMatch(/^Bearer ya29\./)
    response.end(GEMINI)
  }
  const serviceAccount = {
    type: 'service_account',
    project_id: 'p',
    client_email: 'robot@p.iam.gserviceaccount.com',
    private_key: privateKey,
    private_key_id: 'k1',
    token_uri: `${base}/token`,
  }
  const put = await call('PUT', '/api/v1/providers/mine', {
    dialect: 'vertex',
    baseUrl: `${base}/v1/projects/p/locations/l/publishers/google`,
    credential: { serviceAccount },
  })
  expect([put.status, JSON.stringify(put.body).includes('PRIVATE')]).toEqual([200, false])

  const answers = await Promise.all([1, 2, 3].map(() => models.complete(request('mine/gemini-2.0-flash'))))
  expect(answers.map((answer) => answer.text)).toEqual(['pong', 'pong', 'pong'])
  const asked = seen.filter(({ url }) => url === '/token')
  expect(asked).toHaveLength(1)
  const form = new URLSearchParams(asked[0]?.body)
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(read(head)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
  const iat = Date.parse(clock()) / 1000
  expect(read(claims)).toEqual({
    iss: serviceAccount.client_email,
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    aud: serviceAccount.token_uri,
    iat,
    exp: iat + 3600,
  })
  const verified = createVerify('RSA-SHA256').update(`${head}.${claims}`)
  expect(verified.verify(publicKey, Buffer.from(signature, 'base64url'))).toBe(true)

  // Four minutes before its end it still serves, and the next one is on its way.
  clock.advance(3_599_000 - 240_000)
  await models.complete(request('mine/gemini-2.0-flash'))
  await expect.poll(() => tokens).toBe(2)
  await expect.poll(() => models.providers.endpoint('mine').credential?.reveal()).toBe('ya29.2')
  // Long after its end nobody is given the old one.
  clock.advance(4_000_000)
  await models.complete(request('mine/gemini-2.0-flash'))
  expect(tokens).toBe(3)
  expect(seen.at(-1)?.headers.authorization).toBe('Bearer ya29.3')
  seen.splice(0)
})

test('an account that gets no token says so, without what was sent, and is not asked again at once', async () => {
  const { call, models } = await openModels()
  act = (_, response) =>
    void response.writeHead(401).end('{"error":"invalid_client","error_description":"not hunter2-hunter2"}')
  const entra = { tenant: 'contoso.example', client_id: 'app', client_secret: 'hunter2-hunter2', authority: base }
  const credential = { entra }
  await call('PUT', '/api/v1/providers/mine', { dialect: 'azure', baseUrl: `${base}/openai/v1`, credential })
  for (let n = 0; n < 2; n += 1) {
    const thrown = await models.complete(request('mine/m')).catch((error) => error)
    expect(thrown).toMatchObject({ code: 'models.token-failed', message: expect.stringContaining('invalid_client') })
    expect(thrown.message).not.toContain('hunter2')
  }
  expect(urls()).toEqual(['/contoso.example/oauth2/v2.0/token'])
})

test('an application of Entra’s is a bearer token at Azure, and a key goes into its own header', async () => {
  const { call, models } = await openModels()
  act = ({ url }, response) =>
    void response.end(url.endsWith('/token') ? '{"access_token":"eyJ.token","expires_in":"3599"}' : CHAT)
  const entra = { tenant: 'contoso.example', client_id: 'app', client_secret: 's', authority: base }
  const azure = { dialect: 'azure', baseUrl: `${base}/openai/v1` }
  await call('PUT', '/api/v1/providers/mine', { ...azure, credential: { entra } })
  expect((await models.complete(request('mine/m'))).text).toBe('pong')
  expect(new URLSearchParams(seen[0]?.body).get('scope')).toBe('https://cognitiveservices.azure.com/.default')
  expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer eyJ.token' })
  expect(seen[1]?.headers['api-key']).toBeUndefined()
  await call('PUT', '/api/v1/providers/mine', { ...azure, credential: 'plain-key' })
  await models.complete(request('mine/m'))
  expect(seen[2]?.headers).toMatchObject({ 'api-key': 'plain-key' })
  seen.splice(0)
})

const folder = mkdtempSync(join(tmpdir(), 'airworthy-aws-'))
writeFileSync(join(folder, 'web-token'), 'jwt-of-the-pod\n')
writeFileSync(join(folder, 'pod-token'), 'token-of-the-pod\n')
writeFileSync(
  join(folder, 'credentials'),
  '# mine\n[default]\naws_access_key_id = AKDEFAULT\naws_secret_access_key = s\n\n[work]\naws_access_key_id=AKPROFILE\naws_secret_access_key=secret-of-work\naws_session_token = tok==\n',
)
const KEYS = {
  AccessKeyId: 'AKROLE',
  SecretAccessKey: 'secret-of-role',
  Token: 'session-of-role',
  Expiration: '2026-11-21T06:00:00Z',
}
const STS = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKSTS</AccessKeyId><SecretAccessKey>secret-of-sts</SecretAccessKey><SessionToken>session-of-sts</SessionToken><Expiration>2026-11-21T06:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`

test.for([
  ['chain', { AWS_ACCESS_KEY_ID: 'AKENV', AWS_SECRET_ACCESS_KEY: 's' }, 'AKENV', undefined, []],
  [
    'environment',
    { AWS_ACCESS_KEY_ID: 'AKENV', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 'of-env' },
    'AKENV',
    'of-env',
    [],
  ],
  [
    'chain',
    {
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/r',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'web-token'),
      AWS_ENDPOINT_URL_STS: base,
    },
    'AKSTS',
    'session-of-sts',
    ['/'],
  ],
  [
    'profile',
    { AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'), AWS_PROFILE: 'work' },
    'AKPROFILE',
    'tok==',
    [],
  ],
  ['chain', { AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') }, 'AKDEFAULT', undefined, []],
  [
    'container',
    {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${base}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(folder, 'pod-token'),
    },
    'AKROLE',
    'session-of-role',
    ['/v1/credentials'],
  ],
  [
    'instance',
    { AWS_EC2_METADATA_SERVICE_ENDPOINT: base },
    'AKROLE',
    'session-of-role',
    [
      '/latest/api/token',
      '/latest/meta-data/iam/security-credentials/',
      '/latest/meta-data/iam/security-credentials/my-role',
    ],
  ],
] as [string, Record<string, string>, string, string | undefined, string[]][])(
  'Bedrock is asked with keys of the %s in %j',
  async ([aws, environment, accessKey, session, asked]) => {
    const { call, models } = await openModels({
      credential: (name) => (environment[name] ? new Secret(environment[name]) : undefined),
    })
    act = ({ url, method, headers, body }, response) => {
      if (url === '/') {
        const form = new URLSearchParams(body)
        expect([form.get('Action'), form.get('WebIdentityToken'), form.get('RoleArn')]).toEqual([
          'AssumeRoleWithWebIdentity',
          'jwt-of-the-pod',
          'arn:aws:iam::1:role/r',
        ])
        return void response.end(STS)
      }
      if (url === '/v1/credentials') expect(headers.authorization).toBe('token-of-the-pod')
      if (url === '/latest/api/token') {
        expect([method, headers['x-aws-ec2-metadata-token-ttl-seconds']]).toEqual(['PUT', '21600'])
        return void response.end('imds-token')
      }
      if (url.startsWith('/latest/meta-data')) expect(headers['x-aws-ec2-metadata-token']).toBe('imds-token')
      if (url.endsWith('/security-credentials/')) return void response.end('my-role\n')
      if (url.startsWith('/model/')) return void response.end(CONVERSE)
      response.end(JSON.stringify(KEYS))
    }
    await call('PUT', '/api/v1/providers/mine', { dialect: 'bedrock', baseUrl: base, credential: { aws } })
    expect((await models.complete(request('mine/m'))).text).toBe('pong')
    const last = seen.at(-1)
    expect(last?.headers.authorization).toContain(`Credential=${accessKey}/`)
    expect(last?.headers['x-amz-security-token']).toBe(session)
    expect(urls()).toEqual([...asked, '/model/m/converse'])
  },
)

test('where nothing is found it is said, and no other address of the link-local range is asked', async () => {
  const { call, models } = await openModels({
    credential: (name) =>
      name === 'AWS_CONTAINER_CREDENTIALS_FULL_URI' ? new Secret('http://169.254.1.1/latest') : undefined,
  })
  const provider = { dialect: 'bedrock', baseUrl: base }
  await call('PUT', '/api/v1/providers/mine', { ...provider, credential: { aws: 'profile' } })
  await expect(models.complete(request('mine/m'))).rejects.toMatchObject({ code: 'models.token-failed' })
  await call('PUT', '/api/v1/providers/mine', { ...provider, credential: { aws: 'container' } })
  await expect(models.complete(request('mine/m'))).rejects.toThrow(/169\.254\.1\.1 is no metadata service/)
  expect(seen).toEqual([])
})
