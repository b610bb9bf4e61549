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
