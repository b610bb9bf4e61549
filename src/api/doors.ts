/**
 * What stands between a browser and this server: names it may be reached by (against DNS rebinding), writes
 * with a cookie from its own pages only (against forged requests), and headers that forbid strange content.
 */
import { Failure } from '../kernel/failure.ts'

/** Throws unless `host` is a loopback name or that of the public URL; the port does not matter. */
export function demandHost(host: string | undefined, publicUrl: string): void {
  const name = hostnameOf(host)
  if (name !== undefined && (isLoopback(name) || name === new URL(publicUrl).hostname)) return
  throw new Failure(
    'forbidden',
    'api.host-refused',
    'This server does not answer to this host name. Use http://127.0.0.1 or http://localhost with its port, or set AIRWORTHY_PUBLIC_URL to the address that you use.',
  )
}

/**
 * Throws for a write without a key that does not come from our own pages. A cookie is sent by pages on other ports of
 * the same machine too, so `SameSite` alone does not do; and a strange page could sign a browser in as somebody else,
 * so the same holds before there is a session. Programs without a session say nothing of where they come from.
 */
export function demandOwnPage(
  request: Request,
  { isSession, publicUrl }: { isSession: boolean; publicUrl: string },
): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  if (!isSession && origin === null && site === null) return
  const own = [new URL(publicUrl).origin, new URL(request.url).origin]
  if ((site === null || site === 'same-origin') && (origin === null ? site !== null : own.includes(origin))) return
  throw new Failure(
    'forbidden',
    'api.origin-refused',
    'Without a key only the pages of this server may change something. Use a key from elsewhere.',
  )
}

/** Throws when a page of another origin asks, whatever key it has; programs send no origin (against DNS rebinding). */
export function demandOrigin(request: Request, publicUrl: string): void {
  const origin = request.headers.get('origin')
  if (origin === null || [new URL(publicUrl).origin, new URL(request.url).origin].includes(origin)) return
  throw new Failure(
    'forbidden',
    'api.origin-refused',
    `Pages of ${origin} may not ask here. Use a program, or a page of this server.`,
  )
}

/** Everything from this server alone, nothing inline, no frames; data: only for small pictures and fonts of the build. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

function hostnameOf(host: string | undefined): string | undefined {
  if (!host || /[/?#@\\]/.test(host)) return undefined
  return URL.parse(`http://${host}`)?.hostname
}

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)
