/** Figures over a corpus; the only file that the rest of evals imports. */
export { intervalOf as corpusInterval } from './counts.ts'
export { answerCounts, FIGURES as CORPUS_FIGURES, readFigure, SIZE as CORPUS_SIZE } from './figures.ts'
export { addTo, createSums } from './groups.ts'
export { corpusHttp } from './http.ts'
export { intervalsOf as corpusDifference, shuffledP } from './pairs.ts'
