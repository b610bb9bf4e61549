/** Knowledge: documents to passages to a frozen index; the only file that others import. */
export { type KnowledgeHttpDeps, knowledgeHttp } from './http.ts'
export { indexOver } from './index-over.ts'
export type { SourceDocument } from './ingest/ingest.ts'
export { createKnowledge, type Knowledge, type KnowledgeDeps, type KnowledgeSettings } from './knowledge.ts'
export type { FoundPassage, Passage } from './passage.ts'
export type { KnowledgeIndex } from './snapshot/index-view.ts'
export { withoutPassages } from './without-passages.ts'
