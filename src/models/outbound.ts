/** The dialect that a provider is spoken to in. */
import {
  chatOutbound,
  cohereOutbound,
  converseOutbound,
  geminiOutbound,
  messagesOutbound,
  type Outbound,
  responsesOutbound,
  type Wire,
} from '../dialects/index.ts'

const OUTBOUND: Readonly<Record<Wire, Outbound>> = {
  chat: chatOutbound,
  messages: messagesOutbound,
  responses: responsesOutbound,
  gemini: geminiOutbound,
  converse: converseOutbound,
  cohere: cohereOutbound,
}

export const outboundOf = (wire: Wire): Outbound => OUTBOUND[wire]
