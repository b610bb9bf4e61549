/** The bare limit: `node:http` in front, undici behind, and nothing in between. */
import { Agent } from 'undici'
import { serve } from './measured.ts'

const origin = process.argv[2] ?? ''
const agent = new Agent({ connections: 16_384, pipelining: 1, keepAliveTimeout: 60_000 })

serve((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', async () => {
    const answer = await agent.request({
      origin,
      path: request.url ?? '/',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.concat(chunks),
    })
    const { 'content-type': type, 'content-length': length } = answer.headers
    response.writeHead(answer.statusCode, [
      'content-type',
      String(type),
      ...(length === undefined ? [] : ['content-length', String(length)]),
    ])
    answer.body.pipe(response)
  })
})
