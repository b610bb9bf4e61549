/** The dialect that a provider is spoken to in. */
import { chatOutbound, messagesOutbound, type Outbound, responsesOutbound, type Wire } from '../dialects/index.ts'

const OUTBOUND: Readonly<Partial<Record<Wire, Outbound>>> = {
  chat: chatOutbound,
  messages: messagesOutbound,
  responses: responsesOutbound,
}

export function outboundOf(wire: Wire): Outbound {
  const outbound = OUTBOUND[wire]
  if (outbound) return outbound
  throw new Error(`no dialect ${wire}`)
}
