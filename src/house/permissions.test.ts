/** Every cell of docs/permissions.md, tried over HTTP: six roles at each door of a running server. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Role } from '../../sdk/index.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'

const ROLES: readonly Role[] = ['owner', 'builder', 'approver', 'security', 'auditor', 'viewer']

const airworthy = await testAirworthy()
const { client, url, listener } = airworthy
afterAll(() => airworthy.close())

type Row = { operation: string; method: string; path: string; permission: string; allowed: Record<string, boolean> }

/** The rows of the document, cell by cell. */
const rows: Row[] = readFileSync(join(ROOT, 'docs', 'permissions.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, operation = '', request = '', permission = '', , ...cells] = line.split('|').map((cell) => cell.trim())
    const [method, path] = /^`([A-Z]+) (\S+)`$/.exec(request)?.slice(1) ?? []
    if (method === undefined || path === undefined) return []
    return [
      {
        operation,
        method,
        path,
        permission,
        allowed: Object.fromEntries(ROLES.map((role, column) => [role, cells[column] === 'yes'])),
      },
    ]
  })

const secrets = Object.fromEntries(
  await Promise.all(
    ROLES.map(async (role) => [role, (await client.createKey({ body: { name: `as ${role}`, role } })).secret] as const),
  ),
)

/**
 * Who may is decided before what is asked is looked at, so nonsense is enough to see it. The Idempotency-Key with a
 * space in it is refused after that and before anything is done, so that no write of an allowed role takes place.
 */
async function ask({ operation, method, path }: Row, secret: string | undefined) {
  const response = await fetch(new URL(path.replace(/:\w+|\*/g, 'nonsense'), url), {
    method,
    redirect: 'manual',
    headers: {
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...(method !== 'GET' && { 'idempotency-key': 'not a key' }),
    },
    ...(path.startsWith('/v1/chat') && {
      body: JSON.stringify({
        model: operation.includes('directly') ? 'scripted/echo' : 'nonsense',
        messages: [{ role: 'user', content: 'hello' }],
      }),
    }),
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  const code = /"code":"([a-z.-]+)"/.exec(text)?.[1]
  return { status: response.status, code }
}

test('the document has a row for every route, with the permission that the route declares', () => {
  const said = rows.filter(({ path }) => !path.startsWith('/v1/chat') && path !== '/v1/models')
  expect(
    said.map(({ operation, method, path, permission }) => `${operation} ${method} ${path} ${permission}`).sort(),
  ).toEqual(
    listener.mounted
      .map(({ route: { name, method, path, permission } }) => `${name} ${method} ${path} ${permission}`)
      .sort(),
  )
})

test.for(ROLES)('%s: each door opens or stays shut as the document says', async (role) => {
  const wrong: string[] = []
  for (const row of rows) {
    const { status, code } = await ask(row, secrets[role])
    const isAllowed = status !== 401 && status !== 403
    const isRefused = status === 403 && (code === 'access.forbidden' || code === 'gateway.models-not-allowed')
    if (row.allowed[role] ? !isAllowed : !isRefused)
      wrong.push(`${row.operation}: ${row.allowed[role] ? 'yes' : '-'} is said, ${status} ${code ?? ''} was the answer`)
  }
  expect(wrong).toEqual([])
})

test('nobody comes in where it is not open', async () => {
  const wrong: string[] = []
  for (const row of rows) {
    const { status, code } = await ask(row, undefined)
    if (row.permission === 'open' ? status === 401 && row.operation !== 'signIn' : status !== 401 || !code)
      wrong.push(`${row.operation}: ${status} ${code ?? ''}`)
  }
  expect(wrong).toEqual([])
})

test('what was tried has changed nothing', async () => {
  const { items } = await client.listAudit({ query: { limit: 1000 } })
  const actions = new Set(items.map(({ action }) => action))
  expect([...actions].sort()).toEqual([
    'access.begin',
    'access.create-actor',
    'access.create-key',
    'access.create-sign-in-link',
    'access.export-audit',
  ])
})
