/** Coverage: what was asked comes from telemetry, what was declared from the task contract of the application. */
import type { Delivery } from '../delivery/index.ts'
import { type CoverageDeps, coverageHttp, createCoverage, createCoverageProducer } from '../evals/index.ts'
import { TaskContract } from '../prompts/index.ts'
import type { Telemetry } from '../telemetry/index.ts'

type Deps = Pick<CoverageDeps, 'clock' | 'examplesOf'> & {
  readonly delivery: Pick<Delivery, 'getRelease' | 'getApplication'>
  readonly telemetry: Pick<Telemetry, 'questions'>
}

export function wireCoverage({ clock, examplesOf, delivery, telemetry }: Deps) {
  const coverageOf = createCoverage({
    clock,
    examplesOf,
    questionsOf: telemetry.questions,
    async declaredBy(name) {
      const { documents } = await delivery.getApplication(name)
      const task = TaskContract.safeParse(documents.task?.value)
      if (!task.success) return []
      return [...task.data.inScope, ...task.data.outOfScope].map(({ what, examples }) => ({
        what,
        examples: examples.map((example) => (typeof example === 'string' ? example : example.question)),
      }))
    },
  })
  return {
    producers: [createCoverageProducer(coverageOf)],
    http: coverageHttp({ coverageOf, releaseOf: delivery.getRelease }),
  }
}
