/** Knowledge: documents to passages to a frozen index; the only file that others import. */
export { ANALYSERS, type AnalyserName } from './analysers/analysers.ts'
export { getPassage, searchPassages } from './contract.ts'
export { type KnowledgeHttpDeps, knowledgeHttp } from './http.ts'
export type { SourceDocument } from './ingest/ingest.ts'
export type { IngestSettings } from './ingest/reading.ts'
export {
  createKnowledge,
  DEFAULT_KNOWLEDGE,
  INDEX_NAME,
  type Knowledge,
  type KnowledgeDeps,
  type KnowledgeSettings,
} from './knowledge.ts'
export { FoundPassage, Passage } from './passage.ts'
export type { IndexSettings } from './snapshot/build.ts'
export type { KnowledgeIndex } from './snapshot/index-view.ts'
