/**
 * The cache by meaning of a release: what its evidence depends on. The model of vectors, the threshold and the labelled
 * pairs are one part; when one of them is another one, what was measured holds no more. Pure.
 */
import { type Digest, digestOf } from '../kernel/digest.ts'
import type { AnswerCaching } from './answer-caching.ts'

/** What evidence on false hits answers. */
export const MEANING_CHECK = 'cache.by-meaning'

type Named = { readonly name: string; readonly digest: Digest }
type Parts<Model extends Named> = {
  readonly cache?: AnswerCaching | undefined
  readonly models: readonly Model[]
  readonly datasets: readonly Named[]
}

/** As a part of the release; undefined where answers are given again to exact questions alone. */
export function meaningPart({ cache, models, datasets }: Parts<Named>): Named | undefined {
  if (!cache?.byMeaning) return undefined
  const { model, threshold, pairs } = cache.byMeaning
  const digestOfNamed = (all: readonly Named[], name: string) => all.find((one) => one.name === name)?.digest ?? null
  return {
    name: 'by-meaning',
    digest: digestOf({ threshold, model: digestOfNamed(models, model), pairs: digestOfNamed(datasets, pairs) }),
  }
}

/** Models that answer: all but the one that makes vectors, which nobody can ask a question. */
export const answeringModels = <Model extends Named>({ cache, models }: Omit<Parts<Model>, 'datasets'>): Model[] =>
  models.filter(({ name }) => name !== cache?.byMeaning?.model)
