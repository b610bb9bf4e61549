/** A provider that fails in the ways in which providers fail, in the words of a dialect. */
import type { ServerResponse } from 'node:http'
import { type Tongue, WHOLE } from './fault-tongue.example.ts'

export type Asked = {
  readonly response: ServerResponse
  readonly says: Tongue
  readonly stream: boolean
  /** How often it was asked, this time included. */
  readonly times: number
  readonly name: string
}
export type Behave = (asked: Asked) => void

/** The bytes of each event of the whole stream. */
const events = ({ says, name }: Asked): Buffer[] => says.events(name)
const openStream = ({ response, says }: Asked) => response.writeHead(200, { 'content-type': says.kind })

export const well: Behave = (asked) => {
  const { stream } = asked
  if (stream) openStream(asked).end(Buffer.concat(events(asked)))
  else saying(WHOLE)(asked)
}

/** The whole answer in one piece. */
export const saying =
  (text: string): Behave =>
  ({ response, says, name }) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(says.whole(name, text)))

export const status =
  (code: number, headers: Record<string, string> = {}, said = 'no', type = 'some_error'): Behave =>
  ({ response, says }) => {
    const told = { code: type, message: said, status: code, field: null } as const
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(says.error(told)))
  }

/** Behaves so the first times, then well. */
export const first =
  (count: number, behave: Behave): Behave =>
  (asked) =>
    (asked.times <= count ? behave : well)(asked)

export const reset: Behave = ({ response }) => void response.socket?.resetAndDestroy()

/** After the head, and before the first piece. */
export const resetAfterHead: Behave = (asked) => {
  if (asked.stream) openStream(asked).flushHeaders()
  else asked.response.writeHead(200, { 'content-type': 'application/json' }).write('{')
  setTimeout(() => asked.response.socket?.resetAndDestroy(), 20)
}

/** A long answer, as fast as somebody reads it; `sent` hears of every piece that has left. */
export const flood =
  (words: readonly string[], sent: (pieces: number) => void): Behave =>
  async (asked) => {
    const response = openStream(asked)
    for (const [pieces, bytes] of asked.says.events(asked.name, words).entries()) {
      if (!response.write(bytes)) await new Promise((resolve) => response.once('drain', resolve))
      sent(pieces)
    }
    response.end()
  }

export const silent: Behave = () => {}

/** A whole answer, whose first piece is late. */
export const late =
  (ms: number): Behave =>
  (asked) => {
    if (asked.stream) openStream(asked).flushHeaders()
    const timer = setTimeout(() => (asked.stream ? asked.response.end(Buffer.concat(events(asked))) : well(asked)), ms)
    asked.response.once('close', () => clearTimeout(timer))
  }

/** The first pieces of a stream, and then what somebody does with it. */
export const after =
  (pieces: number, then: (response: ServerResponse, asked: Asked) => void): Behave =>
  (asked) => {
    openStream(asked).write(Buffer.concat(events(asked).slice(0, pieces + 1)), () => then(asked.response, asked))
  }

/** Cut in the middle of an event. */
export const cutInside: Behave = (asked) => {
  const bytes = Buffer.concat(events(asked).slice(0, 41))
  openStream(asked).write(bytes.subarray(0, -12), () => asked.response.destroy())
}

/** The tenth event cannot be read. */
export const brokenEvent: Behave = (asked) => {
  const all = events(asked)
  all[10] = asked.says.broken
  openStream(asked).write(Buffer.concat(all.slice(0, 10)))
  setTimeout(() => asked.response.end(Buffer.concat(all.slice(10))), 30)
}

/** Everything but what says that all is well. */
export const withoutEnd =
  (missing: number): Behave =>
  (asked) => {
    const all = events(asked).filter(({ length }) => length > 0)
    openStream(asked).end(Buffer.concat(all.slice(0, -missing)))
  }

export const streamError =
  (pieces: number): Behave =>
  (asked) => {
    const error = asked.says.streamError({ code: 'overloaded', message: 'overloaded', status: 529, field: null })
    openStream(asked).write(Buffer.concat(events(asked).slice(0, pieces)))
    setTimeout(() => asked.response.end(error), pieces === 0 ? 0 : 30)
  }

export const body =
  (text: string, type = 'application/json'): Behave =>
  ({ response }) =>
    void response.writeHead(200, { 'content-type': type }).end(text)

/** Words before and after one of its own choice; a stream comes in two parts that are cut in the middle of it. */
export const sayingBack =
  (word: string, before: number): Behave =>
  (asked) => {
    const words = Array.from({ length: 60 }, (_, n) => (n === before ? `${word} ` : `word${n} `))
    if (!asked.stream) return saying(words.join(''))(asked)
    const bytes = Buffer.concat(asked.says.events(asked.name, words))
    const middle = bytes.indexOf(word) + Math.floor(word.length / 2)
    openStream(asked).write(bytes.subarray(0, middle))
    setTimeout(() => asked.response.end(bytes.subarray(middle)), 30)
  }

/** The whole stream byte by byte, so that every cut is tried. */
export const inBytes =
  (bytes: Buffer): Behave =>
  async (asked) => {
    const response = openStream(asked)
    for (const byte of bytes)
      if (!response.write(Buffer.of(byte))) await new Promise((go) => response.once('drain', go))
    response.end()
  }

/** The whole stream under a content type that is none. */
export const mistyped: Behave = (asked) => {
  asked.response.writeHead(200, { 'content-type': 'text/plain' }).end(Buffer.concat(events(asked)))
}
