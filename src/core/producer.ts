/**
 * A producer measures what checks ask for and gives drafts of evidence. `delivery` runs the producers of the findings
 * that are not open; who measures knows nothing of gates, and both know this shape.
 */
import { type MicroUsd, NOTHING } from '../kernel/money.ts'
import type { ActorId } from './actor.ts'
import type { Application } from './application.ts'
import type { EvidenceDraft } from './evidence.ts'
import type { Release } from './release.ts'

export type ProducerContext = {
  readonly release: Release
  readonly application: Application
  readonly by: ActorId
  readonly signal: AbortSignal
  /** The checks that are asked for, a part of the producer's. */
  readonly checks: readonly string[]
}

/** What a run takes: calls of models, money (null when a price is not known), and minutes of waiting. */
export type ProducerQuote = {
  readonly calls: number
  readonly costMicroUsd: MicroUsd | null
  readonly minutes: number
}

export type Producer = {
  readonly name: string
  /** The checks that it answers. */
  readonly checks: readonly string[]
  quote(context: ProducerContext): Promise<ProducerQuote>
  /** Drafts of evidence; none when it records its evidence itself or there is nothing to measure. */
  run(context: ProducerContext): Promise<EvidenceDraft[]>
}

/** Reading what is there already costs nothing. */
export const FREE: ProducerQuote = { calls: 0, costMicroUsd: NOTHING, minutes: 0 }
