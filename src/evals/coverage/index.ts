/** Coverage: whether suites hold what people ask; the only file of it that others import. */
export { coverageHttp } from './http.ts'
export { type CoverageDeps, createCoverage, createCoverageProducer } from './producer.ts'
