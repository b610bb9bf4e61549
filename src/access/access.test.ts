import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { Permission, Role } from '../core/actor.ts'
import { NOTHING } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { HOUR, MINUTE, SECOND, stoppedClock } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { createServer } from '../wire/server.ts'
import { openAccessStore } from './access.example.ts'
import { type AccessDeps, accessHttp, createAccess, PERMISSIONS } from './index.ts'

const { newId, store, opened } = await openAccessStore(afterAll)

let organisations = 0
/** Access of an organisation of its own, so that tests share one engine and no rows. */
async function open({
  organisation = `org-${++organisations}`,
  clock = stoppedClock(),
  ...options
}: Partial<AccessDeps> & { clock?: ReturnType<typeof stoppedClock> } = {}) {
  const published: unknown[] = []
  const access = await createAccess({
    db: store.db,
    clock,
    newId,
    random: secureBytes,
    masterKey: new Secret('the master key'),
    organisation,
    publicUrl: () => 'http://127.0.0.1:4400',
    publish: (event) => published.push(event),
    ...options,
  })
  opened.push(access)
  const token = new Secret(`owner token of ${organisation}`)
  const owner = await access.ensureOwner(token)
  const app = createServer(accessHttp(access), {
    callerOf: access.callerOf,
    report: (thrown) => {
      throw thrown
    },
  })
  const ask = async (method: string, path: string, body?: unknown, key = token.reveal()) => {
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : null }
  }
  const newKey = async (body: Record<string, unknown>) => (await ask('POST', '/api/v1/keys', body)).body
  return { access, clock, organisation, owner, token, ask, newKey, published }
}

/** The text of a session from its `Set-Cookie`. */
const textOf = (cookie: Secret): string => /^airworthy_session=([^;]+)/.exec(cookie.reveal())?.[1] ?? ''

const dumpOf = async (): Promise<string> => {
  const tables = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(store.db)
  const dumps = await Promise.all(
    tables.rows.map(({ name }) => sql<{ row: string }>`select t::text as row from ${sql.id(name)} t`.execute(store.db)),
  )
  return dumps.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n')
}

test('each role may do exactly what the table of permissions says', () => {
  const matrix = Object.fromEntries(Role.options.map((role) => [role, [...PERMISSIONS[role]].sort().join(' ')]))
  expect(matrix).toEqual({
    owner: [...Permission.options].sort().join(' '),
    builder: 'attest build infer infer-models operate promote view',
    approver: 'attest audit promote view waive',
    security: 'attest audit operate privacy view waive',
    auditor: 'audit view',
    viewer: 'view',
  })
})

test('the owner token identifies the owner, and a new one takes the place of the old one', async () => {
  const { access, token, owner } = await open()
  const bearer = (secret: Secret) => ({ authorization: `Bearer ${secret.reveal()}` })
  expect(access.identify(bearer(token))).toMatchObject({ actor: owner.id, role: 'owner', application: null })

  const next = new Secret('another token')
  expect((await access.ensureOwner(next)).id).toBe(owner.id)
  expect(access.identify(bearer(next)).actor).toBe(owner.id)
  expect(() => access.identify(bearer(token))).toThrow('unknown or revoked')

  await access.ensureOwner(token)
  expect(access.identify(bearer(token)).actor).toBe(owner.id)
  expect(() => access.identify(bearer(next))).toThrow('unknown or revoked')
})

test('a key shows its text once, works in four headers, and no row holds it', async () => {
  const { access, ask, newKey } = await open()
  const made = await newKey({ name: 'ci', role: 'builder', application: 'helper', team: 'web' })
  expect(made).toMatchObject({
    id: expect.stringMatching(/^key_/),
    secret: expect.stringMatching(/^awk_[0-9a-z]{40}$/),
  })
  for (const headers of [
    { authorization: `Bearer ${made.secret}` },
    { 'x-api-key': made.secret },
    { 'api-key': made.secret },
    { 'x-goog-api-key': made.secret, 'x-api-key': made.secret },
  ])
    expect(access.identify(headers)).toMatchObject({ role: 'builder', key: made.id, application: 'helper' })

  const listed = await ask('GET', '/api/v1/keys?application=helper')
  expect(listed.body.items).toMatchObject([{ id: made.id, name: 'ci', team: 'web' }])
  expect(JSON.stringify(listed.body)).not.toContain('hmac')
  const dump = await dumpOf()
  expect(dump).toContain(made.id)
  expect(dump).not.toContain(made.secret)
  expect(dump).not.toContain(made.secret.slice(4))
})

