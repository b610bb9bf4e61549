/** Models measured in each way of asking them, on questions of an application. */
import type { Access } from '../access/index.ts'
import { type Example, turnsOf } from '../core/dataset.ts'
import type { Delivery } from '../delivery/index.ts'
import type { ExamplesOf } from '../evals/index.ts'
import { Failure } from '../kernel/failure.ts'
import { createTimings, type Models, timingsHttp } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import { guardsOf } from './switches.ts'

type Deps = Omit<Parameters<typeof createTimings>[0], 'jobs' | 'models' | 'questionsOf'> & {
  readonly store: Pick<Store, 'jobs'>
  readonly access: Access
  readonly models: Models
  readonly delivery: Pick<Delivery, 'newestRelease'>
  readonly examplesOf: ExamplesOf
}

export function wireModelTimings({ store, access, models, delivery, examplesOf, ...deps }: Deps) {
  const timings = createTimings({
    ...deps,
    jobs: store.jobs,
    models: guardsOf(access).models(models),
    async questionsOf({ application, suite: name, limit }) {
      const manifest = (await delivery.newestRelease(application))?.manifest
      if (!manifest)
        throw new Failure('unmet', 'models.no-release', `${application} has no release yet. Freeze one, and ask again.`)
      const suite = manifest.suites.find((one) => one.name === name)
      const part = manifest.datasets.find((one) => one.name === suite?.dataset)
      if (!part)
        throw new Failure(
          'unknown',
          'models.suite-unknown',
          `The newest release of ${application} has no suite ${name}. It has ${manifest.suites.map((one) => one.name).join(', ') || 'none'}.`,
        )
      const questions = await firstOf(examplesOf.pieces(part), limit)
      if (questions.length > 0) return questions.map(turnsOf)
      throw new Failure(
        'unmet',
        'models.no-questions',
        `All questions of ${part.name} are held out, and those are asked in experiments alone. Use another suite.`,
      )
    },
  })
  return { http: timingsHttp(timings) }
}

/** Not of the holdout. */
async function firstOf(pieces: ReturnType<ExamplesOf['pieces']>, limit: number): Promise<Example[]> {
  const found: Example[] = []
  for await (const piece of pieces)
    for (const example of piece) {
      if (example.split === 'holdout') continue
      found.push(example)
      if (found.length === limit) return found
    }
  return found
}
