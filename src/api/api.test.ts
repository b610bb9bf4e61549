import { mkdtempSync } from 'node:fs'
import { createServer as createNodeServer, request as nodeRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { accessHttp, accessMigrations, createAccess } from '../access/index.ts'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { DAY, MINUTE, stoppedClock } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import { createEventHub } from '../wire/events.ts'
import { handle } from '../wire/handle.ts'
import { reply, route } from '../wire/route.ts'
import { apiMigrations, apiRoutes, createApiListener, findUnguarded } from './index.ts'

const clock = stoppedClock()
const newId = createIds({ clock, random: secureBytes })
const folder = mkdtempSync(join(tmpdir(), 'airworthy-api-'))
const staticFolder = join(folder, 'web')
const engine = await freshEngine()
const store = await openStore({
  folder,
  migrations: [accessMigrations, apiMigrations],
  clock,
  newId,
  onJobChange: () => {},
  engine,
})
const hub = createEventHub()
const masterKey = new Secret('the master key')
const token = new Secret('the-owner-token')
const access = await createAccess({
  db: store.db,
  clock,
  newId,
  random: secureBytes,
  masterKey,
  organisation: 'default',
  publicUrl: () => 'https://air.example.com',
  publish: hub.publish,
})
const owner = await access.ensureOwner(token)

let eaten = 0
/** A meal of 99 pieces lasts until it may end. */
const { promise: slowHasBegun, resolve: slowBegan } = Promise.withResolvers<void>()
const { promise: slowMayEnd, resolve: endSlow } = Promise.withResolvers<void>()
const eat = route({
  name: 'eatCake',
  method: 'POST',
  path: '/api/v1/cakes/:cake/meals',
  summary: 'Eat a cake',
  permission: 'build',
  params: z.object({ cake: z.string() }),
  body: z.object({ pieces: z.number() }),
  returns: { 201: z.object({ eaten: z.number(), secret: z.string() }) },
})
const cakes = [
  handle(eat, async ({ body }) => {
    if (body.pieces < 0) throw new Error('the cook fainted')
    if (body.pieces === 99) {
      slowBegan()
      await slowMayEnd
    }
    eaten += body.pieces
    return reply(201, { eaten, secret: 'shown-once-only' })
  }),
]
const reported: string[] = []
const health = { ok: true }
const listener = createApiListener({
  mounted: [...accessHttp(access), ...cakes],
  access,
  hub,
  jobs: store.jobs,
  gateway: {
    answers: (path) => path.startsWith('/v1/'),
    handle(request, response) {
      request.resume()
      response.end(`gateway ${request.url}`)
    },
  },
  staticFolder,
  publicUrl: 'https://air.example.com',
  metrics: async () => [],
  health: () => [{ name: 'database', ok: health.ok, detail: 'answers' }],
  version: '0.1.0',
  db: store.db,
  clock,
  random: secureBytes,
  masterKey,
  organisation: 'default',
  report: (thrown, where) => reported.push(`${where}: ${thrown}`),
})
const { url } = await listener.listen({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await listener.close({ graceMs: 100 })
  await access.close()
  await store.close()
  await engine.close()
})

const asOwner = { authorization: `Bearer ${token.reveal()}` }
const post = (path: string, body: unknown, headers: Record<string, string> = asOwner) =>
  fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers })
const eatCake = (pieces: number, headers: Record<string, string> = {}) =>
  post('/api/v1/cakes/lemon/meals', { pieces }, { ...asOwner, ...headers })

