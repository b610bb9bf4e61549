/** Datasets of the installation and their quality, and what they are told by others. */

import type { Access } from '../access/index.ts'
import {
  createDataQuality,
  createDatasetQuality,
  createKnowledgeQuality,
  createSynthesis,
  dataQualityHttp,
  knowledgeQualityHttp,
  personalDataIn,
  type QualityDeps,
  synthesisHttp,
} from '../assurance/index.ts'
import { examplesText } from '../core/blueprint/prompt-examples.ts'
import type { Delivery } from '../delivery/index.ts'
import { createDatasets, type DatasetsDeps, datasetsHttp } from '../evals/index.ts'
import { Failure } from '../kernel/failure.ts'
import { HOUR, type Instant } from '../kernel/time.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Models } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import { dataGuard } from './data-doors.ts'
import { asking } from './judging.ts'
import type { OwnWork } from './own-work.ts'

type Deps = Omit<DatasetsDeps, 'blobs' | 'personalDataIn' | 'traceOf' | 'demandData'> & {
  readonly store: Pick<Store, 'blobs' | 'jobs'>
  readonly models: Models
  readonly own: OwnWork
  readonly telemetry: Pick<Telemetry, 'get'>
  readonly delivery: Pick<Delivery, 'newestRelease' | 'getRelease' | 'getApplication'>
  readonly knowledge: Pick<Knowledge, 'passagesOf'>
  readonly access: Access
  readonly report: (thrown: unknown, where?: string) => void
}

/** Of a dataset that is asked for; the newest of them are looked through. */
const MOST_VERSIONS = 200

export function wireDatasets(deps: Deps) {
  const traceOf: DatasetsDeps['traceOf'] = async (caller, traceId) => {
    const { input, output, summary, feedback } = await deps.telemetry.get({ caller, traceId })
    const correction = feedback.findLast((one) => one.correction !== null)?.correction ?? null
    return { turns: input, answer: output, application: summary.application, release: summary.release, correction }
  }
  const textsOf: QualityDeps['textsOf'] = async (application) => {
    const manifest = (await deps.delivery.newestRelease(application).catch(() => undefined))?.manifest
    if (!manifest) return null
    const passages = manifest.index ? [...(await deps.knowledge.passagesOf(manifest.index))] : null
    return {
      prompts: manifest.prompts.map((prompt) => `${prompt.body}\n${examplesText(prompt)}`),
      passages: passages?.map(({ title, text }) => `${title}\n${text}`) ?? null,
    }
  }
  const demand = dataGuard(deps)
  const demandData: DatasetsDeps['demandData'] = (caller, { application, dataset }) =>
    demand(caller, { application, given: { kind: 'dataset', name: dataset } })
  const datasets = createDatasets({ ...deps, blobs: deps.store.blobs, personalDataIn, traceOf, demandData })
  const synthesis = createSynthesis({
    ...deps,
    jobs: deps.store.jobs,
    datasets,
    newestReleaseOf: deps.delivery.newestRelease,
    passagesOf: deps.knowledge.passagesOf,
    ...asking(deps.models, deps.own),
  })
  const quality = createDatasetQuality({ ...deps, systemActor: deps.access.systemActor, datasets, textsOf })
  const documents = createKnowledgeQuality({
    releaseOf: deps.delivery.getRelease,
    applicationOf: deps.delivery.getApplication,
    passagesOf: deps.knowledge.passagesOf,
  })
  let timer: NodeJS.Timeout | undefined
  const look = () => void quality.runDue(deps.report).catch(deps.report)
  return {
    documents,
    producers: [
      createDataQuality({
        examplesOf: deps.examplesOf,
        passagesOf: deps.knowledge.passagesOf,
        labelsFor: quality.labelsFor,
      }),
    ],
    http: [
      ...datasetsHttp(datasets),
      ...dataQualityHttp(quality),
      ...knowledgeQualityHttp(documents),
      ...synthesisHttp(synthesis),
    ],
    personalPlaces: datasets.personalPlaces,
    /** The first version of a dataset that was registered after an instant; undefined while there is none. */
    async versionSince(name: string, since: Instant): Promise<{ version: number; at: Instant } | undefined> {
      const caller = { actor: deps.access.systemActor, role: 'owner' as const, application: null }
      try {
        const { items } = await datasets.versions({ name, caller, limit: MOST_VERSIONS })
        const later = items.filter(({ at }) => at > since).at(-1)
        return later && { version: later.number, at: later.at }
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.kind === 'unknown') return undefined
        throw thrown
      }
    },
    start(): void {
      timer = setInterval(look, HOUR)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}
