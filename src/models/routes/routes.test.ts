import { afterAll, expect, test } from 'vitest'
import { givenModels } from '../models.example.ts'

const { openModels, closeModels } = await givenModels()
afterAll(closeModels)

const priority = { strategy: 'priority', targets: [{ model: 'openai/gpt-4o-mini' }, { model: 'local/extractive' }] }

test('a route is kept, listed, found after a start, audited and removed', async () => {
  const { models, call, audit, organisation } = await openModels()
  const { status, body } = await call('PUT', '/api/v1/routes/smart', { ...priority, timeouts: { firstTokenMs: 5000 } })
  expect([status, body]).toMatchObject([
    200,
    { name: 'smart', strategy: 'priority', onDisconnect: 'cancel', timeouts: { firstTokenMs: 5000 } },
  ])
  expect(models.routes.find('smart')?.targets).toEqual([
    { model: 'openai/gpt-4o-mini', weight: 1 },
    { model: 'local/extractive', weight: 1 },
  ])
  const again = await openModels({ organisation })
  expect((await again.call('GET', '/api/v1/routes')).body.items).toMatchObject([{ name: 'smart' }])
  expect((await call('DELETE', '/api/v1/routes/smart')).status).toBe(204)
  expect((await call('GET', '/api/v1/routes/smart')).body.code).toBe('models.route-unknown')
  await again.models.routes.reload()
  expect(again.models.routes.list()).toEqual([])
  expect(audit.map(({ action }) => action)).toEqual(['models.put-route', 'models.delete-route'])
})

test.for([
  ['an application', 'shop', priority, 409, 'models.name-taken'],
  ['a provider', 'openai', priority, 409, 'models.name-taken'],
  ['no target', 'smart', { ...priority, targets: [] }, 400, 'wire.body-invalid'],
  [
    'the same target twice',
    'smart',
    { ...priority, targets: [{ model: 'a/b' }, { model: 'a/b' }] },
    400,
    'wire.body-invalid',
  ],
  ['an unknown model', 'smart', { ...priority, targets: [{ model: 'nobody/m' }] }, 400, 'models.unknown-model'],
  ['a field that is not built', 'smart', { ...priority, semanticCache: {} }, 400, 'wire.body-invalid'],
] as const)('a route with %s is refused', async ([, name, route, status, code]) => {
  const { call, models } = await openModels()
  const answer = await call('PUT', `/api/v1/routes/${name}`, route)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(models.routes.list()).toEqual([])
})

test('a provider may not take the name of a route', async () => {
  const { call } = await openModels()
  await call('PUT', '/api/v1/routes/smart', priority)
  const { status, body } = await call('PUT', '/api/v1/providers/smart', {
    dialect: 'openai',
    baseUrl: 'http://127.0.0.1:9/v1',
  })
  expect([status, body.code]).toEqual([409, 'models.name-taken'])
})
