import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { PERMISSIONS } from '../access/index.ts'
import type { ActorId } from '../core/actor.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { sleep, stoppedClock } from '../kernel/time.ts'
import { openDatabase } from '../store/database.ts'
import type { Caller } from '../wire/caller.ts'
import { createEventHub } from '../wire/events.ts'
import { handle } from '../wire/handle.ts'
import { reply, route } from '../wire/route.ts'
import { type ApiListenerDeps, createApiListener } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-listener-'))
const staticFolder = join(folder, 'web')
const ada: Caller = {
  actor: 'act_ada' as ActorId,
  name: 'ada',
  organisation: 'default',
  role: 'owner',
  permissions: PERMISSIONS.owner,
  key: 'key_ada',
  application: null,
}
const isAda = (headers: { get(name: string): string | null }) => headers.get('authorization') === 'Bearer ada'
const noDatabase = async () => {
  throw new Error('Nothing here asks the database.')
}
const reported: string[] = []
const eatCakeRoute = route({
  name: 'eatCake',
  method: 'POST',
  path: '/api/v1/cakes/:cake/meals',
  summary: 'Eat a cake',
  permission: 'build',
  params: z.object({ cake: z.string() }),
  body: z.object({ pieces: z.number() }),
  returns: { 201: z.object({ eaten: z.number() }) },
})
const deps: ApiListenerDeps = {
  mounted: [
    handle(eatCakeRoute, async ({ body }) => {
      if (body.pieces < 0) throw new Error('the cook fainted')
      if (body.pieces === 99) await sleep(100)
      return reply(201, { eaten: body.pieces })
    }),
  ],
  access: {
    callerOf: async ({ headers }) => (isAda(headers) ? ada : undefined),
    isStillCaller: isAda,
    redeem: async () => ({ kind: 'refused', because: 'unknown' }),
  },
  hub: createEventHub(),
  jobs: { get: noDatabase, cancel: noDatabase },
  gateway: {
    answers: (path) => path.startsWith('/v1/') && path !== '/v1/nothing',
    handle(request, response) {
      request.resume()
      response.end(`gateway ${request.url}`)
    },
  },
  staticFolder,
  publicUrl: 'https://air.example.com',
  metrics: async () => [],
  health: () => [],
  version: '0.1.0',
  db: openDatabase({ kind: 'embedded', acquire: noDatabase, close: async () => {} }),
  clock: stoppedClock(),
  random: secureBytes,
  masterKey: new Secret('the master key'),
  organisation: 'default',
  report: (thrown, where) => reported.push(`${where}: ${thrown}`),
}
const listener = createApiListener(deps)
const { url, port } = await listener.listen({ host: '127.0.0.1', port: 0 })
afterAll(() => listener.close({ graceMs: 100 }))

const asOwner = { authorization: 'Bearer ada' }
const eatCake = (pieces: number) =>
  fetch(`${url}/api/v1/cakes/lemon/meals`, { method: 'POST', body: JSON.stringify({ pieces }), headers: asOwner })

/** Sends bytes as they are and returns what comes back until the server closes or falls silent. */
const raw = (head: string, bodyBytes = 0): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    let left = bodyBytes
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const send = () => {
      while (left > 0) {
        left -= chunk.length
        if (!socket.write(chunk)) return
      }
    }
    socket.on('drain', send)
    socket.on('data', (data) => {
      text += data
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
    socket.write(head)
    send()
  })

test.for([
  ['/v1/chat/completions'],
  ['/v1/models'],
  ['/v1/models/gpt'],
  ['/v1/embeddings?x=1'],
  ['/v1/responses'],
  ['/v1/messages'],
] as const)('%s goes to the gateway', async ([path]) => {
  expect(await (await fetch(url + path)).text()).toBe(`gateway ${path}`)
})

