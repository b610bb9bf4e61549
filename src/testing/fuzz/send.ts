/** Sends one request as it is, over `node:http`, which lets more through than `fetch` does; an answer that does not come is told. */
import { type Agent, request } from 'node:http'
import type { FuzzRequest } from './requests.ts'

export type FuzzAnswer = { readonly status: number; readonly type: string; readonly text: string }

/** Streams of events do not end by themselves: their head is their answer. Rejects when nothing comes in time. */
export const sendRaw = (
  { method, path, headers, body }: FuzzRequest,
  { baseUrl, agent, timeoutMs }: { baseUrl: string; agent: Agent; timeoutMs: number },
): Promise<FuzzAnswer> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(baseUrl)
    const length = body === undefined ? {} : { 'content-length': String(body.byteLength) }
    const sent = request({ hostname, port, method, path, headers: { ...length, ...headers }, agent }, (response) => {
      const { statusCode: status = 0, headers: found } = response
      const type = found['content-type'] ?? ''
      const chunks: Buffer[] = []
      const end = () => {
        clearTimeout(timer)
        done({ status, type, text: Buffer.concat(chunks).toString('utf8') })
      }
      if (type.startsWith('text/event-stream')) {
        response.destroy()
        end()
        return
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', end)
      response.on('error', fail)
    })
    const timer = setTimeout(() => {
      sent.destroy()
      fail(new Error(`no answer within ${timeoutMs} ms`))
    }, timeoutMs)
    sent.on('error', (thrown) => {
      clearTimeout(timer)
      fail(thrown)
    })
    sent.end(body)
  })
