/**
 * What makes two requests the same: organisation, key or whole organisation, user, route as it stands, and everything
 * that was asked, in canonical form (RFC 8785), so that the order of fields does not count and no field is left out.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { digestOf } from '../kernel/digest.ts'
import type { ModelRoute } from '../models/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { ClientRequest } from './client-request.ts'

/** Undefined for what must be asked each time. */
export function cacheKeyOf({
  caller,
  chat,
  route,
  targets,
  headers,
}: {
  caller: Caller
  chat: ClientRequest
  route: ModelRoute
  /** Those that may answer it, which may hang on more than its body. */
  targets: ModelRoute['targets']
  headers: IncomingHttpHeaders
}): string | undefined {
  const { cache } = route
  if (!cache || /\bno-(?:store|cache)\b/i.test(String(headers['cache-control'] ?? '')) || hasEffects(chat))
    return undefined
  return digestOf({
    organisation: caller.organisation,
    key: cache.sharedBy === 'organisation' ? null : caller.key,
    application: null,
    release: null,
    user: chat.safetyIdentifier ?? chat.user ?? headers['airworthy-subject'] ?? null,
    route: [route.name, route.updatedAt, targets.map(({ model }) => model)],
    call: chat.protocol.call,
    dialect: [headers['anthropic-beta'] ?? null, headers['anthropic-version'] ?? null, headers['openai-beta'] ?? null],
    body: chat.body,
  })
}

/** It changes something at the provider, builds on what is kept there, or lets the provider run tools of its own. */
function hasEffects({ body, protocol }: ClientRequest): boolean {
  const { tools, store, previous_response_id: previous, conversation, background, mcp_servers: servers } = body
  const own = (Array.isArray(tools) ? tools : []).some(
    (tool: { type?: unknown } | null) => tool?.type !== undefined && tool.type !== 'function' && tool.type !== 'custom',
  )
  return (
    own ||
    store === true ||
    (protocol.call === 'responses' && store !== false) ||
    [previous, conversation, background, servers].some(Boolean)
  )
}
