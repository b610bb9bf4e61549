/** `eval.fairness` from the newest run of each suite of a release; attributes that cases carry as pairs are read as pairs. */
import type { DatasetPart, Example } from '../../core/dataset.ts'
import type { Manifest } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { Experiment } from '../experiment.ts'
import type { RowsReader } from '../row-pages/index.ts'
import { draftFairness } from './fairness.ts'
import type { PairedCase } from './pairs.ts'

const PAGE = 1000

export type FairnessDeps = {
  /** Those that succeeded, the newest first. */
  readonly experimentsOf: (release: ReleaseId) => Promise<readonly Experiment[]>
  readonly rows: RowsReader
  readonly examplesOf: (part: DatasetPart) => Promise<readonly Example[]>
}

export function createFairness({ experimentsOf, rows, examplesOf }: FairnessDeps): Producer {
  /** Each example with its score, repeats averaged; without one when any repeat has none. */
  async function casesOf({ id, dataset, primary }: Experiment, manifest: Manifest): Promise<PairedCase[]> {
    const part = manifest.datasets.find(({ name }) => name === dataset)
    if (!part) return []
    const scores = new Map<string, (number | null)[]>()
    for (let cursor: string | undefined; ; ) {
      const page = await rows({ id, arm: 'candidate', order: 'dataset', cursor, limit: PAGE })
      for (const row of page.items)
        scores.set(row.example, [...(scores.get(row.example) ?? []), row.scores[primary]?.score ?? null])
      if (page.next === null) break
      cursor = page.next
    }
    return (await examplesOf(part)).flatMap(({ id: example, cluster, metadata }) => {
      const own = scores.get(example)
      return own ? [{ cluster: cluster ?? example, metadata: metadata ?? {}, score: meanOf(own) }] : []
    })
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

function meanOf(scores: readonly (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null)
  return known.length < scores.length ? null : known.reduce((sum, score) => sum + score, 0) / known.length
}
