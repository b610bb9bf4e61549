/**
 * A client's request in whichever dialect, parsed once. Only what the gateway itself needs is checked; for a provider
 * that speaks the same dialect the rest is the provider's business, and goes there as it came.
 */
import type { Turn } from '../core/conversation.ts'
import type { Part, ReadRequest } from '../dialects/index.ts'
import { Failure } from '../kernel/failure.ts'
import { isRecord, type ParsedRequest, wrong } from './protocols/parsed-request.ts'
import type { Protocol } from './protocols/protocol.ts'

export type ClientRequest = ParsedRequest & {
  readonly protocol: Protocol
  readonly model: string
  readonly stream: boolean
  /** Everything, as parsed. */
  readonly body: Readonly<Record<string, unknown>>
}

export function parseRequest(protocol: Protocol, text: string): ClientRequest {
  const body = recordOf(text)
  const { model, stream = false } = body
  if (typeof model !== 'string' || model === '')
    throw wrong('model', 'Name an application, application@stage or provider/model in `model`.')
  if (stream !== null && typeof stream !== 'boolean') throw wrong('stream', '`stream` is true or false.')
  return { protocol, model, stream: stream === true, body, ...protocol.parse(body) }
}

/** In the form of every dialect. Throws `gateway.request-not-valid`. */
export function canonicalOf({ protocol, body }: Pick<ClientRequest, 'protocol' | 'body'>): ReadRequest {
  const { previous_response_id: previous } = body
  if (protocol.call === 'responses' && previous)
    throw wrong(
      'previous_response_id',
      `There is no response ${String(previous)} that this key may build on, and this model keeps none. Send its items again in \`input\`.`,
    )
  try {
    return protocol.inbound.readRequest(body)
  } catch (thrown) {
    const { field, message } = (thrown instanceof Failure && thrown.problems[0]) || {}
    throw field && message ? wrong(field, message) : thrown
  }
}

/** The conversation as text. Throws for what a model in this process cannot read: tools, pictures and files. */
export function turnsOf({ protocol, body }: ClientRequest): Turn[] {
  const turns = canonicalOf({ protocol, body }).request.messages.map(({ role, content }, index): Turn => {
    const at = `messages.${index}`
    return { role, content: content.flatMap((part) => textOfPart(part, at)).join('\n') }
  })
  demandUser(turns)
  return turns
}

export function demandUser(turns: readonly Turn[]): void {
  if (!turns.some(({ role }) => role === 'user')) throw wrong('messages', 'A conversation needs a message of the user.')
}

/** What an application does not take from a client, because it is frozen in the release. */
export const droppedFields = ({ protocol, body }: ClientRequest): string[] =>
  Object.keys(body).filter((name) => !protocol.kept.has(name) && /^\w{1,64}$/.test(name))

export function textOfPart(part: Part, at: string): string[] {
  if (part.kind === 'text' || part.kind === 'refusal') return [part.text]
  // What a model thought before is no part of what is asked now.
  if (part.kind === 'reasoning') return []
  throw wrong(at, `This application reads text only, found ${FOUND[part.kind]} in ${at}. Send texts.`)
}

const FOUND: Readonly<Record<Exclude<Part['kind'], 'text' | 'refusal' | 'reasoning'>, string>> = {
  image: 'a picture',
  file: 'a file',
  audio: 'a recording',
  'tool-call': 'a call of a tool',
  'tool-result': 'the result of a tool',
  native: 'something that only one provider reads',
}

function recordOf(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Failure('invalid', 'gateway.body-not-json', `The body is not JSON: ${(cause as Error).message}.`, {
      cause,
    })
  }
  if (isRecord(value)) return value
  throw new Failure(
    'invalid',
    'gateway.body-not-json',
    'The body is not a JSON object. Send {"model": …, "messages": […]}.',
  )
}
