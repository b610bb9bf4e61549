/** Datasets of the installation, and what they are told by others. */
import { personalDataIn } from '../assurance/index.ts'
import { createDatasets, datasetsHttp } from '../evals/index.ts'
import type { Capability, CapabilityDeps } from './capabilities.ts'

export function wireDatasets(deps: CapabilityDeps): Capability {
  const datasets = createDatasets({ ...deps, blobs: deps.store.blobs, personalDataIn })
  return { http: datasetsHttp(datasets), personalPlaces: datasets.personalPlaces }
}
