/** A suite over variants of the questions of another suite: each with the id of its original and what changed it. */
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { yamlText } from '../../core/blueprint/yaml-text.ts'
import { type Example, type Split, type Suite, turnsOf } from '../../core/dataset.ts'
import { MARK, variantIn } from './kinds.ts'
import { variantRow } from './made.ts'
import { type Perturbation, perturb } from './perturb.ts'

export type Varied = { readonly originals: number; readonly variants: number; readonly files: BlueprintFiles }

/** The suite and the dataset that are written for a suite, by their names. */
export const stabilityName = (suite: string): string => `${suite}-stability`
export const perturbedName = (suite: string): string => `${suite}-perturbed`

/** What is varied: the first so many in file order. The holdout never is: it is read for nothing but the exam. */
export const originalsOf = (suite: Pick<Suite, 'splits'>, examples: readonly Example[], most: number): Example[] =>
  examples.filter(({ split, id }) => splitsOf(suite).includes(split) && !id.includes(MARK)).slice(0, most)

/** Files of the suite. */
export function stabilityFiles({
  suite,
  examples,
  kinds,
  most,
  made = [],
}: {
  suite: Suite
  examples: readonly Example[]
  kinds: readonly Perturbation[]
  /** The most originals, in file order. */
  most: number
  /** Variants that a model made; they stay, with their originals, whatever is varied by rule. */
  made?: readonly Example[]
}): Varied {
  const madeOf = Map.groupBy(made, ({ id }) => variantIn(id)?.question ?? '')
  const all = originalsOf(suite, examples, examples.length)
  const originals = all.filter(({ id }, at) => at < most || madeOf.has(id))
  const rows = originals.flatMap((example) => [
    inCluster(example),
    ...variantsOf(example, kinds),
    ...(madeOf.get(example.id) ?? []),
  ])
  return {
    originals: originals.length,
    variants: rows.length - originals.length,
    files: {
      [`datasets/${perturbedName(suite.name)}.jsonl`]: `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
      [`evals/${stabilityName(suite.name)}.yaml`]: yamlText({
        description: `The questions of ${suite.name} as other people would ask them; read with the stability of an experiment.`,
        dataset: perturbedName(suite.name),
        splits: splitsOf(suite),
        evaluators: suite.evaluators,
        primary: suite.primary,
        margin: suite.margin,
      }),
    },
  }
}

const splitsOf = ({ splits }: Pick<Suite, 'splits'>): readonly Split[] => splits.filter((split) => split !== 'holdout')

/** Variants of one question are no new questions: they count as one cluster with it. */
const inCluster = (example: Example): Example => ({ ...example, cluster: example.cluster ?? example.id })

function variantsOf(example: Example, kinds: readonly Perturbation[]): Example[] {
  const last = turnsOf(example).at(-1)
  if (!last) return []
  return kinds.flatMap((kind) => {
    const text = perturb(last.content, kind)
    const source = `perturbation ${kind} of ${example.id}`
    return text === undefined ? [] : [variantRow(example, { name: kind, text, source })]
  })
}
