/** A model that lives in this process (a reader, a recording, a script), asked directly. */
import type { LiveTable } from '../core/live-table.ts'
import { chatOutbound } from '../dialects/index.ts'
import { type GuardedAnswer, guardAnswer } from '../flows/index.ts'
import type { ModelGuards } from '../guardrails/index.ts'
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
  guards,
  attempt,
}: {
  exchange: Exchange
  chat: ClientRequest
  model: string
  deps: GatewayDeps
  names: () => readonly string[]
  table: LiveTable
  guards: ModelGuards | undefined
  attempt: Attempt | undefined
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
    const { steps } = exchange.facts
    const guarded = guards && guardAnswer(guards, { clock: deps.clock, keep: (step) => steps.push(step) })
    try {
      for await (const delta of deps.models.stream(request)) {
        if (delta.kind === 'end') return { ...lastOf(delta.completion, { guarded, onDelta }), steps }
        const text = guarded ? guarded.push(delta.text) : delta.text
        onDelta?.(text)
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

/** The whole of it; what guardrails held back is sent, and what they said is kept. */
function lastOf(
  completion: Completion,
  { guarded, onDelta }: { guarded: GuardedAnswer | undefined; onDelta: ((text: string) => void) | undefined },
): Produced {
  const produced = producedOf(completion)
  if (!guarded) return produced
  const { rest, text, isBlocked } = guarded.end()
  onDelta?.(rest)
  guarded.tell()
  return { ...produced, text, ...(isBlocked && { finishReason: 'filtered' }) }
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
