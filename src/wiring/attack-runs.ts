/** Attack runs over the slices that they go through: the packs, suites, and what every run of probes asks through. */
import { attackRunsHttp, createAttackRuns } from '../assurance/index.ts'
import type { ExamplesOf } from '../evals/index.ts'
import { readPacks } from './packs.ts'
import { type ProbingFrom, probingOf } from './probing.ts'
import { questionsOfSuite } from './suite-questions.ts'

const MOST_QUESTIONS = 200

export function wireAttackRuns(deps: ProbingFrom & { readonly root: string; readonly examplesOf: ExamplesOf }) {
  const runs = createAttackRuns({
    ...probingOf(deps, 'attack-run'),
    pack: readPacks(deps.root).attackPack,
    async questionsOf(release, suite) {
      if (suite === undefined && release.manifest.suites.length === 0) return []
      return questionsOfSuite(deps.examplesOf, { release, suite, limit: MOST_QUESTIONS })
    },
  })
  return { http: attackRunsHttp(runs, deps.delivery.getRelease) }
}
