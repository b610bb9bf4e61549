/** The web build: hashed assets are kept by browsers for ever, everything else is asked for again each time. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Failure } from '../kernel/failure.ts'
import { html, webMissingPage } from './pages.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Vite puts what carries its digest in the name under `assets/`. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/

/** Answers a GET for a path: the file, else for paths of pages `index.html`, so that the pages route themselves. */
export const createStaticFiles =
  (folder: string) =>
  async (request: Request): Promise<Response> => {
    const path = pathOf(request)
    if (path !== '/' && extname(path) !== '') {
      const bytes = await read(folder, path)
      if (bytes) return answer({ request, bytes, path })
      if (!isPage(request, path)) throw new Failure('unknown', 'api.file-unknown', `There is no file ${path}.`)
    }
    const index = await read(folder, '/index.html')
    return index ? answer({ request, bytes: index, path: '/index.html' }) : html(webMissingPage(), 503)
  }

/** The address of a page may end like a file: `/models/acme/reader-1.5`. A browser that opens it asks for HTML. */
const isPage = (request: Request, path: string): boolean =>
  TYPES[extname(path)] === undefined && (request.headers.get('accept') ?? '').includes('text/html')

function pathOf(request: Request): string {
  try {
    return decodeURIComponent(new URL(request.url).pathname)
  } catch {
    throw new Failure('invalid', 'api.path-invalid', 'This path is not written as a URL is.')
  }
}

async function read(folder: string, path: string): Promise<Buffer<ArrayBuffer> | undefined> {
  const root = normalize(`${folder}${sep}`)
  const file = normalize(join(root, path))
  if (!file.startsWith(root) || file.includes('\0')) return undefined
  return readFile(file).catch(() => undefined)
}

function answer({ request, bytes, path }: { request: Request; bytes: Buffer<ArrayBuffer>; path: string }): Response {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'cache-control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
  }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(bytes, { headers })
}
