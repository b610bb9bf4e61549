/**
 * An OpenAI chat request, parsed once. Only what the gateway itself needs is checked; for a provider the rest is the
 * provider's business, and goes there as it came.
 */
import type { Turn } from '../core/conversation.ts'
import { Failure } from '../kernel/failure.ts'

export type ChatRequest = {
  readonly model: string
  readonly messages: readonly unknown[]
  readonly stream: boolean
  /** A last chunk with the usage was asked for. */
  readonly includeUsage: boolean
  readonly safetyIdentifier: string | null
  readonly user: string | null
  readonly maxOutputTokens: number | null
  readonly metadata: Readonly<Record<string, string>>
  /** Everything, as parsed. */
  readonly body: Readonly<Record<string, unknown>>
}

export function parseChat(text: string): ChatRequest {
  const body = recordOf(text)
  const { model, messages, stream = false, stream_options: options, user, safety_identifier: safety } = body
  if (typeof model !== 'string' || model === '')
    throw wrong('model', 'Name an application, application@stage or provider/model in `model`.')
  if (!Array.isArray(messages) || messages.length === 0)
    throw wrong('messages', '`messages` is a list with at least one message.')
  if (stream !== null && typeof stream !== 'boolean') throw wrong('stream', '`stream` is true or false.')
  const most = body.max_completion_tokens ?? body.max_tokens
  return {
    model,
    messages,
    stream: stream === true,
    includeUsage: isRecord(options) && options.include_usage === true,
    safetyIdentifier: typeof safety === 'string' && safety !== '' ? safety : null,
    user: typeof user === 'string' && user !== '' ? user : null,
    maxOutputTokens: typeof most === 'number' && Number.isSafeInteger(most) && most > 0 ? most : null,
    metadata: metadataOf(body.metadata),
    body,
  }
}

/** What an application does not take from a client, because it is frozen in the release. */
export const droppedFields = ({ body }: ChatRequest): string[] =>
  Object.keys(body).filter((name) => !KEPT.has(name) && /^\w{1,64}$/.test(name))

const KEPT = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'user',
  'safety_identifier',
  'metadata',
  'store',
])

/** The conversation as text. Throws for what an application cannot read: tool messages and pictures. */
export function turnsOf(messages: readonly unknown[]): Turn[] {
  const turns = messages.map((message, index) => turnOf(message, index))
  if (!turns.some(({ role }) => role === 'user')) throw wrong('messages', 'A conversation needs a message of the user.')
  return turns
}

/** The conversation for the trace: what is text, the rest named, the newest that fits. Never throws. */
export function shownTurns(messages: readonly unknown[]): Turn[] {
  const turns: Turn[] = []
  let room = SHOWN_CHARACTERS
  for (const message of messages.toReversed()) {
    const { role, content } = isRecord(message) ? message : {}
    const text = shownText(content)
    turns.push({ role: ROLES[String(role)] ?? 'user', content: cut(text, room) })
    room -= text.length
    if (room <= 0) break
  }
  return turns.reverse()
}

/** The words that a conversation began with; they know it again. */
export function firstUserText(messages: readonly unknown[]): string {
  const first = messages.find((message) => isRecord(message) && message.role === 'user')
  return isRecord(first) ? shownText(first.content) : ''
}

/** What is kept of a text in a trace. */
export const cut = (text: string, most = SHOWN_CHARACTERS): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most))} […cut, ${text.length} characters]`

/** A trace holds this much of what was asked and as much of what was answered. */
const SHOWN_CHARACTERS = 256 * 1024

const ROLES: Readonly<Record<string, Turn['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
}

function turnOf(message: unknown, index: number): Turn {
  const at = `messages.${index}`
  if (!isRecord(message)) throw wrong(at, 'A message is an object with `role` and `content`.')
  const role = ROLES[String(message.role)]
  if (!role)
    throw wrong(`${at}.role`, `Applications take system, user and assistant messages, found ${String(message.role)}.`)
  const { content } = message
  if (typeof content === 'string') return { role, content }
  if (content === null || content === undefined) return { role, content: '' }
  if (!Array.isArray(content)) throw wrong(`${at}.content`, '`content` is text or a list of text parts.')
  const texts = content.map((part) => {
    if (isRecord(part) && part.type === 'text' && typeof part.text === 'string') return part.text
    throw wrong(`${at}.content`, 'This application reads text only; send parts of the type `text`.')
  })
  return { role, content: texts.join('\n') }
}

function shownText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part) => (isRecord(part) && typeof part.text === 'string' ? part.text : `[${String(part?.type ?? 'part')}]`))
    .join('\n')
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

/** OpenAI's metadata: texts by name; what is no text is left out. */
export function metadataOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => ['string', 'number', 'boolean'].includes(typeof one))
      .slice(0, 32)
      .map(([name, one]) => [name.slice(0, 64), String(one).slice(0, 512)]),
  )
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrong = (field: string, message: string) =>
  new Failure('invalid', 'gateway.request-not-valid', message, { problems: [{ field, message }] })
