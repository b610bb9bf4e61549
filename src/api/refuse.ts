/** A refusal on the bare socket level, before any framework has seen the request. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { SECOND } from '../kernel/time.ts'
import { problemOf } from '../wire/problem.ts'

/** How long what the client still sends is thrown away, so that it gets to read the answer. */
const LINGER_MS = 2 * SECOND

export function refuse(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const problem = problemOf(thrown)
  const body = JSON.stringify(problem)
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.write(body)
  // Closing now, while the client sends, would reset the connection and take the answer away from it.
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, LINGER_MS)
  if (request.complete || !hasBody(request)) {
    end()
    return
  }
  request.once('end', end)
  request.once('close', end)
  request.resume()
}

/** Who asks before sending (`Expect`) sends nothing after a refusal. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers.expect === undefined &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)
