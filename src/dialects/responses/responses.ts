/** OpenAI's Responses, as clients speak them and as providers are spoken to. */
import type { Inbound, Outbound } from '../dialect.ts'
import { createSseReader } from '../sse.ts'
import { createResponsesReader, readResponsesAnswer } from './read-answer.ts'
import { readResponsesRequest } from './read-request.ts'
import {
  createResponsesWriter,
  writeResponsesAnswer,
  writeResponsesError,
  writeResponsesStreamError,
} from './write-answer.ts'
import { writeResponsesRequest } from './write-request.ts'

export const responsesInbound: Inbound = {
  wire: 'responses',
  names: {
    maxOutputTokens: 'max_output_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    logprobs: 'top_logprobs',
    format: 'text.format',
    verbosity: 'text.verbosity',
    reasoning: 'reasoning',
    toolChoice: 'tool_choice',
    parallelTools: 'parallel_tool_calls',
    serviceTier: 'service_tier',
    user: 'safety_identifier',
    metadata: 'metadata',
    cacheKey: 'prompt_cache_key',
    store: 'store',
  },
  matters: new Set(['conversation', 'prompt', 'image']),
  readRequest: readResponsesRequest,
  writeAnswer: writeResponsesAnswer,
  createWriter: createResponsesWriter,
  writeError: writeResponsesError,
  writeStreamError: writeResponsesStreamError,
}

export const responsesOutbound: Outbound = {
  wire: 'responses',
  writeRequest: writeResponsesRequest,
  readAnswer: readResponsesAnswer,
  createFrames: createSseReader,
  createReader: createResponsesReader,
}
