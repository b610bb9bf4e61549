/** Finds a judge among the suites of a release, by its digest. */
import type { Release } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { prepareEvaluators } from '../evaluators/index.ts'

/** A judge of the release, ready to score. Throws `evals.judge-unknown`. */
export function judgeOfRelease({ manifest, id }: Release, digest: Digest) {
  for (const { evaluators } of manifest.suites)
    for (const { judge, ...rest } of prepareEvaluators(evaluators))
      if (judge?.digest === digest) return { ...rest, judge }
  throw new Failure(
    'unknown',
    'evals.judge-unknown',
    `The release ${id} has no judge ${digest}. Use one of GET /api/v1/applications/${manifest.application}/judges.`,
  )
}
