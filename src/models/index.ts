/** Models: the catalogue, one way to ask any of them, and what it costs; the only file that others import. */
export {
  type Advisories,
  advisoriesHttp,
  advisoryMigrations,
  advisoryTables,
  type Component,
  createAdvisories,
  modelComponent,
  npmComponent,
  type SupplyChainDeps,
  supplyChainPart,
  supplyChainProducer,
} from './advisories/index.ts'
export type { AnswerDelta, Answered, Asked, ModelProvider } from './answered.ts'
export {
  type Approvals,
  approvalMigrations,
  approvalProducer,
  approvalsHttp,
  approvalTables,
  createApprovals,
  remoteModels,
  termsPart,
  wantedBy,
} from './approvals/index.ts'
export type { BatchOutcome, BatchRequest, SentBatch } from './batches/index.ts'
export type { Call, CallSink, UpstreamHeaders } from './call.ts'
export { type Cards, cardMigrations, cardsHttp, cardTables, createCards, type ModelSource } from './cards/index.ts'
export {
  Completion,
  type CompletionDelta,
  type CompletionRequest,
  type ExchangeTurn,
  FinishReason,
  type Grounding,
  type GroundingPassage,
  type OfferedTool,
  PriceBookRef,
  type SaidPart,
  ToolCall,
  type ToolResult,
} from './completion.ts'
export { countTokens, estimateUsage } from './count-tokens.ts'
export { SAID_BACK_ACTION } from './credentials/said-back.ts'
export type { Embed, Embedded } from './embed.ts'
export { type Compared, createExit } from './exit/index.ts'
export { actionOf, actionOfCode, type FailureAction, mayHeal, type Trouble, troubleOf } from './failure-action.ts'
export { type ForwardAsk, forwardTo } from './forward.ts'
export { createGateways, type GatewayReport, type Gateways, gatewaysHttp, gatewayTables } from './gateways/index.ts'
export { modelsHttp } from './http.ts'
export { modelsMigrations } from './migrations.ts'
export type { ModelPlace } from './model-in-bytes.ts'
export { createModels, type Models, type ModelsDeps } from './models.ts'
export { LicencePack, obligationLines, obligationsIn } from './obligations/index.ts'
export { TIER_SOURCE, withOpenAiTiers } from './openai-tiers.ts'
export { outboundOf } from './outbound.ts'
export { platformsHttp } from './platforms/http.ts'
export { platformsOf } from './platforms/platform.ts'
export { joinPriceBooks, type PriceBook } from './price-book.ts'
export { importPriceList, withAnthropicRules } from './price-import.ts'
export { decideUnknownPrice, priceTables } from './prices/index.ts'
export { type Endpoint, endpointHeaders, refused } from './providers/endpoint.ts'
export { NEARLY_USED, type Quota, type Quotas, quotaTables } from './quotas/index.ts'
export type { RecordedAnswer, RecordingSource } from './recordings/recording.ts'
export { createRounds, type RoundsDeps, roundMigrations, roundsHttp, roundTables } from './rounds/index.ts'
export { type ModelRoute, type RouteTimeouts, routeTables } from './routes/index.ts'
export { demandNoKey, hidingSaid } from './said-back.ts'
export { resealCredentials } from './sealed.ts'
export {
  type ComparedModel,
  type ComparisonAsk,
  createShortlists,
  type Known,
  type ModelComparison,
  type ServingMode,
  type Shortlists,
  shortlistMigrations,
  shortlistsHttp,
  shortlistTables,
} from './shortlists/index.ts'
export { type ProviderCall, type Spoken, speechOf } from './speech.ts'
export { modelsTables } from './store.ts'
export { createTimings, timingsHttp } from './timings/index.ts'
export {
  createTrainingRuns,
  factsOfTraining,
  type TrainingRuns,
  trainingRunMigrations,
  trainingRunsHttp,
  trainingRunTables,
} from './training-runs/index.ts'
export {
  createUpstream,
  type Timeouts,
  textOf,
  type Upstream,
  type UpstreamAnswer,
  type UpstreamAsk,
} from './upstream.ts'
export {
  createWatch,
  externalProducer,
  type ModelWatch,
  watchHttp,
  watchMigrations,
  watchTables,
} from './watch/index.ts'
export {
  createWeights,
  factsOfWeights,
  type ModelWeights,
  type Weights,
  weightsHttp,
  weightsMigrations,
  weightsTables,
} from './weights/index.ts'
