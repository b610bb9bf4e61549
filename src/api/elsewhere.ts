/**
 * Hands a request on to the process that answers it, over a socket that only processes of this installation reach.
 * Bytes pass as they come, both ways; who asked is told in a header that no client can set.
 */
import { Agent, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { Failure } from '../kernel/failure.ts'
import { type NodeListener, PEER_HEADER } from '../wire/listen.ts'
import { refuse } from './refuse.ts'

/** @param socketPath where the other process listens */
export function answeredAt(socketPath: string): NodeListener {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  return (request, response) => {
    const { method, url, headers, socket } = request
    const passed = ask({
      socketPath,
      agent,
      method,
      path: url,
      headers: { ...headers, [PEER_HEADER]: socket.remoteAddress ?? '' },
      setDefaultHeaders: false,
    })
    passed.on('response', (answer) => answerWith(answer, response))
    passed.on('error', (cause) => {
      if (response.headersSent) response.destroy()
      else refuse(request, response, away(cause))
    })
    response.on('close', () => {
      if (!response.writableFinished) passed.destroy()
    })
    request.pipe(passed)
  }
}

function answerWith(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
  // Events reach a page when they happen.
  response.flushHeaders()
  answer.on('error', () => response.destroy())
  answer.pipe(response)
}

const away = (cause: Error): Failure =>
  new Failure('unavailable', 'api.process-away', 'The process that answers this is not there. Try again in a moment.', {
    cause,
  })
