/** The quality of data: of a release's, as evidence, and of a dataset's, as runs; the only file that others import. */
export { createDataQuality } from './data-quality.ts'
export { dataQualityHttp, knowledgeQualityHttp } from './http.ts'
export { createKnowledgeQuality, type ReleaseKnowledge } from './knowledge-quality.ts'
export { dataQualityMigrations } from './migrations.ts'
export { findNearDuplicates, jaccard, shinglesOf } from './near-duplicates.ts'
export { personalDataIn } from './personal-data.ts'
export { createDatasetQuality, type QualityDeps } from './quality.ts'
export { own as dataQualityTables } from './store.ts'
