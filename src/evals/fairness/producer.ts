/** `eval.fairness` from the newest run of each suite of a release; attributes that cases carry as pairs are read as pairs. */
import type { Manifest } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { Experiment } from '../experiment.ts'
import type { RowNumbers } from '../numbers/index.ts'
import { draftFairness } from './fairness.ts'
import type { PairedCase } from './pairs.ts'

export type FairnessDeps = {
  /** Those that succeeded, the newest first. */
  readonly experimentsOf: (release: ReleaseId) => Promise<readonly Experiment[]>
  /** The scores of an arm, in the order of the dataset. */
  readonly numbersOf: (ask: {
    experiment: Experiment['id']
    evaluators: readonly string[]
    arm: string
  }) => AsyncIterable<readonly Pick<RowNumbers, 'exampleNumber' | 'scores'>[]>
  readonly examplesOf: Pick<ExamplesOf, 'pieces'>
}

export function createFairness({ experimentsOf, numbersOf, examplesOf }: FairnessDeps): Producer {
  /** Each example with its score, repeats averaged; without one when any repeat has none. */
  async function casesOf({ id, dataset, primary }: Experiment, manifest: Manifest): Promise<PairedCase[]> {
    const part = manifest.datasets.find(({ name }) => name === dataset)
    if (!part) return []
    const sums = new Float64Array(part.rows + 1)
    const counts = new Uint16Array(part.rows + 1)
    for await (const page of numbersOf({ experiment: id, evaluators: [primary], arm: 'candidate' }))
      for (const { exampleNumber: at, scores } of page) {
        sums[at] = (sums[at] ?? 0) + (scores[0] ?? Number.NaN)
        counts[at] = (counts[at] ?? 0) + 1
      }
    const cases: PairedCase[] = []
    let number = 0
    for await (const piece of examplesOf.pieces(part))
      for (const { id: example, cluster = example, metadata = {} } of piece) {
        const count = counts[++number] ?? 0
        const mean = (sums[number] ?? 0) / count
        if (count > 0) cases.push({ cluster, metadata, score: Number.isNaN(mean) ? null : mean })
      }
    return cases
  }

  return {
    name: 'evals/fairness',
    checks: ['eval.fairness'],
    quote: async () => FREE,
    async run({ release, by }) {
      const experiments = await experimentsOf(release.id)
      const cases = new Map<string, PairedCase[]>()
      for (const { name, slices = [] } of release.manifest.suites) {
        const experiment = slices.length > 0 ? experiments.find((one) => one.suite === name) : undefined
        if (experiment) cases.set(name, await casesOf(experiment, release.manifest))
      }
      const draft = draftFairness({ release, experiments, cases, by })
      return draft ? [draft] : []
    },
  }
}