async function signedIn(): Promise<string> {
  const link = await access.createSignInLink({ actor: owner.id, by: owner.id })
  const { search } = new URL(link.url.reveal())
  const response = await fetch(`${url}/sign-in${search}`, { redirect: 'manual' })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

test('every route refuses a stranger, except those that are open', async () => {
  expect(await findUnguarded({ mounted: listener.mounted, baseUrl: url, fetch })).toEqual([])
  const open = listener.mounted
    .filter(({ route: { permission } }) => permission === 'open')
    .map(({ route }) => route.path)
  expect(open).toEqual([
    '/healthz',
    '/readyz',
    '/api/openapi.json',
    '/sign-in',
    '/api/v1/sign-in-methods',
    '/api/v1/sessions',
    '/api/v1/invitations/readings',
    '/api/v1/invitations/acceptances',
    '/sign-in/oidc',
    '/sign-in/oidc/callback',
  ])
})

test('the walk finds a route that forgot its guard', async () => {
  const server = createNodeServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port: other } = server.address() as { port: number }
  const found = await findUnguarded({ mounted: cakes, baseUrl: `http://127.0.0.1:${other}`, fetch })
  expect(found.map(({ why }) => why)).toEqual(['answers without a key', 'answers to a key that nobody has'])
  server.close()
  server.closeAllConnections()
})

test('health, readiness and the description need no key', async () => {
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok', version: '0.1.0' })
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  health.ok = false
  const notReady = await fetch(`${url}/readyz`)
  expect([notReady.status, (await notReady.json()).ready]).toEqual([503, false])
  health.ok = true
  const { paths } = await (await fetch(`${url}/api/openapi.json`)).json()
  for (const { path, method } of [...apiRoutes, eat])
    expect(paths[path.replace(/:(\w+)\*?/g, '{$1}')]).toHaveProperty(method.toLowerCase())
})

test('a sign-in link sets a strict cookie and leads to the pages, once', async () => {
  const link = await access.createSignInLink({ actor: owner.id, by: owner.id })
  expect(link.url.reveal()).toMatch(/^https:\/\/air\.example\.com\/sign-in\?token=/)
  const path = `${url}/sign-in${new URL(link.url.reveal()).search}`
  expect((await fetch(path, { method: 'HEAD', redirect: 'manual' })).headers.get('set-cookie')).toBeNull()
  const first = await fetch(path, { redirect: 'manual' })
  expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
  const cookie = first.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^airworthy_session=aws_\w{40}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/)

  const again = await fetch(path, { redirect: 'manual' })
  expect(again.status).toBe(401)
  expect(await again.text()).toMatch(/used already[\s\S]*airworthy open/)
  const withSession = await fetch(path, { redirect: 'manual', headers: { cookie: cookie.split(';')[0] ?? '' } })
  expect(withSession.status).toBe(303)
})

