/** Labels that answers told; the only file that the rest of evals imports. */
export { type Cells as ClassCells, createCells as classCells } from './cells.ts'
export { compareCells as classDifferences } from './compared.ts'
export { figuresOf as classFigures } from './figures.ts'
export { classesHttp } from './http.ts'
