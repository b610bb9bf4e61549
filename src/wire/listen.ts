/** The bridge from `node:http` to a web handler (`Request` to `Response`). It opens no port. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

export type WebHandler = (request: Request) => Response | Promise<Response>
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void

const peers = new WeakMap<Request, string>()

/** The address of who asked, from another process of this installation; heard on a socket in the file system alone. */
export const PEER_HEADER = 'airworthy-peer'

/** Answers a request of `node:http` with a web handler; `request.signal` is aborted when the client hangs up. */
export const nodeListenerOf = (handler: WebHandler): NodeListener =>
  getRequestListener(
    (request, { incoming }) => {
      const { remoteAddress } = incoming.socket
      const peer = remoteAddress ?? incoming.headers[PEER_HEADER]
      if (typeof peer === 'string') peers.set(request, peer)
      return handler(request)
    },
    { overrideGlobalObjects: false },
  )

/** The address of who opened the connection, which may be a proxy; undefined for a request that came through no port. */
export const peerOf = (request: Request): string | undefined => peers.get(request)
