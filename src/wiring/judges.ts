/** Judges and the people that they are held against. */
import type { Config } from '../config.ts'
import type { Delivery } from '../delivery/index.ts'
import {
  type AnnotationDeps,
  type AnnotationDoors,
  annotationHttp,
  annotationPlace,
  createAnnotation,
  createFairness,
  createJudges,
  createStudies,
  createSwaps,
  type Evals,
  type Experiment,
  type ExperimentRow,
  judgesHttp,
  numbersOf,
  studiesHttp,
  swapsHttp,
} from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Models } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import { dataGuard } from './data-doors.ts'
import { judging } from './judging.ts'
import type { OwnWork } from './own-work.ts'

const PAGE = 1000
/** Each page counts the differences of all rows anew, so that few large ones are quicker. */
const ROWS_AT_ONCE = 10_000

type Deps = Pick<AnnotationDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly evals: Evals
  readonly evidence: EvidenceLog
  readonly delivery: Delivery
  readonly knowledge: Knowledge
  readonly models: Models
  readonly own: OwnWork
  readonly config: Config
  readonly store: Store
}

export function wireJudges(deps: Deps) {
  const { evals, evidence, delivery, knowledge, models, own, config, store } = deps
  const getExperiment = evals.get
  async function rowsOf(ask: { id: Experiment['id']; arm: string }): Promise<ExperimentRow[]> {
    const rows: ExperimentRow[] = []
    let cursor: string | undefined
    do {
      const { items, next } = await evals.rows({ ...ask, order: 'dataset', limit: ROWS_AT_ONCE, cursor })
      // What is held out is labelled by nobody: its words are not shown.
      rows.push(...items.filter(({ isHidden }) => !isHidden))
      cursor = next ?? undefined
    } while (cursor !== undefined)
    return rows
  }
  const annotation = createAnnotation({
    ...deps,
    getExperiment,
    rowsOf,
    async passagesOf(release, ids) {
      const { index } = (await delivery.getRelease(release)).manifest
      const texts = new Map<string, string>()
      if (!index || ids.size === 0) return texts
      for (const { id, text } of await knowledge.passagesOf(index)) if (ids.has(id)) texts.set(id, text)
      return texts
    },
  })
  const judges = createJudges({
    ...deps,
    jobs: store.jobs,
    annotation,
    getExperiment,
    releaseOf: delivery.getRelease,
    newestReleaseOf: delivery.newestRelease,
    ...judging(models, own, config),
  })
  const studies = createStudies({
    ...deps,
    annotation,
    getExperiment,
    rowsOf,
    releaseOf: delivery.getRelease,
    recordEvidence: evidence.record,
  })
  const { getRelease: releaseOf, releaseBefore, frozenBefore } = delivery
  const swaps = createSwaps({ releaseOf, releaseBefore, frozenBefore, evals })
  const fairness = createFairness({
    experimentsOf: async (release) => (await evals.list({ release, state: 'succeeded', limit: PAGE })).items,
    numbersOf: (ask) => numbersOf(deps.db, ask),
    examplesOf: evals.examplesOf,
  })
  const demand = dataGuard(deps)
  const demandData: AnnotationDoors['demandData'] = async (caller, { application, datasets, documents }) => {
    for (const name of datasets) await demand(caller, { application, given: { kind: 'dataset', name } })
    if (documents) await demand(caller, { application, given: { kind: 'documents' } })
  }
  return {
    swaps,
    http: [
      ...annotationHttp(annotation, { demandData }),
      ...judgesHttp(judges, { releaseOf: delivery.getRelease, getExperiment }),
      ...studiesHttp(studies),
      ...swapsHttp(swaps, { releaseOf: delivery.getRelease }),
    ],
    producers: [judges.producer, fairness],
    personalPlaces: [annotationPlace(deps)],
  }
}
