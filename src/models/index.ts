/** The public surface of models. */
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
export { ModelCard, ModelPrice, Provider, ProviderInput, ProviderTest } from './contract.ts'
