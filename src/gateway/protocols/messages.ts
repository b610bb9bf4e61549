/** Anthropic's Messages: `POST /v1/messages`. */
import { messagesAsked } from '../../core/asked.ts'
import { billedIn, billedInUsage, messagesInbound, messagesOutbound } from '../../dialects/index.ts'
import { isRecord, wrong } from './parsed-request.ts'
import { type Protocol, readOf, usageOf, withBilled } from './protocol.ts'
import { readWith } from './read-events.ts'

export const messagesProtocol: Protocol = {
  call: 'messages',
  operation: 'chat',
  inbound: messagesInbound,
  idPrefix: 'msg_',
  parse({ messages, max_tokens: most, metadata }) {
    if (!Array.isArray(messages) || messages.length === 0)
      throw wrong('messages', '`messages` is a list with at least one message.')
    const user = isRecord(metadata) && typeof metadata.user_id === 'string' && metadata.user_id
    return {
      includeUsage: true,
      safetyIdentifier: null,
      user: user || null,
      maxOutputTokens: typeof most === 'number' && Number.isSafeInteger(most) && most > 0 ? most : null,
      metadata: {},
    }
  },
  messages: (body) => messagesAsked('messages', body),
  // Clients of this dialect must name a limit, so it is no wish of theirs.
  kept: new Set(['model', 'messages', 'system', 'stream', 'metadata', 'max_tokens']),
  demandsLastEvent: true,
  readAnswer: (body) => withBilled(readOf(messagesOutbound.readAnswer(body)), billedIn(body)),
  createReader: () => readWith(messagesOutbound),
  readUsage(usage) {
    const read = usageOf(messagesOutbound.readAnswer({ content: [], usage }).usage)
    return read && { ...read, ...billedInUsage(usage) }
  },
}
