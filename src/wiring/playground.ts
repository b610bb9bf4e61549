/**
 * Releases that are asked outside of the gateway, in the playground and on test pages: caps and switches as there, and a
 * trace for each answer, with no rollout.
 */
import type { Access } from '../access/index.ts'
import type { Turn } from '../core/conversation.ts'
import type { Release } from '../core/release.ts'
import { type FlowResult, type Flows, flowsHttp, type OutsideDeps, upperBoundOfRelease } from '../flows/index.ts'
import { digestOfBytes } from '../kernel/digest.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { type Clock, later } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Settled, Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { Mounted } from '../wire/handle.ts'
import { reserveOrRefuse } from './limits.ts'
import { demandPricedRelease } from './unpriced.ts'

type Deps = {
  readonly flows: Pick<Flows, 'run'>
  readonly access: Pick<Access, 'limits'>
  readonly models: Pick<Models, 'pricePolicies' | 'costOf' | 'priceBook'>
  readonly telemetry: Pick<Telemetry, 'recorder'>
  readonly clock: Clock
  readonly random: RandomBytes
}

export const playgroundHttp = ({
  releaseOf,
  ...deps
}: Deps & {
  /** Refuses a release that is switched off. */
  releaseOf: Parameters<typeof flowsHttp>[0]['releaseOf']
}): Mounted[] => flowsHttp({ ...askedOutside(deps, { traffic: 'playground' }), releaseOf })

/** How a release is asked outside of the gateway; `metadata` says in its traces from where. */
export const askedOutside = (
  { flows, access, models, telemetry, ...chance }: Deps,
  metadata: Readonly<Record<string, string>>,
): OutsideDeps => ({
  run: flows.run,
  async reserve({ release, caller: { key }, turns }) {
    const { clock } = chance
    demandPricedRelease({ access, models, clock }, { release, key })
    const bytes = Buffer.byteLength(JSON.stringify(turns))
    const { unpriced: _, ...bound } = upperBoundOfRelease({ release, models, bytes, at: clock() })
    return reserveOrRefuse(access, { application: release.application, release: release.id, key, ...bound })
  },
  keep(asked) {
    const event = { ...settledOutside(chance, asked), metadata }
    telemetry.recorder.settle(event)
    return event.traceId
  },
})

type Asked = { caller: Caller; release: Release; turns: readonly Turn[]; result: FlowResult; latencyMs: number }

/** The trace of an answer that was asked outside of the gateway: the same event, with no rollout. */
function settledOutside(
  { clock, random }: { clock: Clock; random: RandomBytes },
  { caller, release, turns, result, latencyMs }: Asked,
): Omit<Settled, 'metadata'> {
  const hex = (size: number) => Buffer.from(random(size)).toString('hex')
  const passages = new Map(result.passages.map((passage) => [passage.id, passage]))
  return {
    traceId: hex(16),
    spanId: hex(8),
    remoteParent: null,
    at: later(clock(), -Math.round(latencyMs)),
    organisation: caller.organisation,
    keyId: caller.key,
    application: release.application,
    stage: null,
    release: release.id,
    releaseDigest: release.digest,
    arm: null,
    rollout: null,
    unit: digestOfBytes(caller.actor),
    subjectSource: 'user',
    requestedModel: release.application,
    servedBy: result.servedBy,
    provider: result.servedBy.split('/')[0] ?? null,
    responseId: null,
    operation: 'chat',
    stream: false,
    status: 'complete',
    httpStatus: 200,
    errorCode: null,
    finishReason: result.finishReason,
    latencyMs,
    firstTokenMs: null,
    overheadMs: 0,
    usage: {
      inputTokens: result.usage.inputTokens,
      outputTokens: result.usage.outputTokens,
      estimated: result.usage.estimated,
    },
    costMicroUsd: result.costMicroUsd,
    priceBook: result.priceBook,
    charges: result.charges ?? [],
    abstained: result.abstained,
    citations: result.citations.map((id) => ({
      id,
      title: passages.get(id)?.title ?? '',
      source: passages.get(id)?.source ?? '',
    })),
    invalidCitations: [...result.invalidCitations],
    input: [...turns],
    output: result.answer,
    steps: [...result.steps],
    user: caller.name,
  }
}
