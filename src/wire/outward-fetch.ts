/**
 * `fetch` for libraries that bring their own requests, behind the guard of `kernel/outward.ts`: the address is looked
 * at, and again at what its name resolves to when the connection is made. Redirects are answers and are not followed.
 */
import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Failure } from '../kernel/failure.ts'
import { guardedLookup, outwardUrl, type Resolve } from '../kernel/outward.ts'

/** As much of `RequestInit` as is asked for. */
export type OutwardInit = {
  readonly method?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | URLSearchParams | Uint8Array | ArrayBuffer | ReadableStream | null | undefined
  readonly signal?: AbortSignal | undefined
}
export type OutwardFetch = (url: string, init?: OutwardInit) => Promise<Response>

const MOST_ANSWER_BYTES = 1024 * 1024
/** Statuses whose `Response` may have no body. */
const BODILESS: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/** Rejects with `kernel.address-refused` for places that are never asked, else with what went wrong on the way. */
export const createOutwardFetch =
  (resolve: Resolve = lookup): OutwardFetch =>
  (text, { method = 'GET', headers = {}, body, signal } = {}) =>
    new Promise((done, fail) => {
      const url = outwardUrl(text)
      const sent = body === null || body === undefined ? undefined : bytesOf(body)
      const type = body instanceof URLSearchParams ? FORM : {}
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
        url,
        {
          method,
          headers: { ...type, ...headers, ...(sent && { 'content-length': String(sent.byteLength) }) },
          lookup: guardedLookup(resolve),
          ...(signal && { signal }),
        },
        (response) => {
          const chunks: Buffer[] = []
          let size = 0
          response.on('data', (chunk: Buffer) => {
            size += chunk.byteLength
            if (size > MOST_ANSWER_BYTES)
              request.destroy(
                new Failure(
                  'unavailable',
                  'wire.answer-too-large',
                  `${url.host} answered more than ${MOST_ANSWER_BYTES} bytes.`,
                ),
              )
            else chunks.push(chunk)
          })
          response.on('error', fail)
          response.on('end', () => {
            const status = response.statusCode ?? 0
            const found = new Headers()
            for (const [name, values] of Object.entries(response.headersDistinct))
              for (const value of values ?? []) found.append(name, value)
            done(new Response(BODILESS.has(status) ? null : Buffer.concat(chunks), { status, headers: found }))
          })
        },
      )
      request.on('error', fail)
      request.end(sent)
    })

const FORM = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }

function bytesOf(body: NonNullable<OutwardInit['body']>): Buffer {
  if (body instanceof ReadableStream) throw new TypeError('A stream is not sent; give its bytes.')
  if (body instanceof ArrayBuffer) return Buffer.from(body)
  return typeof body === 'string' || body instanceof URLSearchParams ? Buffer.from(String(body)) : Buffer.from(body)
}
