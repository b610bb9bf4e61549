/** Datasets: rows of files into examples, and examples into the parts of a manifest; the only file that others import. */

export { inputKey, plain, textOf } from './admit.ts'
export { createDatasets, type Datasets } from './datasets.ts'
export type { DatasetsDeps } from './deps.ts'
export { datasetsHttp } from './http.ts'
export { datasetsMigrations } from './migrations.ts'
export {
  countSplits,
  createExamplesOf,
  datasetDigest,
  datasetPart,
  type ExamplesOf,
  jsonLinesOf,
  parseDataset,
} from './part.ts'
export { own as datasetsTables } from './store.ts'
