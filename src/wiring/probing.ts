/** What runs of probes go through: keys that are made for them, caps, prices, and the flow that the playground asks too. */
import type { Access } from '../access/index.ts'
import type { AskRelease, ProbingDeps } from '../assurance/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import { answerOutside, type Flows, PLANTED } from '../flows/index.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Clock } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Database } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { estimateCost } from './estimate.ts'
import { capsOf } from './limits.ts'
import { askedOutside } from './playground.ts'
import { withProbeKey } from './probe-key.ts'
import { guardsOf } from './switches.ts'

export type ProbingFrom = {
  readonly db: Database
  readonly newId: NewId
  readonly random: RandomBytes
  readonly clock: Clock
  readonly organisation: string
  readonly store: Pick<Store, 'jobs'>
  readonly access: Access
  readonly delivery: Delivery
  readonly flows: Flows
  readonly models: Models
  readonly telemetry: Telemetry
  readonly evidence: Pick<EvidenceLog, 'record'>
  readonly address: () => string
}

/** @param feature as traces and usage name it: `attack-run` */
export const probingOf = (deps: ProbingFrom, feature: string): ProbingDeps => {
  const { access, delivery, models, address } = deps
  return {
    ...deps,
    jobs: deps.store.jobs,
    releaseOf: guardsOf(access).releases(delivery.getRelease),
    estimate: ({ manifest }, turns) => estimateCost({ models, manifest, flow: manifest.flow, turns }),
    capOf: (name) => capsOf(access.limits.status(name).limits).requestsPerMinute,
    withAsking: ({ id, release, by, hours }, work) =>
      withProbeKey({
        ...{ access, address, what: feature.replace('-', ' '), expiresInHours: hours },
        limits: { requestsPerMinute: null, costMicroUsdPerMonth: null },
      })({ release, by }, ({ options: { token } }) =>
        work(askingAs(access.identify({ authorization: `Bearer ${token}` }), deps, { feature, run: id })),
      ),
    recordEvidence: deps.evidence.record,
  }
}

const askingAs =
  (caller: Caller, deps: ProbingFrom, { feature, run }: { feature: string; run: string }): AskRelease =>
  async (release, { turns, planted, signal }) => {
    const asked = askedOutside(deps, { traffic: 'probe', feature, run })
    const { answer, guardrails, abstained, passages, toolCalls, costMicroUsd, trace } = await answerOutside(asked, {
      ...{ caller, release, turns, signal },
      ...(planted && { planted: planted.by === 'tool' ? { toolResult: planted.text } : { passage: planted.text } }),
    })
    const wasFound = !abstained && passages.some(({ id }) => id === PLANTED)
    const wasGiven = toolCalls.some(({ outcome }) => outcome === 'answered')
    return {
      ...{ answer, abstained, costMicroUsd, trace },
      blockedBy: [...new Set(guardrails.filter(({ verdict }) => verdict === 'blocked').map(({ id }) => id))],
      wasRead: planted === null || (planted.by === 'tool' ? wasGiven : wasFound),
    }
  }
