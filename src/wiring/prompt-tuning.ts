/** What tuning is given: the build split alone, the flow, the primary evaluator of a suite, and models that propose. */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import { type Example, referencesOf } from '../core/dataset.ts'
import type { Delivery } from '../delivery/index.ts'
import {
  answeredOf,
  type EstimateJudge,
  type ExamplesOf,
  type Prepared,
  prepareEvaluators,
  questionsAbout,
  type Reach,
  readAnswer,
  type ScoredRow,
} from '../evals/index.ts'
import type { FlowResult, Flows } from '../flows/index.ts'
import type { NewId } from '../kernel/ids.ts'
import { microUsd, NOTHING } from '../kernel/money.ts'
import type { Models } from '../models/index.ts'
import { buildSplitOf, createTuning, type TrialScorer, type Tuning } from '../prompts/index.ts'
import type { Database } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { asking, estimateJudgeWith, judging } from './judging.ts'
import { guardsOf } from './switches.ts'

type Deps = {
  readonly db: Database
  readonly store: Pick<Store, 'jobs'>
  readonly newId: NewId
  readonly organisation: string
  readonly access: Access
  readonly config: Config
  readonly models: Models
  readonly delivery: Pick<Delivery, 'getRelease'>
  readonly flows: Flows
  readonly examplesOf: ExamplesOf
}

export function wireTuning(deps: Deps): Tuning {
  const { db, store, newId, organisation, access, config, models, delivery, flows, examplesOf } = deps
  const guarded = guardsOf(access).models(models)
  const { reach, estimateRun } = judging(guarded, config)
  const { ask, estimate } = asking(guarded)
  return createTuning<FlowResult>({
    db,
    jobs: store.jobs,
    newId,
    organisation,
    releaseOf: delivery.getRelease,
    run: flows.run,
    async buildOf(manifest, dataset) {
      const part = manifest.datasets.find(({ name }) => name === dataset)
      const build: Example[] = []
      if (part)
        for await (const piece of examplesOf.pieces(part)) build.push(...piece.filter(({ split }) => split === 'build'))
      return buildSplitOf(build)
    },
    scorerOf: ({ evaluators, primary }) =>
      scorerBy(
        prepareEvaluators(evaluators).find(({ key }) => key === primary),
        { reach, estimateJudge: estimateJudgeWith(models) },
      ),
    demandModel: ({ model, parameters }) => void models.resolve('proposer', { model, parameters: { ...parameters } }),
    askProposer: ask,
    readAnswer,
    estimateRun,
    estimate,
  })
}

/** Null where it does not apply or cannot be scored, which is never 0. */
const scorerBy = (
  prepared: Prepared | undefined,
  { reach, estimateJudge }: { reach: Omit<Reach, 'signal'>; estimateJudge: EstimateJudge },
): TrialScorer<FlowResult> => ({
  better: prepared?.evaluator.better ?? 'higher',
  unit: prepared?.evaluator.unit ?? '',
  async score({ example, answer, result, latencyMs, mayAsk, signal }) {
    const { askJudge } = reach
    const metered: Reach['askJudge'] = async (question) => {
      if (!askJudge || !mayAsk()) throw new Error('The budget pays for no further question to a judge.')
      return askJudge(question)
    }
    try {
      const row = { example, answer, result: answeredOf(result, latencyMs) }
      return (await prepared?.score(row, { ...reach, askJudge: metered, signal }))?.score ?? null
    } catch (thrown) {
      if (signal.aborted) throw thrown
      // What could not be scored, as by a judge that answered nonsense, says nothing of the variant.
      return null
    }
  },
  async questionsAbout(examples) {
    // An evaluator that asks no model is not tried out: it may run code.
    if (!prepared?.judge || examples.length === 0) return { most: 0, costMicroUsd: NOTHING }
    const rows = examples.slice(0, SAMPLED).map((example) => ({ example, ...madeUp(example) }))
    const { signal } = new AbortController()
    const { most, pico } = await questionsAbout(rows, { score: prepared.score, estimateJudge, signal })
    return { most, costMicroUsd: pico === null ? null : microUsd(pico / BigInt(rows.length)) }
  },
})

const SAMPLED = 25

/** An answer that could be, with a passage behind it, so that a judge finds something to ask about. */
function madeUp(example: Example): Pick<ScoredRow, 'answer' | 'result'> {
  const answer = referencesOf(example)[0] ?? 'An answer of some words.'
  const result = {
    ...{ abstained: false, passages: ['1'], texts: [{ id: '1', text: answer }], citations: ['1'] },
    ...{ invalidCitations: [], latencyMs: 0, costMicroUsd: null },
  }
  return { answer, result }
}
