/** What is sent to a provider that speaks another dialect than the client, and what of the request is lost on the way. */
import type { Wire } from '../dialects/index.ts'
import { Failure } from '../kernel/failure.ts'
import { outboundOf, type ProviderCall, type Spoken, speechOf } from '../models/index.ts'
import { type ClientRequest, canonicalOf } from './client-request.ts'

/** What becomes of a field that the provider's dialect cannot say. */
export type LossPolicy = 'reject' | 'warn' | 'drop'

export type Translation = {
  readonly wire: Wire
  readonly call: ProviderCall
  /** Undefined where the client's own bytes go up. */
  readonly body: unknown
  /** Fields that were left out, as the client is told. */
  readonly dropped: readonly string[]
}

/** Undefined when the provider speaks the client's dialect, and its bytes can pass. Throws what must not be left out. */
export function translationFor({
  chat,
  spoken,
  model,
  policy,
}: {
  chat: ClientRequest
  spoken: Spoken
  /** The provider's own name of it. */
  model: string
  /** Undefined: what would change the answer is rejected, the rest named. */
  policy: LossPolicy | undefined
}): Translation | undefined {
  const { protocol } = chat
  if (spoken.speaks.includes(protocol.call)) return undefined
  if (protocol.onlyPasses) throw notSpoken(model, chat)
  const wire = wireOf(spoken)
  const { request, unread } = canonicalOf(chat)
  const { body, losses } = outboundOf(wire).writeRequest(request, { model, quirks: spoken.quirks })
  const { names, matters } = protocol.inbound
  // By the names that the client used, or might have used.
  const named = losses.map((loss) => ({ ...loss, field: names[loss.field as keyof typeof names] ?? loss.field }))
  const lost = [...unread.map((field) => ({ field, changesAnswer: matters.has(field) })), ...named]
  const refused = lost.filter(({ changesAnswer }) => policy === 'reject' || (policy === undefined && changesAnswer))
  if (refused.length > 0)
    throw cannotCarry(
      refused.map(({ field }) => field),
      model,
    )
  return {
    wire,
    call: wire === 'messages' || wire === 'responses' ? wire : 'chat',
    body,
    dropped: lost.map(({ field }) => field).filter((field) => /^[\w.-]{1,80}$/.test(field)),
  }
}

/**
 * For an answer that is looked at on its way: the request goes up as it came, and what the provider says in the same
 * dialect is read and written again.
 */
export const readAgain = ({ protocol: { call, inbound } }: ClientRequest): Translation => ({
  wire: inbound.wire,
  call,
  body: undefined,
  dropped: [],
})

/** The dialect that its provider speaks best, of those that it speaks at all. */
function wireOf({ dialect, speaks }: Spoken): Wire {
  const { wire } = speechOf(dialect)
  const spoken = (['chat', 'messages', 'responses'] as const).filter((one) => speaks.includes(one))
  return spoken.some((one) => one === wire) ? wire : (spoken[0] ?? wire)
}

export const notSpoken = (model: string, { protocol: { call } }: ClientRequest): Failure =>
  new Failure(
    'invalid',
    'gateway.call-not-answered',
    `The provider of ${model} answers no ${call}. Ask another, or say in its entry that it does (\`speaks\`).`,
    { problems: [{ field: 'model', message: `takes no ${call}` }] },
  )

export const cannotCarry = (fields: readonly string[], model: string): Failure =>
  new Failure(
    'invalid',
    'gateway.field-not-carried',
    `${model} speaks another dialect, which has no word for ${fields.join(', ')}. Leave it out, ask a model that knows it, or let a route drop it (\`onUnsupported\`).`,
    { problems: fields.map((field) => ({ field, message: 'the provider has no word for it' })) },
  )