test.for([
  ['a page of this server', { origin: 'OWN', 'sec-fetch-site': 'same-origin' }, 201],
  ['a page at the public URL', { origin: 'https://air.example.com', 'sec-fetch-site': 'same-origin' }, 201],
  ['a page on another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }, 403],
  ['a strange page', { origin: 'https://evil.com', 'sec-fetch-site': 'cross-site' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
  ['a browser that says nothing', {}, 403],
] as const)('with a session cookie %s is answered with $2', async ([, headers, status]) => {
  const cookie = await signedIn()
  const sent = Object.entries(headers).map(([name, value]) => [name, value.replace('OWN', url)])
  const send = (method: string, path: string) =>
    new Promise<number>((resolve, reject) => {
      const body = method === 'POST' ? '{"pieces":1}' : ''
      const request = nodeRequest(
        url + path,
        { method, headers: { ...Object.fromEntries(sent), cookie } },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      request.on('error', reject)
      request.end(body)
    })
  expect(await send('POST', '/api/v1/cakes/lemon/meals')).toBe(status)
  expect(await send('GET', '/api/v1/me')).toBe(200)
})

test('one Idempotency-Key does a thing once and gives the first answer for a day', async () => {
  const before = eaten
  const key = { 'idempotency-key': 'meal-1' }
  const first = await eatCake(3, key)
  const again = await eatCake(3, key)
  expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true'])
  expect(await again.json()).toEqual(await first.json())
  expect(eaten).toBe(before + 3)

  const other = await eatCake(4, key)
  expect([other.status, (await other.json()).code]).toEqual([409, 'api.idempotency-mismatch'])
  const { secret } = await access.createKey({ name: 'bob', role: 'builder', by: owner.id })
  expect((await eatCake(4, { ...key, authorization: `Bearer ${secret.reveal()}` })).status).toBe(201)

  const { rows } = await sql<{ row: string }>`select t::text as row from kept_answers t`.execute(store.db)
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain('shown-once-only')
  clock.advance(DAY)
  expect((await eatCake(4, key)).status).toBe(201)
})

test('a second request meets the first while it runs, and a run that broke can be tried again', async () => {
  const key = { 'idempotency-key': 'meal-2' }
  const slow = eatCake(99, key)
  await slowHasBegun
  const meanwhile = await eatCake(99, key)
  expect([meanwhile.status, (await meanwhile.json()).code]).toEqual([409, 'api.idempotency-running'])
  endSlow()
  expect((await slow).status).toBe(201)
  expect((await eatCake(99, key)).status).toBe(201)

  const broken = { 'idempotency-key': 'meal-3' }
  expect((await eatCake(-1, broken)).status).toBe(500)
  expect((await eatCake(1, broken)).status).toBe(201)
  expect((await eatCake(1, { 'idempotency-key': 'x'.repeat(256) })).status).toBe(400)
})

test('a claim that its process left behind is taken over', async () => {
  const { rows } = await sql<{ n: number }>`
    insert into kept_answers select organisation, actor, route, 'meal-4', fingerprint, null, null, ${clock()}::timestamptz
    from kept_answers limit 1 returning 1 as n`.execute(store.db)
  expect(rows).toHaveLength(1)
  clock.advance(2 * MINUTE)
  expect((await eatCake(1, { 'idempotency-key': 'meal-4' })).status).toBe(201)
})

async function watch(query = '', headers: Record<string, string> = asOwner) {
  const abort = new AbortController()
  const response = await fetch(`${url}/api/v1/events${query}`, { headers, signal: abort.signal })
  let text = ''
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
  })().catch(() => {})
  await expect.poll(() => text).toContain('hello')
  return { text: () => text, ended, abort }
}

test('events reach who may hear and asked for them, and end with the key', async () => {
  const { key, secret } = await access.createKey({ name: 'ci', role: 'viewer', application: 'helper', by: owner.id })
  const all = await watch()
  const some = await watch('?topic=release')
  const bound = await watch('', { authorization: `Bearer ${secret.reveal()}` })
  hub.publish({ topic: 'release', id: 'rel_1', application: 'helper' })
  hub.publish({ topic: 'evidence', id: 'evi_1', application: 'other' })
  await expect.poll(() => all.text()).toContain('evi_1')
  expect([some.text().includes('rel_1'), some.text().includes('evi_1')]).toEqual([true, false])
  expect([bound.text().includes('rel_1'), bound.text().includes('evi_1')]).toEqual([true, false])
  await access.revokeKey(key.id, owner.id)
  hub.publish({ topic: 'release', id: 'rel_2', application: 'helper' })
  await bound.ended
  expect(bound.text()).not.toContain('rel_2')
  for (const { abort } of [all, some]) abort.abort()
})

test('a job is shown and cancelled, and a key of another application sees neither', async () => {
  store.jobs.handle('cakes.bake', async () => null)
  const job = await inTransaction(store.db, (tx) =>
    store.jobs.enqueue(tx, { organisation: 'default', kind: 'cakes.bake', input: { application: 'helper' } }),
  )
  const { secret } = await access.createKey({ name: 'x', role: 'builder', application: 'other', by: owner.id })
  const strange = { authorization: `Bearer ${secret.reveal()}` }
  expect((await fetch(`${url}/api/v1/jobs/${job.id}`, { headers: strange })).status).toBe(403)
  expect((await post(`/api/v1/jobs/${job.id}/cancel`, {}, strange)).status).toBe(403)
  expect(await (await fetch(`${url}/api/v1/jobs/${job.id}`, { headers: asOwner })).json()).toMatchObject({
    state: 'queued',
  })
  expect(await (await post(`/api/v1/jobs/${job.id}/cancel`, {})).json()).toMatchObject({ state: 'cancelled' })
  expect((await fetch(`${url}/api/v1/jobs/${newId('job')}`, { headers: asOwner })).status).toBe(404)
})
