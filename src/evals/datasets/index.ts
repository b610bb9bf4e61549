/** Datasets: rows of files into examples, and examples into the parts of a manifest; the only file that others import. */
export {
  countSplits,
  createExamplesOf,
  datasetDigest,
  datasetPart,
  type ExamplesOf,
  jsonLinesOf,
  parseDataset,
} from './part.ts'
