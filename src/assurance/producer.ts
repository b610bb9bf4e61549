/**
 * A producer measures what checks ask for. `delivery` runs the producers of the findings that are not
 * open; it declares this same shape, because it may not know who measures.
 */
import type { ActorId } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import type { MicroUsd } from '../kernel/money.ts'

export type ProducerContext = {
  readonly release: Release
  readonly application: Application
  readonly by: ActorId
  readonly signal: AbortSignal
}

/** What a run takes: calls of models, money, and minutes of waiting. */
export type Quote = { readonly calls: number; readonly costMicroUsd: MicroUsd; readonly minutes: number }

export type Producer = {
  readonly name: string
  /** The checks that it answers. */
  readonly checks: readonly string[]
  quote(context: ProducerContext): Promise<Quote>
  /** Drafts of evidence; none where there is nothing to measure. */
  run(context: ProducerContext): Promise<EvidenceDraft[]>
}
