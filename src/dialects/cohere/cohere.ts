/** Cohere's chat, second version. */
import type { Outbound } from '../dialect.ts'
import { createSseReader } from '../sse.ts'
import { createCohereReader, readCohereAnswer } from './read-answer.ts'
import { writeCohereRequest } from './write-request.ts'

export const cohereOutbound: Outbound = {
  wire: 'cohere',
  writeRequest: writeCohereRequest,
  readAnswer: readCohereAnswer,
  createFrames: createSseReader,
  createReader: createCohereReader,
}
