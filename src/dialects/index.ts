/** Dialects of language models: read and written by way of one canonical form; the only file that others import. */
export {
  type Answer,
  type AnswerBlock,
  type AnswerEvent,
  type AnswerUsage,
  type BlockStart,
  type FinishReason,
  textOf,
} from './answer.ts'
export { type Billed, billedIn, billedInUsage, createBilledReader } from './billed.ts'
export type { Loss } from './carry.ts'
export { chatInbound, chatOutbound } from './chat/chat.ts'
export { cohereOutbound } from './cohere/cohere.ts'
export { converseOutbound } from './converse/converse.ts'
export type {
  AnswerHead,
  FrameReader,
  Inbound,
  Outbound,
  StreamReader,
  StreamWriter,
  Told,
  WrittenRequest,
} from './dialect.ts'
export {
  type Embeddings,
  type EmbeddingsOutbound,
  type EmbeddingsRequest,
  embeddingsOutbound,
  openAiEmbeddings,
  readEmbeddingsRequest,
  writeEmbeddings,
} from './embeddings.ts'
export { geminiOutbound } from './gemini/gemini.ts'
export { messagesInbound, messagesOutbound } from './messages/messages.ts'
export { applyQuirks, type Quirks } from './quirks.ts'
export { createReducer, eventsOf, reduce } from './reduce.ts'
export type { CanonicalRequest, Message, Part, ReadRequest, Settings, Tool, Wire } from './request.ts'
export { responsesInbound, responsesOutbound } from './responses/responses.ts'
export { createSseReader } from './sse.ts'
