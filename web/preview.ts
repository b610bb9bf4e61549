/** Serves the built pages with made-up answers, under the policy of the real server: `node web/preview.ts [port]`. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { answerOf } from './fixtures.ts'

const DIST = join(import.meta.dirname, 'dist')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const port = Number(process.argv[2] ?? 4499)

createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
  response.setHeader('content-security-policy', "default-src 'self'; style-src 'self'; img-src 'self' data:")
  if (url.pathname === '/api/v1/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': hello\n\n')
    return
  }
  if (url.pathname.startsWith('/api/')) {
    const body = request.headers.cookie?.includes('signed-out=1') ? undefined : answerOf(request.method ?? 'GET', url)
    const status = request.headers.cookie?.includes('signed-out=1') ? 401 : body === undefined ? 404 : 200
    response.writeHead(status, { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' })
    response.end(
      JSON.stringify(
        body ?? { code: 'preview.unknown', detail: `There is no made-up answer for ${url.pathname}.`, status },
      ),
    )
    return
  }
  const file = join(DIST, url.pathname)
  const found = existsSync(file) && extname(file) ? file : join(DIST, 'index.html')
  response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' })
  response.end(readFileSync(found))
}).listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`))
