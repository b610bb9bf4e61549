import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import type { Resolve } from '../kernel/outward.ts'
import { createOutwardFetch } from './outward-fetch.ts'

const server = createServer(async (request, response) => {
  if (request.url === '/away') return void response.writeHead(302, { location: '/' }).end()
  if (request.url === '/huge') return void response.end(Buffer.alloc(2 * 1024 * 1024))
  if (request.url === '/none') return void response.writeHead(204).end()
  const said = await text(request)
  response.writeHead(200, { 'content-type': 'application/json', 'x-two': ['a', 'b'] })
  response.end(JSON.stringify({ method: request.method, type: request.headers['content-type'], said }))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const ask = createOutwardFetch()

test('a form is posted and its answer read, headers and all', async () => {
  const answer = await ask(`${base}/`, { method: 'POST', body: new URLSearchParams({ code: 'a b' }) })
  expect([answer.status, answer.headers.get('x-two')]).toEqual([200, 'a, b'])
  expect(await answer.json()).toEqual({
    method: 'POST',
    type: 'application/x-www-form-urlencoded;charset=UTF-8',
    said: 'code=a+b',
  })
})

test('a redirect is an answer and is not followed; an answer without a body has none', async () => {
  expect((await ask(`${base}/away`)).status).toBe(302)
  expect((await ask(`${base}/none`)).body).toBeNull()
})

test('an answer beyond a megabyte is refused', async () => {
  await expect(ask(`${base}/huge`)).rejects.toMatchObject({ code: 'wire.answer-too-large' })
})

test('an abort ends it', async () => {
  await expect(ask(`${base}/`, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

test.for([
  ['http://169.254.169.254/', undefined],
  ['http://harmless.example/', [{ address: '169.254.169.254', family: 4 }]],
  ['http://[::ffff:169.254.169.254]/', undefined],
] as const)('%s is not asked', async ([url, addresses]) => {
  const resolve: Resolve = (_name, _options, done) => done(null, [...(addresses ?? [])])
  await expect(createOutwardFetch(resolve)(url)).rejects.toMatchObject({ code: 'kernel.address-refused' })
})
