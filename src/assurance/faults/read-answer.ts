/** What a client of a dialect gets out of the bytes of an answer; pure. A stream is whole by its last event, and by nothing else. */
import { createReducer, textOf } from '../../dialects/index.ts'
import { outboundOf } from '../../models/index.ts'
import type { AskForm } from './contract.ts'

/** Bytes as they came, and how they ended: closed as agreed, broken off, or not within the clock. */
export type Heard = {
  readonly status: number
  readonly text: string
  readonly end: 'closed' | 'broke' | 'late'
}

export type Seen = {
  /** error: that of the dialect, with a code · broken-off: neither an end nor an error · unreadable: another dialect. */
  readonly kind: 'answer' | 'error' | 'broken-off' | 'late' | 'unreadable'
  /** The words that reached the client. */
  readonly text: string
  readonly code: string | null
  /** It asks the client to call a tool, which needs no words. */
  readonly hasCalls: boolean
}

const NOTHING: Omit<Seen, 'kind'> = { text: '', code: null, hasCalls: false }

export function readAnswer(form: AskForm, heard: Heard): Seen {
  try {
    if (heard.status !== 200) return heard.end === 'closed' ? errorIn(form, heard.text) : unended(heard, '')
    return form.stream ? streamIn(form, heard) : wholeIn(form, heard)
  } catch {
    return { ...NOTHING, kind: heard.end === 'closed' ? 'unreadable' : unended(heard, '').kind }
  }
}

const unended = ({ end }: Heard, text: string): Seen => ({
  ...NOTHING,
  kind: end === 'late' ? 'late' : 'broken-off',
  text,
})

/** `{error: {message, code}}`, and for messages with its type. */
function errorIn({ dialect }: AskForm, text: string): Seen {
  const body = JSON.parse(text) as { type?: unknown; error?: { message?: unknown; code?: unknown } } | null
  const { message, code } = body?.error ?? {}
  const isOwn = typeof message === 'string' && typeof code === 'string'
  const isTyped = (body?.type === 'error') === (dialect === 'messages')
  return isOwn && isTyped ? { ...NOTHING, kind: 'error', code } : { ...NOTHING, kind: 'unreadable' }
}

function wholeIn({ dialect }: AskForm, heard: Heard): Seen {
  if (heard.end !== 'closed') return unended(heard, '')
  const answer = outboundOf(dialect).readAnswer(JSON.parse(heard.text))
  return { kind: 'answer', text: textOf(answer), code: null, hasCalls: answer.blocks.some(isCall) }
}

const isCall = ({ kind }: { readonly kind: string }): boolean => kind === 'tool-call'

function streamIn({ dialect }: AskForm, heard: Heard): Seen {
  const outbound = outboundOf(dialect)
  const frames = outbound.createFrames()
  const reader = outbound.createReader()
  const reducer = createReducer()
  for (const data of [...frames.push(Buffer.from(heard.text)), ...frames.end()])
    for (const event of reader.push(data)) reducer.push(event)
  const answer = reducer.take()
  const seen = { text: textOf(answer), code: answer.error?.code ?? null, hasCalls: answer.blocks.some(isCall) }
  if (answer.error) return { ...seen, kind: 'error' }
  if (heard.end === 'late') return { ...seen, kind: 'late' }
  // A reason to stop is no end yet for clients of chat completions.
  const isEnded = answer.isWhole && (dialect !== 'chat' || /^data: \[DONE\]$/m.test(heard.text))
  return { ...seen, kind: isEnded && heard.end === 'closed' ? 'answer' : 'broken-off' }
}
