/** The paths of the gateway, and what clients ask models with at each. */
import { chatProtocol } from './protocols/chat.ts'
import { messagesProtocol } from './protocols/messages.ts'
import { countTokensProtocol, embeddingsProtocol, imagesProtocol } from './protocols/plain.ts'
import type { Protocol } from './protocols/protocol.ts'
import { responsesProtocol } from './protocols/responses.ts'
import { isStoredPath } from './stored-responses.ts'

export const MODELS = '/v1/models'

export const PROTOCOLS = new Map<string, Protocol>([
  ['/v1/chat/completions', chatProtocol],
  ['/v1/responses', responsesProtocol],
  ['/v1/messages', messagesProtocol],
  ['/v1/messages/count_tokens', countTokensProtocol],
  ['/v1/embeddings', embeddingsProtocol],
  ['/v1/images/generations', imagesProtocol],
])

export const isGatewayPath = (path: string): boolean =>
  PROTOCOLS.has(path) || path === MODELS || path.startsWith(`${MODELS}/`) || isStoredPath(path)
