/** A producer of evidence, in the shape that `delivery` runs. Governance declares it too, because it may know neither. */
import type { ActorId } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import { type MicroUsd, NOTHING } from '../kernel/money.ts'

export type ProducerContext = {
  readonly release: Release
  readonly application: Application
  readonly by: ActorId
  readonly signal: AbortSignal
}

export type Quote = { readonly calls: number; readonly costMicroUsd: MicroUsd; readonly minutes: number }

export type Producer = {
  readonly name: string
  readonly checks: readonly string[]
  quote(context: ProducerContext): Promise<Quote>
  run(context: ProducerContext): Promise<EvidenceDraft[]>
}

/** Reading a document costs nothing. */
export const FREE: Quote = { calls: 0, costMicroUsd: NOTHING, minutes: 0 }