test.for([
  ['no key', {}, 'access.key-missing'],
  ['an unknown key', { authorization: 'Bearer awk_nonsense' }, 'access.key-unknown'],
  ['two different keys', { authorization: 'Bearer awk_one', 'x-api-key': 'awk_two' }, 'access.keys-differ'],
] as const)('%s is refused as unauthenticated', async ([, headers, code]) => {
  const { access } = await open()
  expect(() => access.identify(headers)).toThrow(expect.objectContaining({ kind: 'unauthenticated', code }))
})

test('a revoked key is refused by the next request, also after a restart', async () => {
  const { access, ask, newKey, organisation, clock } = await open()
  const { id, secret } = await newKey({ name: 'ci', role: 'viewer' })
  expect((await ask('GET', '/api/v1/me', undefined, secret)).body).toMatchObject({ name: 'ci', permissions: ['view'] })
  expect(await ask('DELETE', `/api/v1/keys/${id}`)).toMatchObject({ status: 200, body: { revokedAt: clock() } })
  expect(await ask('GET', '/api/v1/me', undefined, secret)).toMatchObject({
    status: 401,
    body: { code: 'access.key-unknown' },
  })
  await access.close()
  const again = await open({ organisation, clock })
  expect((await again.ask('GET', '/api/v1/me', undefined, secret)).status).toBe(401)
  expect((await again.ask('GET', '/api/v1/me')).status).toBe(200)
})

test.for([
  [
    'a role may not make keys',
    'builder',
    undefined,
    'POST',
    '/api/v1/keys',
    { name: 'x', role: 'viewer' },
    'access.forbidden',
  ],
  [
    'a bound key may not make keys',
    'owner',
    'helper',
    'POST',
    '/api/v1/keys',
    { name: 'x', role: 'viewer' },
    'access.bound-key',
  ],
  [
    'a bound key may not read the whole log',
    'auditor',
    'helper',
    'GET',
    '/api/v1/audit',
    undefined,
    'access.bound-key',
  ],
  [
    'a bound key may not set the limits of another application',
    'builder',
    'helper',
    'PUT',
    '/api/v1/applications/other/limits',
    { requestsPerMinute: 1 },
    'access.other-application',
  ],
] as const)('%s', async ([, role, application, method, path, body, code]) => {
  const { ask, newKey } = await open()
  const { secret } = await newKey({ name: 'k', role, ...(application && { application }) })
  expect(await ask(method, path, body, secret)).toMatchObject({ status: 403, body: { code } })
})

test('the owner token cannot be revoked from within, and a person cannot hold a key of a wider role', async () => {
  const { ask, owner } = await open()
  const [own] = (await ask('GET', '/api/v1/keys')).body.items
  expect(await ask('DELETE', `/api/v1/keys/${own.id}`)).toMatchObject({
    status: 409,
    body: { code: 'access.owner-token' },
  })
  const ada = (await ask('POST', '/api/v1/actors', { name: 'ada', role: 'approver', example: true })).body
  expect(ada).toMatchObject({ kind: 'person', example: true })
  expect(await ask('POST', '/api/v1/keys', { name: 'k', role: 'builder', actor: ada.id })).toMatchObject({
    status: 400,
    body: { code: 'access.role-too-wide' },
  })
  const made = await ask('POST', '/api/v1/keys', { name: 'k', role: 'approver', actor: ada.id })
  expect((await ask('GET', '/api/v1/me', undefined, made.body.secret)).body.actor).toBe(ada.id)
  const names = (await ask('GET', '/api/v1/actors')).body.items.map(({ name }: { name: string }) => name)
  expect(names).toEqual(['airworthy', owner.name, 'ada'])
})

