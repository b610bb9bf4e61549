/** Everything that answers a check by itself, in the order in which a gate runs it. */
import type { Access } from '../access/index.ts'
import { createBudgetCap, createSecretScan, type MaterialDeps } from '../assurance/index.ts'
import type { Producer } from '../core/producer.ts'
import { createDocumentProducers, type LawPacks, type Training } from '../governance/index.ts'
import { NOTHING } from '../kernel/money.ts'
import type { Clock } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import { openBudgetProbe } from './budget-probe.ts'
import { wireDisclosureProbe } from './disclosure-probe.ts'
import { estimateCost } from './estimate.ts'
import { capsOf } from './limits.ts'
import { type DrillDeps, wireLineageDrill } from './lineage-drill.ts'
import type { reachedOf } from './reached.ts'
import { wireTraceProbe } from './trace-probe.ts'

export type ProducersDeps = {
  clock: Clock
  access: Access
  models: Models
  telemetry: Telemetry
  training: Training
  evals: { readonly producer: Producer }
  /** Answer what the catalogue of models knows: approvals, the supply chain. */
  registry: { readonly producers: readonly Producer[] }
  /** What stands on the slices and answers checks. */
  capabilities: {
    readonly producers: readonly Producer[]
    readonly laws: LawPacks
    readonly reached: ReturnType<typeof reachedOf>
  }
  material: MaterialDeps
  /** Where the port is, once it is open. */
  address: () => string
  /** What a drill needs beside. */
  drill: Pick<DrillDeps, 'knowledge' | 'examplesOf' | 'blobs' | 'rehearse'>
}

export function producersOf({
  clock,
  access,
  models,
  telemetry,
  training,
  evals,
  registry,
  capabilities,
  material,
  address,
  drill,
}: ProducersDeps): Producer[] {
  const PING = [{ role: 'user' as const, content: 'ping' }]
  return [
    ...createDocumentProducers({ clock, laws: capabilities.laws, reached: capabilities.reached }),
    // After the documents, as what the installation approved outweighs what an application says of itself.
    ...registry.producers,
    training.producer,
    createSecretScan(material),
    createBudgetCap({
      capsOf: async (name) => capsOf(access.limits.status(name).limits),
      openProbe: openBudgetProbe({ access, address }),
      costOfOneAnswer: async ({ release: { manifest } }) =>
        (await estimateCost({ models, manifest, flow: manifest.flow, turns: PING })) ?? NOTHING,
    }),
    wireTraceProbe({ clock, access, models, telemetry, address }),
    wireDisclosureProbe({ access, models, address }),
    wireLineageDrill({ clock, access, models, address, ...drill }),
    ...capabilities.producers,
    evals.producer,
  ]
}
