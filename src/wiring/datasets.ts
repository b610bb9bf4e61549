/** Datasets of the installation, and what they are told by others. */
import { personalDataIn } from '../assurance/index.ts'
import { createDatasets, type DatasetsDeps, datasetsHttp } from '../evals/index.ts'
import type { Store } from '../store/store.ts'

type Deps = Omit<DatasetsDeps, 'blobs' | 'personalDataIn'> & { readonly store: Pick<Store, 'blobs'> }

export function wireDatasets(deps: Deps) {
  const datasets = createDatasets({ ...deps, blobs: deps.store.blobs, personalDataIn })
  return { http: datasetsHttp(datasets), personalPlaces: datasets.personalPlaces }
}
