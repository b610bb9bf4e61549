import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { createPost } from './post.ts'

const server = createServer((request, response) => {
  if (request.url === '/slow') return
  if (request.url === '/away') {
    response.writeHead(302, { location: '/' }).end()
    return
  }
  response.writeHead(200).end('x'.repeat(100_000))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const port = (server.address() as AddressInfo).port
const base = `http://127.0.0.1:${port}`
const ask = (url: string, post = createPost(), timeoutMs = 5000) => post({ url, headers: {}, body: 'x', timeoutMs })

test('an answer is read to its bound', async () => {
  const { status, body } = await ask(base)
  expect([status, body.byteLength]).toEqual([200, 65_536])
})

test('a redirect is an answer and is not followed', async () => {
  expect((await ask(`${base}/away`)).status).toBe(302)
})

test('an answer that does not come is an error with the time', async () => {
  await expect(ask(`${base}/slow`, createPost(), 20)).rejects.toThrow('did not answer within 20 ms')
})

test('a harmless name that resolves to a refused address is not asked', async () => {
  const post = createPost({
    resolve: (_name, _options, done) => done(null, [{ address: '169.254.169.254', family: 4 }]),
  })
  await expect(ask(`http://harmless.example:${port}`, post)).rejects.toMatchObject({ code: 'kernel.address-refused' })
})
