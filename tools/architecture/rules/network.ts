/** The network has listed doors: files that call out are under `network`, files that open a port under `listeners`. */
import type { Finding } from '../finding.ts'
import { lists } from '../house.ts'
import type { Import, Mention, Source } from '../source.ts'
import { packageOf, type Survey } from '../survey.ts'

/** Findings of `network`. Tests, and folders of tests, talk to servers of their own and are left alone. */
export function checkNetwork({ house, sources, placeOf }: Survey): Finding[] {
  return sources
    .filter(({ path, isTest }) => /^(src|sdk|web)\//.test(path) && !isTest && !placeOf(path)?.folder.testsOnly)
    .filter(({ path }) => !lists(house.network, path))
    .flatMap((source) => {
      const calls = [...source.imports.flatMap(callsOut), ...source.globals.filter(({ name }) => callers.test(name))]
      const opens = lists(house.listeners, source.path) ? [] : source.imports.flatMap(opensPort)
      return [
        ...calls.map((mention) => find(source, mention, 'network', 'calls out')),
        ...opens.map((mention) => find(source, mention, 'listeners', 'opens a port')),
      ]
    })
}

const callers = /^(?:fetch|new (?:WebSocket|EventSource|XMLHttpRequest)\(.*|navigator\.sendBeacon)$/
const builtins = /^(?:node:)?(https?|http2|net|tls|dns|dns\/promises|dgram)$/
const clients = new Set(['undici', 'ws', 'axios', 'got', 'node-fetch', 'nodemailer'])
const servers = /^(?:createServer|createSecureServer|Server|HttpServer|serve|createAdaptorServer)$/
const harmless =
  /^(?:STATUS_CODES|METHODS|IncomingMessage|ServerResponse|OutgoingMessage|isIP|isIPv4|isIPv6|BlockList|SocketAddress|constants)$/

function callsOut({ line, specifier, typeOnly, values }: Import): Mention[] {
  if (typeOnly) return []
  const named = packageOf(specifier)
  if (named !== undefined) return clients.has(named) ? [{ line, name: named }] : []
  if (!builtins.test(specifier)) return []
  return values
    .filter((name) => !servers.test(name) && !harmless.test(name))
    .map((name) => ({ line, name: name === '*' ? `all of ${specifier}` : `${name} of ${specifier}` }))
}

function opensPort({ line, specifier, typeOnly, values }: Import): Mention[] {
  if (typeOnly || !(builtins.test(specifier) || specifier === '@hono/node-server')) return []
  return values.filter((name) => servers.test(name)).map((name) => ({ line, name: `${name} of ${specifier}` }))
}

const find = ({ path }: Source, { line, name }: Mention, list: 'network' | 'listeners', does: string): Finding => ({
  file: path,
  line,
  rule: 'network',
  found: `Uses ${name}, which ${does}.`,
  remedy: `Take it as a function from a file that architecture.json lists under "${list}"; import by name what calls nobody.`,
})
