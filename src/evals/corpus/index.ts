/** Figures over a corpus; the only file that the rest of evals imports. */
export { type CorpusDeps, ROWS_AT_ONCE, rowsOf } from './corpus.ts'
export { type CorpusRow, intervalOf as corpusInterval } from './counts.ts'
export {
  answerCounts,
  FIGURES as CORPUS_FIGURES,
  LEAST_CLUSTERS,
  LEVEL,
  readFigure,
  SIZE as CORPUS_SIZE,
} from './figures.ts'
export { addTo, createGroups, createSums, wholeZero } from './groups.ts'
export { corpusHttp } from './http.ts'
export { intervalsOf as corpusDifference, neededPairs, nonInferiorOf, shuffledP } from './pairs.ts'
