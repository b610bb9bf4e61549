/** Models: the catalogue, one way to ask any of them, and what it costs; the only file that others import. */
export type { AnswerDelta, Answered, Asked, ModelProvider } from './answered.ts'
export { whatWorks } from './catalogue.ts'
export {
  Completion,
  type CompletionDelta,
  type CompletionRequest,
  FinishReason,
  type Grounding,
  type GroundingPassage,
  PriceBookRef,
  Usage,
} from './completion.ts'
export {
  deleteProvider,
  getProvider,
  listModels,
  listProviders,
  ModelCard,
  ModelPrice,
  Provider,
  ProviderInput,
  ProviderTest,
  putProvider,
  testProvider,
} from './contract.ts'
export { countTokens, estimateUsage } from './count-tokens.ts'
export type { ForwardAsk } from './forward.ts'
export { modelsHttp } from './http.ts'
export { modelsMigrations } from './migrations.ts'
export { type ModelPlace, modelsIn, withModel } from './model-in-bytes.ts'
export { createModels, type Models, type ModelsDeps } from './models.ts'
export { type PriceBook, readPriceBook } from './price-book.ts'
export type { RecordAudit } from './provider-table.ts'
export { type Endpoint, endpointHeaders, refused } from './providers/openai.ts'
export type { RecordedAnswer, RecordingSource } from './recordings/recording.ts'
export { createSseReader, type SseReader } from './sse.ts'
export { modelsTables } from './store.ts'
export { chunksOf, type Timeouts, textOf, type Upstream, type UpstreamAnswer, type UpstreamAsk } from './upstream.ts'
export { upstreamFailure } from './upstream-failure.ts'
