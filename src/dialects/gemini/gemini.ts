/** Google's generateContent, as the Gemini API and Vertex AI are spoken to. The model stands in the address. */
import type { Outbound } from '../dialect.ts'
import { createSseReader } from '../sse.ts'
import { createGeminiReader, readGeminiAnswer } from './read-answer.ts'
import { writeGeminiRequest } from './write-request.ts'

export const geminiOutbound: Outbound = {
  wire: 'gemini',
  writeRequest: writeGeminiRequest,
  readAnswer: readGeminiAnswer,
  createFrames: createSseReader,
  createReader: createGeminiReader,
}
