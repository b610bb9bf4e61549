/** Everything but the gateway as one web handler: routes of all slices, then the pages. */
import type { Access } from '../access/index.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Mounted } from '../wire/handle.ts'
import type { WebHandler } from '../wire/listen.ts'
import { createMcp } from '../wire/mcp.ts'
import { openApiOf } from '../wire/openapi.ts'
import { createServer, problemResponse } from '../wire/server.ts'
import { demandOwnPage, SECURITY_HEADERS } from './doors.ts'
import { FIELDS } from './fields.ts'
import { type ApiHttpDeps, apiHttp } from './http.ts'
import { createIdempotency } from './idempotency.ts'
import { createStaticFiles } from './static-files.ts'
import { TAGS } from './tags.ts'

export type SiteDeps = Omit<ApiHttpDeps, 'access' | 'openApi' | 'mcp'> & {
  /** The routes of all slices. */
  mounted: readonly Mounted[]
  access: Pick<Access, 'redeem' | 'callerOf' | 'isStillCaller'>
  /** Folder of the web build; a page says how to build it while it is missing. */
  staticFolder: string
  db: Database
  clock: Clock
  random: RandomBytes
  masterKey: Secret
  organisation: string
  /** Told of what broke, for the log; `where` is method and path. */
  report: (thrown: unknown, where: string) => void
}

export function createSite(deps: SiteDeps): { handler: WebHandler; mounted: readonly Mounted[] } {
  const { access, publicUrl, version, report } = deps
  let description: ReturnType<typeof openApiOf> | undefined
  // Made when somebody first asks: it takes 100 ms, which a start would wait for.
  const openApi = () => {
    description ??= openApiOf(
      mounted.map(({ route }) => route),
      { version, tags: TAGS, fields: FIELDS },
    )
    return description
  }
  const own = apiHttp({ ...deps, openApi, mcp: (request, caller) => mcp(request, caller) })
  const mounted = [...own, ...deps.mounted]
  refuseTwins(mounted)
  const mcp = createMcp({
    routes: mounted.map(({ route }) => route),
    version,
    dispatch: async (request) => app.fetch(request),
  })
  const app = createServer(mounted, {
    async callerOf(request) {
      const caller = await access.callerOf(request)
      if (caller?.key == null) demandOwnPage(request, { isSession: caller !== undefined, publicUrl })
      return caller
    },
    once: createIdempotency(deps),
    report: (thrown, request) => report(thrown, `${request.method} ${new URL(request.url).pathname}`),
  })
  const files = createStaticFiles(deps.staticFolder)
  app.notFound(async ({ req: { raw: request } }) => {
    const { pathname } = new URL(request.url)
    if ((request.method === 'GET' || request.method === 'HEAD') && !isProgramPath(pathname)) return files(request)
    throw new Failure(
      'unknown',
      'api.route-unknown',
      `There is no ${request.method} ${pathname}. All routes are listed at /api/openapi.json.`,
    )
  })
  app.onError((thrown, { req: { raw: request } }) => {
    if (!(thrown instanceof Failure)) report(thrown, `${request.method} ${messageOf(thrown)}`)
    return problemResponse(thrown)
  })
  const handler: WebHandler = async (request) => {
    const response = await app.fetch(request)
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
    return response
  }
  return { handler, mounted }
}

/** Paths where a program expects JSON, never a page. */
const isProgramPath = (path: string): boolean => /^\/(api|v1|mcp|metrics|healthz|readyz)(\/|$)/.test(path)

/** Two routes under one name or at one place would hide each other. */
function refuseTwins(mounted: readonly Mounted[]): void {
  const seen = new Set<string>()
  for (const { route } of mounted)
    for (const name of [route.name, `${route.method} ${route.path.replace(/:\w+/g, ':')}`]) {
      if (seen.has(name)) throw new Error(`Two routes are called ${name}.`)
      seen.add(name)
    }
}