test.for([
  ['127.0.0.1:4400', 401],
  ['localhost', 401],
  ['app.localhost:1', 401],
  ['[::1]:4400', 401],
  ['air.example.com', 401],
  ['evil.example.com', 403],
  ['127.0.0.1.evil.com', 403],
  ['localhost@evil.com', 403],
  ['', 403],
] as const)('the host name "%s" is answered with %i', async ([host, status]) => {
  const answer = await raw(`GET /api/v1/events HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  if (status === 403) expect(answer).toContain('AIRWORTHY_PUBLIC_URL')
  const gateway = await raw(`GET /v1/models HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  expect(gateway.includes('gateway /v1/models')).toBe(status === 401)
  if (host.includes('@') || host === '') return
  expect(await raw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 200/)
})

test('pages come from the build: assets for ever, pages anew, unknown paths of pages as the index', async () => {
  const missing = await fetch(`${url}/applications/helper`)
  expect([missing.status, await missing.text()]).toEqual([503, expect.stringContaining('npm run build:web')])

  mkdirSync(join(staticFolder, 'assets'), { recursive: true })
  writeFileSync(join(staticFolder, 'index.html'), '<!doctype html><title>Airworthy</title>')
  writeFileSync(join(staticFolder, 'assets', 'main-Bx12cd_9.js'), 'start()')
  writeFileSync(join(folder, 'secret.txt'), 'hidden')

  const page = await fetch(`${url}/applications/helper`)
  expect(await page.text()).toContain('<title>Airworthy')
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'(?!.*unsafe)/)
  for (const [name, value] of [
    ['cache-control', 'no-cache'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
  ] as const)
    expect(page.headers.get(name)).toBe(value)
  const etag = page.headers.get('etag') ?? ''
  expect((await fetch(`${url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304)

  const dotted = `${url}/models/acme/reader-1.5`
  expect(await (await fetch(dotted, { headers: { accept: 'text/html,*/*' } })).text()).toContain('<title>Airworthy')
  expect((await fetch(dotted)).status).toBe(404)

  const asset = await fetch(`${url}/assets/main-Bx12cd_9.js`)
  expect([await asset.text(), asset.headers.get('content-type'), asset.headers.get('cache-control')]).toEqual([
    'start()',
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ])
  for (const path of [
    '/assets/gone.js',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
  ]) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 404/)
    expect(answer).not.toContain('hidden')
  }
  expect((await fetch(`${url}/%ff`)).status).toBe(400)
})

test.for([
  ['GET', '/api/v1/nothing'],
  ['GET', '/v1/nothing'],
  ['POST', '/applications'],
  ['DELETE', '/'],
] as const)('%s %s is an unknown route, never a page', async ([method, path]) => {
  const answer = await fetch(url + path, { method })
  expect([answer.status, (await answer.json()).code]).toEqual([404, 'api.route-unknown'])
})

test('a bug is reported with its place and answered without its detail', async () => {
  const answer = await eatCake(-1)
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('fainted')])
  expect(reported.join()).toContain('POST /api/v1/cakes/lemon/meals: Error: the cook fainted')
})

const MEGABYTE = 1024 * 1024
test.for([
  ['its length said', `Content-Length: ${200 * MEGABYTE}\r\n\r\n`, 'api.body-too-large'],
  [
    'its length unsaid',
    `Transfer-Encoding: chunked\r\n\r\n${(200 * MEGABYTE).toString(16)}\r\n`,
    'wire.body-too-large',
  ],
] as const)('a body of 200 MB with %s is refused with one line and never held', async ([, length, code]) => {
  const before = process.memoryUsage().arrayBuffers
  const answer = await raw(
    `POST /api/v1/cakes/lemon/meals HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${asOwner.authorization}\r\n${length}`,
    200 * MEGABYTE,
  )
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
  expect(answer).toContain(code)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120 * MEGABYTE)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a client that asks before it sends is refused before it sends', async () => {
  const answer = await raw(
    `POST /api/v1/cakes/lemon/meals HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ${200 * MEGABYTE}\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
})

test('clients that hang up at any point do no harm', async () => {
  for (const bytes of [0, 5, 40, 120, 200]) {
    const text = `POST /api/v1/cakes/lemon/meals HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${asOwner.authorization}\r\nContent-Length: 50\r\n\r\n{"pieces":`
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(text.slice(0, bytes))
        setTimeout(() => socket.resetAndDestroy(), 10)
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
  }
  const abort = new AbortController()
  const slow = fetch(`${url}/api/v1/cakes/lemon/meals`, {
    method: 'POST',
    body: '{"pieces":99}',
    headers: asOwner,
    signal: abort.signal,
  })
  setTimeout(() => abort.abort(), 30)
  await expect(slow).rejects.toThrow()
  const leave = new AbortController()
  await fetch(`${url}/api/v1/events`, { headers: asOwner, signal: leave.signal })
  leave.abort()
  expect((await eatCake(1)).status).toBe(201)
})

test('a busy port is one clear sentence that names the setting', async () => {
  const second = createApiListener(deps)
  await expect(second.listen({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'api.port-in-use',
    message: `Port ${port} on 127.0.0.1 is used by another program. Stop it, or choose another port with AIRWORTHY_PORT.`,
  })
  await expect(second.listen({ host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'api.host-not-here' })

  const opened = await second.listen({ host: '127.0.0.1', port: 0 })
  const stream = await fetch(`${opened.url}/api/v1/events`, { headers: asOwner })
  const silent = connect(Number(new URL(opened.url).port))
  await once(silent, 'connect')
  // Neither ends by itself; waiting for either would take longer than a test may.
  await second.close({ graceMs: 600_000 })
  await stream.text().catch(() => {})
  await silent.toArray().catch(() => {})
  await expect(fetch(`${opened.url}/healthz`)).rejects.toThrow()
})
