/** A suite over variants of the questions of another suite: each with the id of its original and its rule. */
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { yamlText } from '../../core/blueprint/yaml-text.ts'
import { type Example, type Split, type Suite, turnsOf } from '../../core/dataset.ts'
import { type Perturbation, perturb } from './perturb.ts'

/** Between the id of an original and the rule; `q1~typo` is `q1` with typos. */
export const MARK = '~'

export type Varied = { readonly originals: number; readonly variants: number; readonly files: BlueprintFiles }

/** Files of the suite. The holdout is never varied: its questions are read for nothing but the exam. */
export function stabilityFiles({
  suite,
  examples,
  kinds,
  most,
}: {
  suite: Suite
  examples: readonly Example[]
  kinds: readonly Perturbation[]
  /** The most originals, in file order. */
  most: number
}): Varied {
  const splits: readonly Split[] = suite.splits.filter((split) => split !== 'holdout')
  const originals = examples.filter(({ split, id }) => splits.includes(split) && !id.includes(MARK)).slice(0, most)
  const rows = originals.flatMap((example) => [inCluster(example), ...variantsOf(example, kinds)])
  const name = `${suite.name}-perturbed`
  return {
    originals: originals.length,
    variants: rows.length - originals.length,
    files: {
      [`datasets/${name}.jsonl`]: `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
      [`evals/${suite.name}-stability.yaml`]: yamlText({
        description: `The questions of ${suite.name} as other people would ask them; read with the stability of an experiment.`,
        dataset: name,
        splits,
        evaluators: suite.evaluators,
        primary: suite.primary,
        margin: suite.margin,
      }),
    },
  }
}

/** Variants of one question are no new questions: they count as one cluster with it. */
const inCluster = (example: Example): Example => ({ ...example, cluster: example.cluster ?? example.id })

function variantsOf(example: Example, kinds: readonly Perturbation[]): Example[] {
  const turns = turnsOf(example)
  const last = turns.at(-1)
  if (!last) return []
  return kinds.flatMap((kind) => {
    const content = perturb(last.content, kind)
    if (content === undefined) return []
    const input = typeof example.input === 'string' ? content : [...turns.slice(0, -1), { ...last, content }]
    return [
      {
        ...inCluster(example),
        id: `${example.id}${MARK}${kind}`,
        input,
        source: `perturbation ${kind} of ${example.id}`,
        metadata: { ...example.metadata, synthetic: true, of: example.id, perturbation: kind },
      },
    ]
  })
}
