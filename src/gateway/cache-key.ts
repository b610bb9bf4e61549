/**
 * What makes two requests the same: organisation, who may share, what answers (a route as it stands, or a release), and
 * everything that was asked, in canonical form (RFC 8785), so that the order of fields does not count and no field is left out.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Manifest } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { routesByTask, targetNamesOf } from '../core/routed-models.ts'
import type { Stage } from '../core/stage.ts'
import { toolsOfStep } from '../core/tool.ts'
import type { ModelGuards } from '../guardrails/index.ts'
import { digestOf } from '../kernel/digest.ts'
import type { ModelRoute } from '../models/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { ClientRequest } from './client-request.ts'
import { isRecord } from './protocols/parsed-request.ts'

/** Undefined for what must be asked each time. */
export function cacheKeyOf({
  caller,
  chat,
  route,
  targets,
  guards,
  headers,
}: KeyAsk & {
  route: ModelRoute
  /** What looks at its answer. */
  guards: ModelGuards | undefined
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
    ...(guards && { guards: guards.digest }),
  })
}

/** Of a release that keeps answers. An application that is asked over HTTP or calls tools may do more than answer, and is asked anew. */
export function releaseCacheKeyOf(ask: ReleaseKeyAsk): string | undefined {
  return isKept(ask) ? digestOf(releaseKey(ask, ask.chat.body)) : undefined
}

/** Within which questions are compared by meaning: all that makes the exact key, but for the last words of the user. */
export type MeaningScope = { readonly digest: string; readonly question: string }

/** Longer questions are compared exactly alone: what they are about is no one thing. */
const LONGEST_QUESTION = 2_000

/** Undefined where the last turn is no text of a user. */
export function meaningScopeOf(ask: ReleaseKeyAsk): MeaningScope | undefined {
  const { body } = ask.chat
  const field = body.messages === undefined ? 'input' : 'messages'
  const turns = body[field]
  if (typeof turns === 'string') return scopeOf(ask, turns, { ...body, [field]: null })
  if (!Array.isArray(turns)) return undefined
  const last: unknown = turns.at(-1)
  if (!isRecord(last) || last.role !== 'user') return undefined
  const question = typeof last.content === 'string' ? last.content : onlyText(last.content)
  return scopeOf(ask, question, { ...body, [field]: [...turns.slice(0, -1), { ...last, content: null }] })
}

function scopeOf(
  ask: ReleaseKeyAsk,
  question: string | undefined,
  rest: Readonly<Record<string, unknown>>,
): MeaningScope | undefined {
  if (question === undefined || question.trim() === '' || question.length > LONGEST_QUESTION) return undefined
  return { question, digest: digestOf({ ...releaseKey(ask, rest), stage: ask.stage }) }
}

function onlyText(content: unknown): string | undefined {
  const [part, ...more] = Array.isArray(content) ? (content as unknown[]) : []
  if (more.length > 0 || !isRecord(part)) return undefined
  const isPlain = Object.keys(part).every((name) => name === 'type' || name === 'text')
  return isPlain && typeof part.text === 'string' ? part.text : undefined
}

export type ReleaseKeyAsk = KeyAsk & {
  readonly release: Pick<Release, 'id' | 'application' | 'manifest'>
  /** As the request names it, which may be beside its body. */
  readonly task: string | undefined
  readonly stage: Stage
}

const isKept = ({ chat, headers, release: { manifest } }: ReleaseKeyAsk): boolean =>
  manifest.cache !== undefined && !mayAct(manifest) && !isAskedAnew(chat, headers)

const mayAct = (manifest: Manifest): boolean =>
  manifest.flow.steps.some(
    (step) => step.use === 'call-target' || (step.use === 'generate' && toolsOfStep(manifest, step).length > 0),
  )

function releaseKey(ask: ReleaseKeyAsk, body: Readonly<Record<string, unknown>>) {
  const { caller, chat, headers, task, stage, release } = ask
  const { cache, flow } = release.manifest
  return {
    ...whatIsAsked(ask),
    body,
    key: cache?.sharedBy === 'everybody' ? null : caller.key,
    user: cache?.sharedBy === 'user' ? userOf(chat, headers) : null,
    release: [release.application, release.id],
    bound: caller.application,
    ...(routesByTask(flow) && { task: task ?? null }),
    // In the sandbox also targets answer that nobody has measured.
    ...(targetNamesOf(flow).length > 0 && { stage }),
  }
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
