/** A model that lives in this process (a reader, a recording, a script), asked directly. */
import type { LiveTable } from '../core/live-table.ts'
import { chatOutbound } from '../dialects/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { Completion } from '../models/index.ts'
import { type ClientRequest, canonicalOf, turnsOf } from './client-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import type { Attempt } from './passed.ts'
import { answer, type Produced } from './produce.ts'
import { unknownModel } from './resolve.ts'

/** Never rejects. */
export async function answerInProcess({
  exchange,
  chat,
  model,
  deps,
  names,
  table,
  attempt,
}: {
  exchange: Exchange
  chat: ClientRequest
  model: string
  deps: GatewayDeps
  names: () => readonly string[]
  table: LiveTable
  attempt?: Attempt
}): Promise<void> {
  const produce = async ({ signal, onDelta }: { signal: AbortSignal; onDelta?: (text: string) => void }) => {
    const messages = turnsOf(chat)
    const request = {
      model,
      messages,
      parameters: parametersOf(chat),
      conversation: messages.filter(({ role }) => role !== 'system'),
      signal,
    }
    try {
      for await (const delta of deps.models.stream(request)) {
        if (delta.kind === 'end') return producedOf(delta.completion)
        onDelta?.(delta.text)
      }
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'models.unknown-model')
        throw unknownModel({ model, live: table, caller: exchange.caller, models: names })
      throw thrown
    }
    throw new Failure('unavailable', 'models.stream-cut', `${model} stopped without an end. Try again.`)
  }
  await answer({ exchange, chat, produce, withCitations: false, attempt })
}

const NOT_PARAMETERS = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'user',
  'safety_identifier',
  'metadata',
  'store',
])

/** Under the names of the chat dialect, which such models take. */
const parametersOf = ({ protocol, body, model }: ClientRequest): Record<string, unknown> => {
  const { inbound } = protocol
  const named =
    inbound.wire === 'chat' ? body : chatOutbound.writeRequest(canonicalOf({ protocol, body }).request, { model }).body
  return Object.fromEntries(Object.entries(named).filter(([name]) => !NOT_PARAMETERS.has(name)))
}

const producedOf = (completion: Completion): Produced => ({
  text: completion.text,
  finishReason: completion.finishReason,
  servedBy: completion.servedBy,
  usage: completion.usage,
  costMicroUsd: completion.costMicroUsd,
  priceBook: completion.priceBook,
  charges: completion.charge ? [completion.charge] : [],
  abstained: false,
  citations: [],
  invalidCitations: [],
  steps: [],
})
