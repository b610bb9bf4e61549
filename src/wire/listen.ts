/** The bridge from `node:http` to a web handler (`Request` to `Response`). It opens no port. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

export type WebHandler = (request: Request) => Response | Promise<Response>
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void

/** Answers a request of `node:http` with a web handler; `request.signal` is aborted when the client hangs up. */
export const nodeListenerOf = (handler: WebHandler): NodeListener =>
  getRequestListener((request) => handler(request), { overrideGlobalObjects: false })
