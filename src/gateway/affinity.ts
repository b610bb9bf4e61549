/**
 * Where the beginning of a prompt was read last: providers keep what they have read for some minutes and charge less
 * for reading it again, so a conversation goes on at the target that knows it, unless that one rests or has more to do
 * than its share (consistent hashing with bounded loads, Mirrokni 2016). Kept in memory, for one process.
 */
import { hash } from 'node:crypto'
import type { RouteStrategy } from '../core/target-condition.ts'
import type { Prompt } from '../flows/index.ts'
import type { ClientRequest } from './client-request.ts'
import { isRecord } from './protocols/parsed-request.ts'
import type { Standing } from './route-order.ts'

/** As long as providers keep what they have read, at the least. */
const KEPT_MS = 5 * 60_000
const MOST_KEPT = 20_000
/** Providers keep nothing below some thousand tokens. */
const LEAST_BYTES = 4096
/** The beginning that says which conversation it is. */
const PREFIX_CHARACTERS = 8192
const LOAD_BOUND = 1.25

/** Strategies that leave a choice; with the others the order is what whoever made the route wants. */
const CHOOSES: ReadonlySet<RouteStrategy> = new Set(['weighted', 'least-load', 'latency'])

/** Whether conversations stay at a target of this route. */
export const keepsConversations = (route: {
  readonly strategy: RouteStrategy
  readonly affinity?: 'prompt' | 'none' | undefined
}): boolean => route.affinity !== 'none' && CHOOSES.has(route.strategy)

/** What requests with the same beginning share; undefined for those that no provider would keep. */
export function nearOf(chat: ClientRequest, bytes: number, organisation: string): string | undefined {
  if (bytes < LEAST_BYTES || chat.protocol.onlyPasses) return undefined
  const { system, instructions, tools } = chat.body
  const messages = chat.protocol.messages(chat.body)
  const firstUser = messages.findIndex((message) => isRecord(message) && message.role === 'user')
  return nearOfParts([system, instructions, tools, messages.slice(0, firstUser + 1)], organisation)
}

/** The same for what a step of a release asks, as the model is given it. */
export function nearOfPrompt({ messages, tools }: Prompt, organisation: string): string | undefined {
  if (messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0) < LEAST_BYTES) return undefined
  const firstUser = messages.findIndex(({ role }) => role === 'user')
  return nearOfParts([tools, messages.slice(0, firstUser + 1)], organisation)
}

const nearOfParts = (parts: readonly unknown[], organisation: string): string =>
  hash('sha256', `${organisation}\n${JSON.stringify(parts).slice(0, PREFIX_CHARACTERS)}`)

export function createAffinity({ nowMs }: { nowMs: () => number }) {
  /** In the order in which they were used. */
  const kept = new Map<string, { model: string; untilMs: number }>()
  return {
    /** The target that knows the beginning, if it stands well enough. */
    find(near: string, { models, standingOf }: { models: readonly string[]; standingOf: (model: string) => Standing }) {
      const there = kept.get(near)
      if (!there || there.untilMs < nowMs() || !models.includes(there.model)) return undefined
      const { isResting, underWay } = standingOf(there.model)
      const all = models.reduce((sum, model) => sum + standingOf(model).underWay, 0)
      const bound = Math.max(1, Math.ceil((LOAD_BOUND * (all + 1)) / models.length))
      return isResting || underWay >= bound ? undefined : there.model
    },
    keep(near: string, model: string): void {
      kept.delete(near)
      kept.set(near, { model, untilMs: nowMs() + KEPT_MS })
      if (kept.size <= MOST_KEPT) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
  }
}

export type Affinity = ReturnType<typeof createAffinity>
