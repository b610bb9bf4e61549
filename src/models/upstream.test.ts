import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import type { Resolve } from '../kernel/outward.ts'
import { createUpstream } from './upstream.ts'

const server = createServer((_, response) => void response.end('hello'))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const names: Record<string, string[]> = {
  'model.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'both.example': ['127.0.0.1', 'fe80::1'],
}
const resolve: Resolve = (name, _, done) =>
  done(
    null,
    (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  )

test.for([
  ['model.example', 'hello'],
  ['metadata.example', 'kernel.address-refused'],
  ['both.example', 'kernel.address-refused'],
] as const)('%s, as it resolves, gives %s', async ([host, expected]) => {
  const upstream = createUpstream({}, { resolve })
  const said = await upstream
    .send({ url: `http://${host}:${port}/`, method: 'GET', headers: {}, signal: new AbortController().signal })
    .then(
      ({ body }) => text(body),
      (thrown) => thrown.code,
    )
  expect(said).toBe(expected)
  await upstream.close()
})
