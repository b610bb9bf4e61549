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
