export { createExample, type Example, type Play, type Telling } from './example.ts'
export { exampleHttp } from './http.ts'
