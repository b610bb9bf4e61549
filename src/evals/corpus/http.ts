/** The routes of corpus figures, bound to what they do. */
import { createKeptAnswers } from '../../kernel/kept.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { experimentsOf } from '../arms/index.ts'
import { createCompareCorpus } from './comparing.ts'
import { type CorpusComparisons, compareCorpusFigures, getCorpusFigures } from './contract.ts'
import { type CorpusDeps, createCorpusFigures } from './corpus.ts'

/** Experiments that have ended say the same for ever, and a page asks again with every look at it. */
const KEPT_COMPARISONS = 64

/** Registers the jobs that count, so it is called before `jobs.start()`. */
export function corpusHttp(deps: CorpusDeps): Mounted[] {
  const figuresOf = createCorpusFigures(deps)
  const compare = createCompareCorpus(deps)
  const kept = createKeptAnswers<string, CorpusComparisons>(KEPT_COMPARISONS)
  return [
    handle(getCorpusFigures, async ({ params, caller }) => {
      const experiment = await deps.get(params.id)
      demandApplication(caller, experiment.application)
      return reply(200, await figuresOf(experiment))
    }),
    handle(compareCorpusFigures, async ({ query, caller }) => {
      const experiments = await Promise.all(experimentsOf(query.arms).map((id) => deps.get(id)))
      for (const { application } of experiments) demandApplication(caller, application)
      const application = experiments[0]?.application ?? ''
      const key = JSON.stringify([query.arms, query.reference, query.margin])
      return reply(200, await kept.get(key, () => compare({ ...query, application })))
    }),
  ]
}
