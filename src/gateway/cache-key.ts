/**
 * What makes two requests the same: organisation, who may share, what answers (a route as it stands, or a release), and
 * everything that was asked, in canonical form (RFC 8785), so that the order of fields does not count and no field is left out.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Release } from '../core/release.ts'
import { routesByTask } from '../core/routed-models.ts'
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
}: KeyAsk & {
  route: ModelRoute
  /** Those that may answer it, which may hang on more than its body. */
  targets: ModelRoute['targets']
}): string | undefined {
  const { cache } = route
  if (!cache || isAskedAnew(chat, headers)) return undefined
  return digestOf({
    ...whatIsAsked({ caller, chat, headers }),
    key: cache.sharedBy === 'organisation' ? null : caller.key,
    user: userOf(chat, headers),
    route: [route.name, route.updatedAt, targets.map(({ model }) => model)],
  })
}

/** Of a release that keeps answers. An application that is asked over HTTP may do more than answer, and is asked anew. */
export function releaseCacheKeyOf({
  caller,
  chat,
  release: { id, application, manifest },
  headers,
  task,
}: KeyAsk & {
  release: Pick<Release, 'id' | 'application' | 'manifest'>
  /** As the request names it, which may be beside its body. */
  task: string | undefined
}): string | undefined {
  const { cache, flow } = manifest
  const mayAct = flow.steps.some(({ use }) => use === 'call-target')
  if (!cache || mayAct || isAskedAnew(chat, headers)) return undefined
  return digestOf({
    ...whatIsAsked({ caller, chat, headers }),
    key: cache.sharedBy === 'everybody' ? null : caller.key,
    user: cache.sharedBy === 'user' ? userOf(chat, headers) : null,
    release: [application, id],
    bound: caller.application,
    ...(routesByTask(flow) && { task: task ?? null }),
  })
}

type KeyAsk = { readonly caller: Caller; readonly chat: ClientRequest; readonly headers: IncomingHttpHeaders }

const isAskedAnew = (chat: ClientRequest, headers: IncomingHttpHeaders): boolean =>
  /\bno-(?:store|cache)\b/i.test(String(headers['cache-control'] ?? '')) || hasEffects(chat)

const userOf = (chat: ClientRequest, headers: IncomingHttpHeaders) =>
  chat.safetyIdentifier ?? chat.user ?? headers['airworthy-subject'] ?? null

const whatIsAsked = ({ caller, chat, headers }: KeyAsk) => ({
  organisation: caller.organisation,
  call: chat.protocol.call,
  dialect: [headers['anthropic-beta'] ?? null, headers['anthropic-version'] ?? null, headers['openai-beta'] ?? null],
  body: chat.body,
})

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
