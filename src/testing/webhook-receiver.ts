/** A receiver of webhooks for tests: it keeps what it gets, answers to order, and checks signatures as anybody would. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { path: string; headers: IncomingHttpHeaders; body: string }
type Reply = { status: number; headers?: Record<string, string> }

/** Answers 204 unless `replies` says otherwise, the first one first. */
export async function openReceiver() {
  const received: Received[] = []
  const replies: Reply[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      const { status, headers = {} } = replies.shift() ?? { status: 204 }
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    received,
    replies,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forget(): void {
      received.length = 0
      replies.length = 0
    },
    close: () => server.close(),
  }
}

/** From the raw body and the secret that the receiver was given once. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(signature)
}
