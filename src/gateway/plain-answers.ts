/** Answers beside the exchanges: plain JSON, errors before an exchange has begun, bodies that nobody reads. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Failure } from '../kernel/failure.ts'
import type { GatewayDeps } from './deps.ts'
import type { Protocol } from './protocols/protocol.ts'
import { toldOf } from './told.ts'

/** How long what is left of a refused body is read away, so that the client gets to read the answer. */
const DISCARD_MS = 10_000

export function demandMethod({ method }: IncomingMessage, expected: string): void {
  if (method === expected) return
  throw new Failure('invalid', 'gateway.method-not-taken', `Use ${expected} here, not ${method}.`, {
    facts: { status: 405 },
  })
}

/** A client that is still sending would otherwise get a reset instead of the answer. */
export function discard(request: IncomingMessage): void {
  request.resume()
  const timer = setTimeout(() => request.destroy(), DISCARD_MS)
  request.once('close', () => clearTimeout(timer))
}

export function sendError(
  response: ServerResponse,
  thrown: unknown,
  { deps, protocol }: { deps: GatewayDeps; protocol: Protocol },
): void {
  const told = toldOf(thrown, deps.report)
  response.writeHead(told.status, {
    'content-type': 'application/json',
    ...(told.retryAfter !== undefined && { 'retry-after': String(told.retryAfter) }),
  })
  response.end(JSON.stringify(protocol.inbound.writeError(told)))
}

export function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
