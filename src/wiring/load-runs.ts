/** Load runs over the slices that they go through: keys, live releases, questions, and the port itself. */
import type { Access } from '../access/index.ts'
import { createLoadRuns, type KnownLimit, type LoadDeps, loadRunsHttp, type Question } from '../assurance/index.ts'
import type { Config } from '../config.ts'
import type { Release } from '../core/release.ts'
import { STAGES } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import type { ExamplesOf } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import { Failure } from '../kernel/failure.ts'
import { type Clock, DAY, later } from '../kernel/time.ts'
import type { Models, Quota } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import { workersOf } from './door.ts'
import { estimateCost } from './estimate.ts'
import { capsOf } from './limits.ts'
import { withProbeKey } from './probe-key.ts'
import { questionsOfSuite } from './suite-questions.ts'

type Deps = Pick<LoadDeps, 'db' | 'newId' | 'organisation'> & {
  readonly clock: Clock
  readonly config: Config
  readonly store: Pick<Store, 'jobs'>
  readonly access: Access
  readonly delivery: Delivery
  readonly models: Models
  readonly telemetry: Pick<Telemetry, 'questions' | 'modelsAsked'>
  readonly evidence: Pick<EvidenceLog, 'record'>
  readonly examplesOf: ExamplesOf
  readonly address: () => string
}

const MOST_QUESTIONS = 500
/** What was asked longer ago is another use. */
const TRACES_DAYS = 30

export function wireLoadRuns(deps: Deps) {
  const { access, delivery, models, telemetry, clock } = deps
  const runs = createLoadRuns({
    ...deps,
    jobs: deps.store.jobs,
    releaseOf: delivery.getRelease,
    stageOf: (release) => stageOf(delivery, release),
    async questionsOf({ questions, suite, release, stage }) {
      if (questions === 'suite') return questionsOfSuite(deps.examplesOf, { release, suite, limit: MOST_QUESTIONS })
      const since = later(clock(), -TRACES_DAYS * DAY)
      const { application } = release
      const asked = await telemetry.questions({ application, stage, since, limit: MOST_QUESTIONS })
      if (asked.length > 0) return asked.map((content): Question => [{ role: 'user', content }])
      throw new Failure(
        'unmet',
        'load.no-traces',
        `Nobody asked anything of ${application} in ${stage} in the last ${TRACES_DAYS} days. Use the questions of a suite.`,
      )
    },
    estimate: ({ manifest }, turns) => estimateCost({ models, manifest, flow: manifest.flow, turns }),
    capOf: (name) => capsOf(access.limits.status(name).limits).requestsPerMinute,
    withKey: ({ release, by, hours }, work) =>
      withProbeKey({
        ...{ access, address: deps.address, what: 'load run' },
        limits: { requestsPerMinute: null, costMicroUsdPerMonth: null },
        expiresInHours: hours,
      })({ release, by }, ({ options }) => work(options)),
    async askedIn(ask) {
      const { requests, models: asked } = await telemetry.modelsAsked(ask)
      return { requests, models: asked.filter(({ model }) => models.providers.has(model.split('/', 1)[0] ?? '')) }
    },
    quotas: async () => limitsIn(await models.quotas.list()),
    processes: Math.max(1, workersOf(deps.config)),
    recordEvidence: deps.evidence.record,
  })
  return { http: loadRunsHttp(runs, delivery.getRelease) }
}

/** What was said of a model, and of its provider as a whole. */
function limitsIn(quotas: readonly Quota[]) {
  return (model: string): KnownLimit[] =>
    quotas
      .filter(({ target }) => target === model || target === model.split('/', 1)[0])
      .flatMap(({ credential, read, declared }) => [
        ...(read ? read.limits.map((one) => ({ ...one, credential, from: 'read' as const, at: read.at })) : []),
        ...(declared
          ? declared.limits.map((one) => ({ ...one, credential, from: 'declared' as const, at: declared.at }))
          : []),
      ])
      .map(({ counted, per, limit, credential, from, at }) => ({ counted, per, limit, credential, from, at }))
}

/** The highest stage in which it answers everybody; load on half of a stage would fall on another release as well. */
function stageOf(delivery: Pick<Delivery, 'liveTable'>, { id, application, number }: Release) {
  const live = delivery.liveTable().applications[application]
  const stage = STAGES.findLast((one) => live?.stages[one]?.release === id && !live.stages[one]?.rollout)
  if (stage === undefined)
    throw new Failure(
      'unmet',
      'load.not-live',
      `r${number} of ${application} answers in no stage alone: it is not live, or a rollout shares its traffic. Load it before its rollout begins or after it is over.`,
    )
  if (live?.oversight)
    throw new Failure(
      'unmet',
      'load.answers-overseen',
      `People look at answers of ${application}, and a load run would fill their list. Take the kinds out of oversight.yaml for the run, or load a copy of it.`,
    )
  return stage
}
