/** Drills of faults over the slices that they go through: keys, live releases, questions, traces, suites that were run. */
import type { Access } from '../access/index.ts'
import { createFaultDrills, type FaultDeps, faultDrillsHttp } from '../assurance/index.ts'
import { lastUserTurn } from '../core/conversation.ts'
import { answeredBy, fallbacksOf } from '../core/fallbacks.ts'
import { verdictsIn } from '../core/guardrail.ts'
import type { Release } from '../core/release.ts'
import { STAGES } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Evals, ExamplesOf } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { Flows } from '../flows/index.ts'
import { Failure } from '../kernel/failure.ts'
import { SECOND, sleep } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { estimateCost } from './estimate.ts'
import { capsOf } from './limits.ts'
import { withProbeKey } from './probe-key.ts'
import { createRunUnder } from './run-under.ts'
import { questionsOfSuite } from './suite-questions.ts'

type Deps = Pick<FaultDeps, 'db' | 'newId' | 'organisation' | 'record'> & {
  readonly store: Pick<Store, 'jobs'>
  readonly access: Access
  readonly delivery: Delivery
  readonly models: Models
  readonly flows: Flows
  readonly evals: Pick<Evals, 'list'>
  readonly telemetry: Pick<Telemetry, 'get'>
  readonly evidence: Pick<EvidenceLog, 'record'>
  readonly examplesOf: ExamplesOf
  readonly address: () => string
}

/** For when nobody is left to take the key away. */
const KEY_HOURS = 2
/** A trace of another process comes by way of its spool. */
const TRACE_MS = 15 * SECOND
const LOOK_MS = 100
const MOST_RUNS = 200

export function wireFaultDrills(deps: Deps) {
  const { access, delivery, models, telemetry } = deps
  const drills = createFaultDrills({
    ...deps,
    jobs: deps.store.jobs,
    releaseOf: delivery.getRelease,
    stageOf: (release) => stageOf(delivery, release),
    async questionOf(release) {
      const [turns = []] = await questionsOfSuite(deps.examplesOf, { release, suite: undefined, limit: 1 })
      return lastUserTurn(turns)
    },
    estimate({ manifest }, question, fallback) {
      const { flow } = fallback === undefined ? manifest : answeredBy(manifest, fallback)
      return estimateCost({ models, manifest, flow, turns: [{ role: 'user', content: question }] })
    },
    capOf: (name) => capsOf(access.limits.status(name).limits).requestsPerMinute,
    withKey: ({ release, by }, work) =>
      withProbeKey({
        ...{ access, address: deps.address, what: 'drill of faults', isDrill: true },
        limits: { requestsPerMinute: null, costMicroUsdPerMonth: null },
        expiresInHours: KEY_HOURS,
      })({ release, by }, ({ options }) => work(options)),
    async traceOf(release, traceId) {
      const caller = readerOf(release)
      for (let waitedMs = 0; waitedMs < TRACE_MS; waitedMs += LOOK_MS) {
        const found = await telemetry.get({ caller, traceId }).catch((thrown: unknown) => {
          if (thrown instanceof Failure && thrown.kind === 'unknown') return undefined
          throw thrown
        })
        if (found) return { verdicts: verdictsIn(found.spans.map(stepOf)), costMicroUsd: found.summary.costMicroUsd }
        await sleep(LOOK_MS)
      }
      return undefined
    },
    async fallbacksOf({ id, manifest }) {
      const { items } = await deps.evals.list({ release: id, state: 'succeeded', limit: MOST_RUNS })
      return fallbacksOf(manifest.flow).map((name) => {
        const own = manifest.suites.filter(({ fallback, threshold }) => fallback === name && threshold !== undefined)
        const isMeasured = own.some((suite) => items.some((run) => run.suite === suite.name))
        return { name, hasSuite: own.length > 0, isMeasured }
      })
    },
    recordEvidence: deps.evidence.record,
  })
  return { http: faultDrillsHttp(drills, delivery.getRelease), runUnder: createRunUnder(deps) }
}

const stepOf = ({ attributes }: Awaited<ReturnType<Telemetry['get']>>['spans'][number]) => ({
  kind: String(attributes['airworthy.step.kind']),
  id: String(attributes['airworthy.step.id']),
  attributes,
})

const readerOf = ({ organisation, application, frozenBy }: Release): Caller => ({
  ...{ actor: frozenBy, name: 'drill of faults', organisation, role: 'viewer', permissions: new Set(['view']) },
  ...{ key: null, application },
})

/** The highest stage in which it answers everybody: in a rollout another release would answer the drill. */
function stageOf(delivery: Pick<Delivery, 'liveTable'>, { id, application, number }: Release) {
  const live = delivery.liveTable().applications[application]
  const stage = STAGES.findLast((one) => live?.stages[one]?.release === id && !live.stages[one]?.rollout)
  if (stage !== undefined) return stage
  throw new Failure(
    'unmet',
    'faults.not-live',
    `r${number} of ${application} answers in no stage alone: it is not live, or a rollout shares its traffic. Drill it before its rollout begins or after it is over.`,
  )
}
