/** A provider that streams at a live pace: a first piece after a while, then so many a second, then the end. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const [, , firstMs = '200', aSecond = '4', pieces = '40'] = process.argv
const TICK_MS = 10
const event = (delta: object, finish: string | null = null) =>
  Buffer.from(
    `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
  )
const OPENING = event({ role: 'assistant', content: '' })
const PIECE = event({ content: ' word' })
const USAGE = { prompt_tokens: 250, completion_tokens: Number(pieces), total_tokens: 250 + Number(pieces) }
const CLOSING = Buffer.concat([
  event({}, 'stop'),
  Buffer.from(`data: ${JSON.stringify({ id: 'chatcmpl-bench', choices: [], usage: USAGE })}\n\ndata: [DONE]\n\n`),
])

/** One timer serves all streams, by when each is due, so that this process costs little itself. */
type Stream = { response: ServerResponse; left: number; dueMs: number }
const streams = new Set<Stream>()
setInterval(() => {
  const now = performance.now()
  for (const stream of streams) {
    if (stream.dueMs > now) continue
    stream.dueMs += 1000 / Number(aSecond)
    if (stream.left-- > 0) stream.response.write(PIECE)
    else {
      streams.delete(stream)
      stream.response.end(CLOSING)
    }
  }
}, TICK_MS)

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(200, ['content-type', 'text/event-stream'])
    response.write(OPENING)
    const stream = { response, left: Number(pieces), dueMs: performance.now() + Number(firstMs) }
    streams.add(stream)
    response.on('close', () => streams.delete(stream))
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', 16_384, () => process.send?.({ port: (server.address() as AddressInfo).port }))
