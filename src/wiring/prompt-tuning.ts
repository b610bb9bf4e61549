/** What tuning is given: the build split alone, the flow, and the primary evaluator of a suite. */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Example } from '../core/dataset.ts'
import type { Delivery } from '../delivery/index.ts'
import { answeredOf, type ExamplesOf, type Prepared, prepareEvaluators, type Reach } from '../evals/index.ts'
import type { FlowResult, Flows } from '../flows/index.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Models } from '../models/index.ts'
import { buildSplitOf, createTuning, type TrialScorer, tuningHttp } from '../prompts/index.ts'
import type { Database } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { judging } from './judging.ts'
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

export const tuningRoutes = (deps: Deps) => {
  const { db, store, newId, organisation, access, config, models, delivery, flows, examplesOf } = deps
  const { reach } = judging(guardsOf(access).models(models), config)
  return tuningHttp(
    createTuning<FlowResult>({
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
          for await (const piece of examplesOf.pieces(part))
            build.push(...piece.filter(({ split }) => split === 'build'))
        return buildSplitOf(build)
      },
      scorerOf: ({ evaluators, primary }) =>
        scorerBy(
          prepareEvaluators(evaluators).find(({ key }) => key === primary),
          reach,
        ),
    }),
  )
}

/** Null where it does not apply or cannot be scored, which is never 0. */
const scorerBy = (prepared: Prepared | undefined, reach: Omit<Reach, 'signal'>): TrialScorer<FlowResult> => ({
  better: prepared?.evaluator.better ?? 'higher',
  unit: prepared?.evaluator.unit ?? '',
  async score({ example, answer, result, latencyMs, signal }) {
    try {
      const row = { example, answer, result: answeredOf(result, latencyMs) }
      return (await prepared?.score(row, { ...reach, signal }))?.score ?? null
    } catch (thrown) {
      if (signal.aborted) throw thrown
      // What could not be scored, as by a judge that answered nonsense, says nothing of the variant.
      return null
    }
  },
})
