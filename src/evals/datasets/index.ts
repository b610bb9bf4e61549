/** Datasets: rows of files into examples, and examples into the parts of a manifest; the only file that others import. */

export { inputKey, plain } from './admit.ts'
export type { Reader } from './allowed.ts'
export { type Dataset, QuarantinedRow, VersionSummary } from './dataset.ts'
export { createDatasets, type Datasets } from './datasets.ts'
export type { DatasetsDeps } from './deps.ts'
export { createExamplesOf, type ExamplesOf } from './examples-of.ts'
export { createHoldout, type HoldoutOf } from './holdout.ts'
export { datasetsHttp } from './http.ts'
export { contentOf } from './import/content.ts'
export { readFile } from './import/read-file.ts'
export { type Columns, isObject } from './import/read-row.ts'
export { readSheets } from './import/spreadsheet.ts'
export { datasetsMigrations } from './migrations.ts'
export { filesOfVersion, findNamedVersion } from './named-version.ts'
export {
  countSplits,
  datasetDigest,
  datasetPart,
  jsonLinesOf,
  parseDataset,
} from './part.ts'
export { fillExamples } from './prompt-examples.ts'
export { type ReferenceDeps, referencedPart } from './reference.ts'
export { createSample } from './sample.ts'
export { own as datasetsTables } from './store.ts'
export { markOf } from './version-writer.ts'
