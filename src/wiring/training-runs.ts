/** Training runs of own models, joined with cards, weights, datasets and MLflow. */
import { filesOfVersion, findNamedVersion, readMlflow } from '../evals/index.ts'
import {
  type Cards,
  createTrainingRuns,
  factsOfTraining,
  type ModelSource,
  type ModelWeights,
  trainingRunsHttp,
} from '../models/index.ts'
import type { Blobs } from '../store/blobs.ts'

type Deps = Omit<
  Parameters<typeof createTrainingRuns>[0],
  'ground' | 'findVersion' | 'isErased' | 'readMlflow' | 'demandModel'
> & {
  readonly blobs: Pick<Blobs, 'erased'>
  readonly models: { card(model: string): unknown }
  readonly weights: Pick<ModelWeights, 'newestOf'>
  /** Made after this. */
  readonly cards: () => Cards | undefined
}

export async function wireTrainingRuns({ blobs, models, weights, cards, ...deps }: Deps) {
  const cardOf = (said: string) => {
    const known = cards()
    const names = known?.names() ?? []
    const model = names.includes(said)
      ? said
      : names.find((name) => known?.identityOf(name)?.toLowerCase() === said.toLowerCase())
    if (model === undefined) return undefined
    const licence = known?.valueOf(model, 'licence')
    return { model, licence: typeof licence === 'string' ? licence : null }
  }
  const demandModel = (model: string) => {
    if (!cards()?.names().includes(model)) models.card(model)
  }
  const runs = await createTrainingRuns({
    ...deps,
    demandModel,
    ground: { weightsOf: weights.newestOf, cardOf },
    findVersion: (caller, named) => findNamedVersion(deps, caller, named),
    async isErased(version) {
      const [files, erased] = await Promise.all([filesOfVersion(deps, version), blobs.erased()])
      return files.some((file) => erased.has(file))
    },
    readMlflow,
  })
  return {
    http: trainingRunsHttp(runs, demandModel),
    personalPlaces: runs.personalPlaces,
    reload: runs.reload,
    standingOf: runs.standingOf,
    /** What the newest record says, as a source of the card. */
    sourceOf(model: string): Omit<ModelSource, 'organisation' | 'model'>[] {
      const [run] = runs.runsOf(model)
      if (!run) return []
      const { id, recordedAt, recordedBy } = run
      const place = `training run ${id}`
      return [{ kind: 'training', place, facts: factsOfTraining(run), verified: {}, recordedAt, recordedBy }]
    },
    /** For papers, a line each; none for a model that was not trained here. */
    linesOf: (model: string): string[] => {
      const standing = runs.standingOf(model)
      const [run] = runs.runsOf(model)
      if (!standing || !run) return []
      const { id, method, seed, code, recordedBy, recordedAt } = run
      return [
        `${method ?? 'method unknown'}, ${id}, recorded by ${recordedBy} on ${recordedAt.slice(0, 10)}`,
        `code ${code?.revision ?? 'unknown'}, seed ${seed ?? 'unknown'}`,
        standing.complete ? 'Its lineage is complete.' : `Its lineage is not complete: ${standing.missing.join(' ')}`,
      ]
    },
  }
}
