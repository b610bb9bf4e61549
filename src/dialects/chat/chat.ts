/** OpenAI's chat completions, as clients speak them and as providers are spoken to. */
import type { Inbound, Outbound } from '../dialect.ts'
import { createSseReader } from '../sse.ts'
import { createChatReader, readChatAnswer } from './read-answer.ts'
import { CHAT_NAMES, readChatRequest } from './read-request.ts'
import { createChatWriter, writeChatAnswer, writeChatError, writeChatStreamError } from './write-answer.ts'
import { writeChatRequest } from './write-request.ts'

export const chatInbound: Inbound = {
  wire: 'chat',
  names: CHAT_NAMES,
  matters: new Set(['audio', 'modalities', 'functions', 'function_call', 'web_search_options']),
  readRequest: readChatRequest,
  writeAnswer: writeChatAnswer,
  createWriter: createChatWriter,
  writeError: writeChatError,
  writeStreamError: writeChatStreamError,
}

export const chatOutbound: Outbound = {
  wire: 'chat',
  writeRequest: writeChatRequest,
  readAnswer: readChatAnswer,
  createFrames: createSseReader,
  createReader: createChatReader,
}
