/** Datasets of the installation and their quality, and what they are told by others. */
import {
  createDataQuality,
  createDatasetQuality,
  dataQualityHttp,
  personalDataIn,
  type QualityDeps,
} from '../assurance/index.ts'
import type { Delivery } from '../delivery/index.ts'
import { createDatasets, type DatasetsDeps, datasetsHttp } from '../evals/index.ts'
import { HOUR } from '../kernel/time.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'

type Deps = Omit<DatasetsDeps, 'blobs' | 'personalDataIn' | 'traceOf'> & {
  readonly store: Pick<Store, 'blobs'>
  readonly telemetry: Pick<Telemetry, 'get'>
  readonly delivery: Pick<Delivery, 'newestRelease'>
  readonly knowledge: Pick<Knowledge, 'passagesOf'>
  readonly access: { readonly systemActor: QualityDeps['systemActor'] }
  readonly report: (thrown: unknown, where?: string) => void
}

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
      prompts: manifest.prompts.map(({ body }) => body),
      passages: passages?.map(({ title, text }) => `${title}\n${text}`) ?? null,
    }
  }
  const datasets = createDatasets({ ...deps, blobs: deps.store.blobs, personalDataIn, traceOf })
  const quality = createDatasetQuality({ ...deps, systemActor: deps.access.systemActor, datasets, textsOf })
  let timer: NodeJS.Timeout | undefined
  const look = () => void quality.runDue(deps.report).catch(deps.report)
  return {
    producers: [
      createDataQuality({
        examplesOf: deps.examplesOf,
        passagesOf: deps.knowledge.passagesOf,
        labelsFor: quality.labelsFor,
      }),
    ],
    http: [...datasetsHttp(datasets), ...dataQualityHttp(quality)],
    personalPlaces: datasets.personalPlaces,
    start(): void {
      timer = setInterval(look, HOUR)
      timer.unref()
    },
    stop(): void {
      clearInterval(timer)
    },
  }
}
