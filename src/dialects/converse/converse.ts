/** Bedrock's Converse and ConverseStream. The model stands in the address; the stream is no text, but framed bytes. */
import type { Outbound } from '../dialect.ts'
import { createAwsEventStreamReader, isAwsEventStream } from './aws-event-stream.ts'
import { createConverseReader, readConverseAnswer } from './read-answer.ts'
import { writeConverseRequest } from './write-request.ts'

export const converseOutbound: Outbound = {
  wire: 'converse',
  writeRequest: writeConverseRequest,
  readAnswer: readConverseAnswer,
  createFrames: createAwsEventStreamReader,
  isFramed: isAwsEventStream,
  createReader: createConverseReader,
}
