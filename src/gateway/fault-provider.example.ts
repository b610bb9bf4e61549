/** A provider that fails in the ways in which providers fail, in the words of a dialect. */
import type { ServerResponse } from 'node:http'
import type { AnswerEvent, Inbound } from '../dialects/index.ts'

/** What a healthy provider says, in sixty pieces. */
const WORDS = Array.from({ length: 60 }, (_, n) => `word${n} `)
export const WHOLE = WORDS.join('')
const USAGE = { inputTokens: 20, outputTokens: 60 }

export type Asked = {
  readonly response: ServerResponse
  readonly writes: Inbound
  readonly stream: boolean
  /** How often it was asked, this time included. */
  readonly times: number
  readonly name: string
}
export type Behave = (asked: Asked) => void

const head = (name: string) => ({ id: 'up-1', created: 1, model: `${name}-model` })

/** The text of each event of the whole stream. */
function events({ writes, name }: Asked): string[] {
  const writer = writes.createWriter(head(name), { includeUsage: true })
  const all: AnswerEvent[] = [
    { type: 'open', block: 0, start: { kind: 'text' } },
    ...WORDS.map((text) => ({ type: 'delta', block: 0, text }) as const),
    { type: 'close', block: 0 },
    { type: 'usage', usage: USAGE },
    { type: 'finish', reason: 'stop' },
    { type: 'end' },
  ]
  return all.map((event) => writer.push(event))
}

const openStream = ({ response }: Asked) => response.writeHead(200, { 'content-type': 'text/event-stream' })

export const well: Behave = (asked) => {
  const { response, writes, stream, name } = asked
  if (stream) {
    openStream(asked).end(events(asked).join(''))
    return
  }
  const answer = {
    id: 'up-1',
    model: name,
    blocks: [{ kind: 'text', text: WHOLE }],
    finish: { reason: 'stop' },
    usage: USAGE,
    error: null,
    isWhole: true,
  } as const
  const body = JSON.stringify(writes.writeAnswer(answer, head(name)))
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

export const status =
  (code: number, headers: Record<string, string> = {}, said = 'no', type = 'some_error'): Behave =>
  ({ response, writes }) => {
    const told = { code: type, message: said, status: code, field: null }
    response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(writes.writeError(told)))
  }

/** Behaves so the first times, then well. */
export const first =
  (count: number, behave: Behave): Behave =>
  (asked) =>
    (asked.times <= count ? behave : well)(asked)

export const reset: Behave = ({ response }) => void response.socket?.resetAndDestroy()

export const silent: Behave = () => {}

/** A whole answer, whose first piece is late. */
export const late =
  (ms: number): Behave =>
  (asked) => {
    if (asked.stream) openStream(asked).flushHeaders()
    const timer = setTimeout(() => (asked.stream ? asked.response.end(events(asked).join('')) : well(asked)), ms)
    asked.response.once('close', () => clearTimeout(timer))
  }

/** The first pieces of a stream, and then what somebody does with it. */
export const after =
  (pieces: number, then: (response: ServerResponse, asked: Asked) => void): Behave =>
  (asked) => {
    openStream(asked).write(
      events(asked)
        .slice(0, pieces + 1)
        .join(''),
      () => then(asked.response, asked),
    )
  }

/** Cut in the middle of an event. */
export const cutInside: Behave = (asked) => {
  const text = events(asked).slice(0, 41).join('')
  openStream(asked).write(text.slice(0, -12), () => asked.response.destroy())
}

/** The tenth event is no JSON. */
export const brokenEvent: Behave = (asked) => {
  const all = events(asked)
  all[10] = 'data: {"id": "up-1", "choi\n\n'
  openStream(asked).write(all.slice(0, 10).join(''))
  setTimeout(() => asked.response.end(all.slice(10).join('')), 30)
}

/** Everything but what says that all is well. */
export const withoutEnd =
  (missing: number): Behave =>
  (asked) => {
    openStream(asked).end(
      events(asked)
        .filter((text) => text !== '')
        .slice(0, -missing)
        .join(''),
    )
  }

export const streamError =
  (pieces: number): Behave =>
  (asked) => {
    const text = asked.writes.writeStreamError({ code: 'overloaded', message: 'overloaded', status: 529, field: null })
    const before = pieces === 0 ? '' : events(asked).slice(0, pieces).join('')
    openStream(asked).write(before)
    setTimeout(() => asked.response.end(text), before === '' ? 0 : 30)
  }

export const body =
  (text: string, type = 'application/json'): Behave =>
  ({ response }) =>
    void response.writeHead(200, { 'content-type': type }).end(text)

/** The whole stream under a content type that is none. */
export const mistyped: Behave = (asked) => {
  asked.response.writeHead(200, { 'content-type': 'text/plain' }).end(events(asked).join(''))
}
