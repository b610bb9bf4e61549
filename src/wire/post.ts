/**
 * One POST to a place that somebody configured: a collector, a webhook. The guard of `kernel/outward.ts` looks at
 * the address, and again at what its name resolves to when the connection is made, so that a name cannot lead
 * elsewhere later. Redirects are not followed: a redirect is an answer.
 */
import { lookup } from 'node:dns'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { guardedLookup, outwardUrl, type Resolve } from '../kernel/outward.ts'
import type { Reach } from '../kernel/reach.ts'

export type Post = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
  /** From the beginning to the end of the answer. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

export type Posted = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** At most 64 KB; the rest is thrown away. */
  readonly body: Buffer
}

/** Sends it. Throws `kernel.address-refused` for places that are never asked, else what went wrong on the way. */
export type SendPost = (post: Post) => Promise<Posted>

const MOST_ANSWER_BYTES = 64 * 1024

export const createPost =
  ({ resolve = lookup, reach }: { resolve?: Resolve; reach?: Reach } = {}): SendPost =>
  ({ url: text, headers, body, timeoutMs, signal }) =>
    new Promise((done, fail) => {
      const url = outwardUrl(text, reach)
      const timeout = AbortSignal.timeout(timeoutMs)
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          lookup: guardedLookup(resolve, reach),
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        },
        (response) => {
          const chunks: Buffer[] = []
          let size = 0
          response.on('data', (chunk: Buffer) => {
            if (size < MOST_ANSWER_BYTES) chunks.push(chunk.subarray(0, MOST_ANSWER_BYTES - size))
            size += chunk.byteLength
          })
          response.on('error', fail)
          response.on('end', () =>
            done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
          )
        },
      )
      request.on('error', (thrown) =>
        fail(timeout.aborted ? new Error(`${url.host} did not answer within ${timeoutMs} ms`) : thrown),
      )
      request.end(body)
    })