test('a sign-in link works once within ten minutes and gives a session of twelve hours', async () => {
  const { access, ask, clock, owner } = await open({ sessionTimes: { wholeMs: 12 * HOUR, idleMs: 24 * HOUR } })
  const linkOf = async () => new URL((await ask('POST', '/api/v1/sign-in-links', {})).body.url)
  const tokenOf = (url: URL) => new Secret(url.searchParams.get('token') ?? '')
  const link = await linkOf()
  expect(link.href).toMatch(/^http:\/\/127\.0\.0\.1:4400\/sign-in\?token=awl_/)
  const signedIn = await access.redeem(tokenOf(link))
  if (signedIn.kind !== 'signed-in') throw new Error('refused')
  expect(await access.redeem(tokenOf(link))).toEqual({ kind: 'refused', because: 'used' })
  expect(await access.redeem(new Secret('awl_x'))).toEqual({ kind: 'refused', because: 'unknown' })
  const late = await linkOf()
  clock.advance(10 * MINUTE)
  expect(await access.redeem(tokenOf(late))).toEqual({ kind: 'refused', because: 'expired' })

  const text = textOf(signedIn.cookie)
  const dump = await dumpOf()
  expect(dump).not.toContain(text)
  expect(dump).not.toContain(tokenOf(link).reveal())
  const headers = new Headers({ cookie: `theme=dark; airworthy_session=${text}` })
  expect(await access.callerOf({ headers })).toMatchObject({ actor: owner.id, key: null })
  expect(access.isStillCaller(headers)).toBe(true)
  clock.advance(12 * HOUR - 10 * MINUTE - 1)
  expect(await access.callerOf({ headers })).toBeDefined()
  clock.advance(1)
  expect(await access.callerOf({ headers })).toBeUndefined()
})

test('two browsers with one link: one is signed in', async () => {
  const { access, owner } = await open()
  const { url } = await access.createSignInLink({ actor: owner.id, by: owner.id })
  const token = new Secret(new URL(url.reveal()).searchParams.get('token') ?? '')
  const kinds = (await Promise.all([access.redeem(token), access.redeem(token)])).map(({ kind }) => kind)
  expect(kinds.sort()).toEqual(['refused', 'signed-in'])
})

test('signing out ends the session at once', async () => {
  const { access, owner } = await open()
  const { url } = await access.createSignInLink({ actor: owner.id, by: owner.id })
  const signedIn = await access.redeem(new Secret(new URL(url.reveal()).searchParams.get('token') ?? ''))
  if (signedIn.kind !== 'signed-in') throw new Error('refused')
  const headers = new Headers({ cookie: `airworthy_session=${textOf(signedIn.cookie)}` })
  await access.signOut(headers, owner.id)
  expect(await access.callerOf({ headers })).toBeUndefined()
  await access.reload()
  expect(await access.callerOf({ headers })).toBeUndefined()
})

test('the last use of a key is kept to the second', async () => {
  const { access, newKey, clock } = await open()
  const { id, secret } = await newKey({ name: 'ci', role: 'viewer' })
  clock.advance(SECOND)
  access.identify({ 'x-api-key': secret })
  await access.limits.flush()
  expect(access.listKeys().find((key) => key.id === id)?.lastUsedAt).toBe(clock())
})

test('limits are set by whoever operates, shown with their use, and refused when they are nonsense', async () => {
  const { ask, access } = await open()
  const path = '/api/v1/applications/helper/limits'
  expect((await ask('GET', path)).body).toMatchObject({
    isDefault: true,
    limits: { requestsPerMinute: 6000, costMicroUsdPerMonth: '50000000' },
    cost: { spentMicroUsd: NOTHING, state: 'ok', opensAt: '2026-04-01T00:00:00.000Z' },
  })
  expect((await ask('PUT', path, { costMicroUsdPerMonth: '100.5' })).body).toMatchObject({
    isDefault: false,
    limits: { requestsPerMinute: 6000, costMicroUsdPerMonth: '100.5' },
  })
  for (const body of [{ requestsPerMinute: 0 }, { costMicroUsdPerMonth: '-1' }, { requestPerMinute: 5 }])
    expect((await ask('PUT', path, body)).status).toBe(400)
  await inTransaction(store.db, (tx) =>
    access.record(tx, { actor: access.systemActor, action: 'test.note', subject: 'helper', application: 'helper' }),
  )
  const log = (await ask('GET', '/api/v1/audit?application=helper')).body.items
  expect(log.map(({ action }: { action: string }) => action)).toEqual(['test.note', 'access.set-limits'])
})
