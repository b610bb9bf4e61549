/**
 * The port. Requests of the gateway go to it as bytes, past every framework; everything else goes to the site.
 *
 * Invariant: whatever the request, the host name was checked first, and no body is taken into memory
 * before its length was found acceptable.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import { Failure } from '../kernel/failure.ts'
import { SECOND } from '../kernel/time.ts'
import type { Mounted } from '../wire/handle.ts'
import { type NodeListener, nodeListenerOf } from '../wire/listen.ts'
import { demandHost } from './doors.ts'
import { watchProcess } from './process-metrics.ts'
import { refuse } from './refuse.ts'
import { watchSilent } from './silent-connections.ts'
import { createSite, type SiteDeps } from './site.ts'
import { createTlsServer, type TlsFiles } from './tls.ts'

export type ApiListenerDeps = Omit<SiteDeps, 'closing' | 'processMetrics'> & {
  /** Answers the model routes, and says which paths those are; must not throw. */
  gateway: { readonly handle: NodeListener; answers(path: string): boolean }
  /** What this process answers: the control API with its pages, the model routes. All when it is not said. */
  doors?: { readonly api: boolean; readonly gateway: boolean }
  /** Where the port speaks TLS itself. */
  tls?: TlsFiles | undefined
  /** Answers everything else, where another process does that. */
  elsewhere?: NodeListener | undefined
}

export type ApiListener = {
  readonly server: Server | TlsServer
  /** All routes that it answers, its own included. */
  readonly mounted: readonly Mounted[]
  /**
   * Opens the port; `port` 0 takes a free one. Throws `api.port-in-use` when it is taken.
   * @param isShared whether other processes of a cluster have the same port
   */
  listen(where: { host: string; port: number; isShared?: boolean }): Promise<{ port: number; url: string }>
  /** Opens a socket in the file system, for processes of this installation. */
  listenAt(path: string): Promise<void>
  /**
   * Takes no new requests, ends event streams and connections on which nothing was asked, waits for the rest, and cuts off
   * what takes longer than `graceMs`.
   */
  close(options?: { graceMs?: number }): Promise<void>
}

/** Probes come with the address of a container as host, and learn nothing. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz'])
/** Every process answers these, whatever its roles. */
const EVERYWHERE: ReadonlySet<string> = new Set([...PROBES, '/metrics'])
const KEEP_ALIVE_MS = 30 * SECOND
/** A long answer of a model ends within this time, and most that stop a process wait half a minute. */
const GRACE_MS = 20 * SECOND
const IDLE_SWEEP_MS = 50
const USUAL_BODY_BYTES = 4 * 1024 * 1024

export function createApiListener(deps: ApiListenerDeps): ApiListener {
  const { doors = { api: true, gateway: true } } = deps
  const closing = new AbortController()
  const watched = watchProcess(deps)
  const site = createSite({ ...deps, closing: closing.signal, processMetrics: watched.read })
  const toSite = nodeListenerOf(site.handler)
  const mostBodyBytes = Math.max(USUAL_BODY_BYTES, ...site.mounted.map(({ route }) => route.maxBodyBytes ?? 0))

  function answer(request: IncomingMessage, response: ServerResponse): void {
    // A client that hangs up ends its own request and nothing else.
    request.on('error', () => {})
    response.on('error', () => {})
    const path = pathOf(request)
    try {
      if (!PROBES.has(path)) demandHost(request.headers.host, deps.publicUrl)
      const isGateways = deps.gateway.answers(path)
      if (!deps.elsewhere) demandDoor(path, doors, isGateways)
      if (isGateways) deps.gateway.handle(request, response)
      else if (deps.elsewhere) deps.elsewhere(request, response)
      else {
        demandLength(request, mostBodyBytes)
        toSite(request, response)
      }
    } catch (thrown) {
      if (!(thrown instanceof Failure)) deps.report(thrown, `${request.method} ${path}`)
      refuse(request, response, thrown)
    }
  }

  const { tls, report } = deps
  const server = tls
    ? createTlsServer(tls, { keepAliveTimeout: KEEP_ALIVE_MS, answer, report })
    : createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answer)
  const silent = watchSilent(server)
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // Who asks before sending is told before sending.
    if (deps.gateway.answers(pathOf(request)) || lengthOf(request) <= mostBodyBytes) response.writeContinue()
    answer(request, response)
  })
  // An expectation that nobody knows is left unread, else Node answers it without a word.
  server.on('checkExpectation', answer)

  return {
    server,
    mounted: site.mounted,
    listenAt: (path) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen({ path, exclusive: true }, resolve)
      }),
    listen: ({ host, port, isShared = false }) =>
      new Promise((resolve, reject) => {
        const onError = (thrown: NodeJS.ErrnoException) => reject(listenFailure(thrown, host, port))
        server.once('error', onError)
        server.listen({ host, port, exclusive: !isShared }, () => {
          server.off('error', onError)
          server.on('error', (thrown) => deps.report(thrown, 'listener'))
          const address = server.address()
          const taken = typeof address === 'object' && address ? address.port : port
          resolve({
            port: taken,
            url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}`,
          })
        })
      }),
    async close({ graceMs = GRACE_MS } = {}) {
      closing.abort()
      watched.stop()
      if (!server.listening) return
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const idle = setInterval(() => {
        server.closeIdleConnections()
        silent.end()
      }, IDLE_SWEEP_MS)
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearInterval(idle)
      clearTimeout(timer)
    },
  }
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/'

function demandDoor(
  path: string,
  doors: { readonly api: boolean; readonly gateway: boolean },
  isGateways: boolean,
): void {
  const needed = isGateways ? 'gateway' : 'api'
  if (doors[needed] || EVERYWHERE.has(path)) return
  throw new Failure(
    'unknown',
    'api.other-role',
    `This process does not answer ${path}. Ask one that has the role ${needed} in AIRWORTHY_ROLES.`,
  )
}

const lengthOf = (request: IncomingMessage): number => Number(request.headers['content-length'] ?? 0)

function demandLength(request: IncomingMessage, most: number): void {
  const length = lengthOf(request)
  if (length <= most) return
  throw new Failure(
    'too-large',
    'api.body-too-large',
    `The body has ${length} bytes and no route takes more than ${most}. Send less, or upload file by file.`,
  )
}

function listenFailure(thrown: NodeJS.ErrnoException, host: string, port: number): Error {
  const refusal = (code: string, message: string) => new Failure('conflict', code, message, { cause: thrown })
  if (thrown.code === 'EADDRINUSE')
    return refusal(
      'api.port-in-use',
      `Port ${port} on ${host} is used by another program. Stop it, or choose another port with AIRWORTHY_PORT.`,
    )
  if (thrown.code === 'EACCES')
    return refusal(
      'api.port-not-allowed',
      `Port ${port} may not be opened by this user. Choose a port from 1024 with AIRWORTHY_PORT.`,
    )
  if (thrown.code === 'EADDRNOTAVAIL' || thrown.code === 'ENOTFOUND')
    return refusal(
      'api.host-not-here',
      `This machine has no address ${host}. Choose one with AIRWORTHY_HOST; 127.0.0.1 always works.`,
    )
  return thrown
}
