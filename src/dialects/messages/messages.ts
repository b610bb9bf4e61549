/** Anthropic's Messages, as clients speak them and as providers are spoken to. */
import type { Inbound, Outbound } from '../dialect.ts'
import { createSseReader } from '../sse.ts'
import { createMessagesReader, readMessagesAnswer } from './read-answer.ts'
import { readMessagesRequest } from './read-request.ts'
import {
  createMessagesWriter,
  writeMessagesAnswer,
  writeMessagesError,
  writeMessagesStreamError,
} from './write-answer.ts'
import { writeMessagesRequest } from './write-request.ts'

export const messagesInbound: Inbound = {
  wire: 'messages',
  names: {
    maxOutputTokens: 'max_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    stop: 'stop_sequences',
    format: 'output_config.format',
    reasoning: 'thinking',
    toolChoice: 'tool_choice',
    parallelTools: 'tool_choice.disable_parallel_tool_use',
    serviceTier: 'service_tier',
    user: 'metadata.user_id',
  },
  matters: new Set(['container']),
  readRequest: readMessagesRequest,
  writeAnswer: writeMessagesAnswer,
  createWriter: createMessagesWriter,
  writeError: writeMessagesError,
  writeStreamError: writeMessagesStreamError,
}

export const messagesOutbound: Outbound = {
  wire: 'messages',
  writeRequest: writeMessagesRequest,
  readAnswer: readMessagesAnswer,
  createFrames: createSseReader,
  createReader: createMessagesReader,
}
