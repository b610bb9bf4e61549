/** Labels that answers told; the only file that the rest of evals imports. */
export { createCells } from './cells.ts'
export { compareCells } from './compared.ts'
export { calibratedOf, classesOf, FIGURES, figuresOf } from './figures.ts'
export { classesHttp } from './http.ts'
