/** Rounds of choosing and adapting models, with what shortlists and tunings say. */
import type { Delivery } from '../delivery/index.ts'
import { Failure } from '../kernel/failure.ts'
import { createRounds, type RoundsDeps, roundsHttp } from '../models/index.ts'
import type { Tuning } from '../prompts/index.ts'
import type { Registry } from './model-registry.ts'

type Deps = Omit<RoundsDeps, 'shortlists' | 'tunedOf' | 'demandApplication' | 'applicationOf'> & {
  readonly registry: Pick<Registry, 'shortlists'>
  readonly delivery: Pick<Delivery, 'getApplication' | 'getRelease'>
}

export function wireModelRounds({ registry, delivery, ...deps }: Deps, { tuning }: { tuning: Pick<Tuning, 'get'> }) {
  const rounds = createRounds({
    ...deps,
    shortlists: registry.shortlists,
    tunedOf: (id) => tunedOf(tuning, id),
    demandApplication: (name) => delivery.getApplication(name),
    applicationOf: async (release) => (await delivery.getRelease(release)).application,
  })
  return { http: roundsHttp(rounds) }
}

async function tunedOf(tuning: Pick<Tuning, 'get'>, id: string): ReturnType<RoundsDeps['tunedOf']> {
  const { application, prompt, suite, state, result } = await tuning.get(id)
  const present = result?.variants[0]
  const best = result?.variants.find((variant) => variant.id === result.best)
  if (!result || !present || !best)
    throw new Failure('unmet', 'models.tuning-not-ended', `The tuning ${id} is ${state}. Keep it when it has ended.`)
  const figure = ({ id: variant, title, n, mean, interval }: typeof best) => ({ id: variant, title, n, mean, interval })
  return {
    ...{ application, tuning: id, prompt, suite, evaluator: result.evaluator, unit: result.unit, calls: result.calls },
    ...{ proposer: result.proposing?.model ?? null, present: figure(present), best: figure(best) },
  }
}
