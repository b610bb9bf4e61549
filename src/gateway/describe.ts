/** What a request says of itself, for its record. */
import { turnsShown } from '../core/asked.ts'
import { DRILL_MARK } from '../core/fault.ts'
import type { ClientRequest } from './client-request.ts'
import type { Exchange } from './exchange.ts'
import { headerOf, metadataHeader } from './request-headers.ts'

/** From here it costs more to make a conversation into a record than to keep the request as it came. */
const LARGE_BYTES = 4 * 1024
/** What is larger holds pictures and files, of which a trace keeps the names. */
const MOST_KEPT_BYTES = 1024 * 1024

export function describe(exchange: Exchange, chat: ClientRequest, bytes: Buffer): void {
  const { facts, request } = exchange
  facts.requestedModel = chat.model
  facts.stream = chat.stream
  // A large conversation is made into turns when its record is taken in, in another thread.
  if (bytes.length < LARGE_BYTES || bytes.length > MOST_KEPT_BYTES) takeInput(exchange, chat)
  else exchange.keptBody = { call: chat.protocol.call, body: bytes }
  facts.user = chat.safetyIdentifier ?? chat.user
  const header = headerOf(request, 'airworthy-metadata')
  facts.metadata = header === undefined ? chat.metadata : { ...chat.metadata, ...metadataHeader(header) }
  // Only a drill may say that it is one: its requests are left out of figures.
  const { [DRILL_MARK]: mark, ...others } = facts.metadata
  if (mark !== undefined) facts.metadata = others
}

/** As turns, now. */
export function takeInput(exchange: Exchange, chat: ClientRequest): void {
  exchange.facts.input = turnsShown(chat.protocol.messages(chat.body))
  exchange.keptBody = undefined
}
