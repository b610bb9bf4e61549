/** What tuning is given: the build split alone, the flow, the primary evaluator of a suite, and models that propose. */
import type { Config } from '../config.ts'
import { isCapReached } from '../core/cap-reached.ts'
import type { Example } from '../core/dataset.ts'
import type { Delivery } from '../delivery/index.ts'
import {
  answeredOf,
  createPaidAnswers,
  type EstimateJudge,
  type EstimateVectors,
  type ExamplesOf,
  madeUp,
  type PaidWork,
  type Prepared,
  prepareEvaluators,
  questionsAbout,
  type Reach,
  reachThrough,
  readAnswer,
} from '../evals/index.ts'
import type { FlowResult } from '../flows/index.ts'
import type { NewId } from '../kernel/ids.ts'
import { microUsd, NOTHING } from '../kernel/money.ts'
import { type Clock, monotonicMs } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import { buildSplitOf, createTuning, type TrialScorer, type Tuning } from '../prompts/index.ts'
import type { Database } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { asking, judging } from './judging.ts'
import type { OwnWork } from './own-work.ts'

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly store: Pick<Store, 'jobs'>
  readonly newId: NewId
  readonly organisation: string
  readonly own: OwnWork
  readonly config: Config
  readonly models: Models
  readonly delivery: Pick<Delivery, 'getRelease'>
  readonly examplesOf: ExamplesOf
}

export function wireTuning(deps: Deps): Tuning {
  const { db, store, newId, organisation, own, config, models, delivery, examplesOf } = deps
  const { reachFor, estimateRun, estimateJudge, estimateVectors } = judging(models, own, config)
  const { ask, estimate } = asking(models, own)
  const paid = createPaidAnswers(deps)
  const scorerOf =
    (through: (reach: Omit<Reach, 'signal'>) => Omit<Reach, 'signal'>): ScorerOf =>
    ({ evaluators, primary }, application) =>
      scorerBy(
        prepareEvaluators(evaluators).find(({ key }) => key === primary),
        { reach: through(reachFor({ application })), estimateJudge, estimateVectors },
      )
  return createTuning<FlowResult>({
    db,
    jobs: store.jobs,
    newId,
    organisation,
    releaseOf: delivery.getRelease,
    run: own.runFor,
    async buildOf(manifest, dataset) {
      const part = manifest.datasets.find(({ name }) => name === dataset)
      const build: Example[] = []
      if (part)
        for await (const piece of examplesOf.pieces(part)) build.push(...piece.filter(({ split }) => split === 'build'))
      return buildSplitOf(build)
    },
    scorerOf: scorerOf((reach) => reach),
    goingOn(asked) {
      const work = paid.begin({ tuning: asked })
      return {
        run: (trial) => answeredOnce(work, trial, own.runFor),
        askProposer: ({ signal, ...question }) => work.once({ proposer: question }, () => ask({ ...question, signal })),
        scorerOf: scorerOf((reach) => reachThrough(reach, work)),
        end: work.end,
      }
    },
    demandModel: ({ model, parameters }) => void models.resolve('proposer', { model, parameters: { ...parameters } }),
    askProposer: ask,
    readAnswer,
    estimateRun,
    estimate,
  })
}

type ScorerOf = Parameters<typeof createTuning<FlowResult>>[0]['scorerOf']
type Trial = Parameters<Parameters<typeof createTuning<FlowResult>>[0]['run']>[0]

/** With how long it took when it was asked, so that nothing seems quick because it was there. */
const answeredOnce = (work: PaidWork, { signal, ...trial }: Trial, run: OwnWork['runFor']) =>
  work.once({ answer: trial }, async () => {
    const begun = monotonicMs()
    const result = await run({ ...trial, signal })
    return { ...result, latencyMs: monotonicMs() - begun - result.waitedMs }
  })

/** Null where it does not apply or cannot be scored, which is never 0. */
const scorerBy = (
  prepared: Prepared | undefined,
  {
    reach,
    ...estimates
  }: { reach: Omit<Reach, 'signal'>; estimateJudge: EstimateJudge; estimateVectors: EstimateVectors },
): TrialScorer<FlowResult> => ({
  better: prepared?.evaluator.better ?? 'higher',
  unit: prepared?.evaluator.unit ?? '',
  async score({ example, answer, result, latencyMs, mayAsk, signal }) {
    const { askJudge, embed } = reach
    const metered: Reach['askJudge'] = async (question) => {
      if (!askJudge || !mayAsk()) throw new Error('The budget pays for no further question to a judge.')
      return askJudge(question)
    }
    const meteredVectors: Reach['embed'] = async (texts) => {
      if (!embed || !mayAsk()) throw new Error('The budget pays for no further vectors.')
      return embed(texts)
    }
    try {
      const row = { example, answer, result: answeredOf(result, latencyMs) }
      return (await prepared?.score(row, { ...reach, askJudge: metered, embed: meteredVectors, signal }))?.score ?? null
    } catch (thrown) {
      if (signal.aborted || isCapReached(thrown)) throw thrown
      // What could not be scored, as by a judge that answered nonsense, says nothing of the variant.
      return null
    }
  },
  async questionsAbout(examples) {
    // An evaluator that asks no model is not tried out: it may run code.
    if (prepared?.asks === undefined || examples.length === 0) return { most: 0, costMicroUsd: NOTHING }
    const rows = examples.slice(0, SAMPLED).map(madeUp)
    const { signal } = new AbortController()
    const { most, pico } = await questionsAbout(rows, { ...estimates, score: prepared.score, signal })
    return { most, costMicroUsd: pico === null ? null : microUsd(pico / BigInt(rows.length)) }
  },
})

const SAMPLED = 25
