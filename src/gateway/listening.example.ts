/** A gateway that listens, for tests: the official client over its address, and plain requests that can hang up. */
import type * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { given } from './gateway.example.ts'
import { createGateway, type GatewayDeps } from './index.ts'

export type Answered = {
  text: string
  status: number
  headers: http.IncomingHttpHeaders
  trailers: NodeJS.Dict<string>
}

/** What touches the network is handed in by the test. */
export function listening<Client>({
  http: { createServer, request: startRequest },
  afterEach,
  connect,
}: {
  http: Pick<typeof http, 'createServer' | 'request'>
  afterEach: (cleanUp: () => void) => void
  connect: (apiKey: string, baseURL: string) => Client
}) {
  const servers: http.Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections()
  })

  /** The address of a server that answers with this, until the test ends. */
  async function listen(handle: http.RequestListener): Promise<string> {
    const server = createServer(handle)
    servers.push(server)
    await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** A gateway over the fakes, with what the test changes. */
  async function open(change: Partial<GatewayDeps> = {}) {
    const deps = given(change)
    const gateway = createGateway(deps)
    const url = await listen(gateway.handle)
    return { ...deps, gateway, url, client: (apiKey = 'builder') => connect(apiKey, `${url}/v1`) }
  }

  /** One request by `node:http`, to see bytes and trailers, and to hang up. */
  function send(url: string, body: unknown): Promise<Answered> & { abandon(): void } {
    const request = startRequest(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer builder', 'content-type': 'application/json' },
    })
    const answered = new Promise<Answered>((resolve) => {
      request.on('error', () => {})
      request.on('response', (response) => {
        let text = ''
        response.on('error', () => {})
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece
        })
        response.on('end', () => {
          const { statusCode: status = 0, headers, trailers } = response
          resolve({ text, status, headers, trailers })
        })
      })
    })
    request.end(typeof body === 'string' ? body : JSON.stringify(body))
    return Object.assign(answered, { abandon: () => void request.destroy() })
  }

  return { open, send, listen }
}
