/** A provider that answers at once with one kilobyte. Sends its port to the parent. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_772_359_200,
    model: 'bench',
    choices: [
      { index: 0, message: { role: 'assistant', content: 'x'.repeat(780) }, logprobs: null, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: 250, completion_tokens: 195, total_tokens: 445 },
  }),
)

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(200, ['content-type', 'application/json', 'content-length', String(answer.length)])
    response.end(answer)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
