/** OpenAI's Responses: `POST /v1/responses`. */
import { messagesAsked } from '../../core/asked.ts'
import { billedIn, billedInUsage, responsesInbound, responsesOutbound } from '../../dialects/index.ts'
import { metadataOf, wrong } from './parsed-request.ts'
import { type Protocol, readOf, usageOf, withBilled } from './protocol.ts'
import { readWith } from './read-events.ts'

export const responsesProtocol: Protocol = {
  call: 'responses',
  operation: 'chat',
  inbound: responsesInbound,
  idPrefix: 'resp_',
  parse(body) {
    const { input, prompt, previous_response_id: previous, safety_identifier: safety, user } = body
    const hasInput = (typeof input === 'string' && input !== '') || (Array.isArray(input) && input.length > 0)
    if (!hasInput && !prompt && !previous) throw wrong('input', '`input` is a text or a list with at least one item.')
    const most = body.max_output_tokens
    return {
      includeUsage: true,
      safetyIdentifier: typeof safety === 'string' && safety !== '' ? safety : null,
      user: typeof user === 'string' && user !== '' ? user : null,
      maxOutputTokens: typeof most === 'number' && Number.isSafeInteger(most) && most > 0 ? most : null,
      metadata: metadataOf(body.metadata),
    }
  },
  messages: (body) => messagesAsked('responses', body),
  kept: new Set([
    'model',
    'input',
    'instructions',
    'stream',
    'stream_options',
    'user',
    'safety_identifier',
    'metadata',
    'store',
    'include',
    'previous_response_id',
  ]),
  demandsLastEvent: true,
  readAnswer: (body) => withBilled(readOf(responsesOutbound.readAnswer(body)), billedIn(body)),
  createReader: () => readWith(responsesOutbound),
  readUsage(usage) {
    const read = usageOf(responsesOutbound.readAnswer({ output: [], usage }).usage)
    return read && { ...read, ...billedInUsage(usage) }
  },
}
