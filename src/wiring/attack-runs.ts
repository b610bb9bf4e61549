/** Attack runs over the slices that they go through: keys, suites, and the flow that the playground asks too. */
import type { Access } from '../access/index.ts'
import { type AskRelease, attackRunsHttp, createAttackRuns } from '../assurance/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { ExamplesOf } from '../evals/index.ts'
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
import { readPacks } from './packs.ts'
import { askedOutside } from './playground.ts'
import { withProbeKey } from './probe-key.ts'
import { questionsOfSuite } from './suite-questions.ts'
import { guardsOf } from './switches.ts'

type Deps = {
  readonly root: string
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
  readonly examplesOf: ExamplesOf
  readonly address: () => string
}

const MOST_QUESTIONS = 200

export function wireAttackRuns(deps: Deps) {
  const { access, delivery, models, address } = deps
  const runs = createAttackRuns({
    ...deps,
    jobs: deps.store.jobs,
    pack: readPacks(deps.root).attackPack,
    releaseOf: guardsOf(access).releases(delivery.getRelease),
    async questionsOf(release, suite) {
      if (suite === undefined && release.manifest.suites.length === 0) return []
      return questionsOfSuite(deps.examplesOf, { release, suite, limit: MOST_QUESTIONS })
    },
    estimate: ({ manifest }, turns) => estimateCost({ models, manifest, flow: manifest.flow, turns }),
    capOf: (name) => capsOf(access.limits.status(name).limits).requestsPerMinute,
    withAsking: ({ id, release, by, hours }, work) =>
      withProbeKey({
        ...{ access, address, what: 'attack run', expiresInHours: hours },
        limits: { requestsPerMinute: null, costMicroUsdPerMonth: null },
      })({ release, by }, ({ options: { token } }) =>
        work(askingAs(access.identify({ authorization: `Bearer ${token}` }), { ...deps, run: id })),
      ),
    recordEvidence: deps.evidence.record,
  })
  return { http: attackRunsHttp(runs, delivery.getRelease) }
}

const askingAs =
  (caller: Caller, deps: Deps & { readonly run: string }): AskRelease =>
  async (release, { turns, planted, way, signal }) => {
    const asked = askedOutside(deps, { traffic: 'probe', feature: 'attack-run', run: deps.run })
    const { answer, guardrails, abstained, passages, toolCalls, costMicroUsd, trace } = await answerOutside(asked, {
      ...{ caller, release, turns, signal },
      ...(planted !== null && { planted: way === 'tool' ? { toolResult: planted } : { passage: planted } }),
    })
    const wasFound = !abstained && passages.some(({ id }) => id === PLANTED)
    const wasGiven = toolCalls.some(({ outcome }) => outcome === 'answered')
    return {
      ...{ answer, costMicroUsd, trace },
      isBlocked: guardrails.some(({ verdict }) => verdict === 'blocked'),
      wasRead: way === 'passage' ? wasFound : way === 'tool' ? wasGiven : true,
    }
  }
