/** Models measured in each way of asking them, on questions of an application. */
import type { Access } from '../access/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { ExamplesOf } from '../evals/index.ts'
import { Failure } from '../kernel/failure.ts'
import { createTimings, type Models, timingsHttp } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { OwnWork } from './own-work.ts'
import { questionsOfSuite } from './suite-questions.ts'
import { guardsOf } from './switches.ts'

type Deps = Omit<Parameters<typeof createTimings>[0], 'jobs' | 'models' | 'modelsFor' | 'questionsOf'> & {
  readonly store: Pick<Store, 'jobs'>
  readonly access: Access
  readonly models: Models
  readonly own: OwnWork
  readonly delivery: Pick<Delivery, 'newestRelease'>
  readonly examplesOf: ExamplesOf
}

export function wireModelTimings({ store, access, models, own, delivery, examplesOf, ...deps }: Deps) {
  const timings = createTimings({
    ...deps,
    jobs: store.jobs,
    models: guardsOf(access).models(models),
    modelsFor: own.modelsFor,
    async questionsOf({ application, suite, limit }) {
      const release = await delivery.newestRelease(application)
      if (!release)
        throw new Failure('unmet', 'models.no-release', `${application} has no release yet. Freeze one, and ask again.`)
      return questionsOfSuite(examplesOf, { release, suite, limit })
    },
  })
  return { http: timingsHttp(timings) }
}
