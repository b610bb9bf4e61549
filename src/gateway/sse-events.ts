/**
 * A stream cut into whole events without a change of a byte: what is handed on always ends where an event ends, so
 * that an error of ours never stands in the middle of one.
 */
import { Failure } from '../kernel/failure.ts'

const MOST_BYTES = 16 * 1024 * 1024
const LF = Buffer.from('\n\n')
const CRLF = Buffer.from('\r\n\r\n')
const NONE = Buffer.alloc(0)

export class SseEvents {
  /** Pieces of an event that has not ended: put together once, when it does, however many there are. */
  #rest: Buffer[] = []
  #restBytes = 0
  /** The last bytes of what is left, with which an end may begin. */
  #tail: Buffer = NONE

  /** The bytes of the events that this piece completes, often none. */
  push(piece: Buffer): Buffer {
    const seen = this.#tail.length === 0 ? piece : Buffer.concat([this.#tail, piece])
    const end = endOfEvents(seen) - this.#tail.length
    if (end <= 0) {
      this.#keep(piece, seen)
      return NONE
    }
    const whole =
      this.#rest.length === 0 ? piece.subarray(0, end) : Buffer.concat([...this.#rest, piece.subarray(0, end)])
    this.#clear()
    const rest = piece.subarray(end)
    if (rest.length > 0) this.#keep(rest, rest)
    return whole
  }

  /** What is left when the stream ends; a last event may lack its empty line. */
  end(): Buffer {
    const rest = Buffer.concat(this.#rest)
    this.#clear()
    return rest
  }

  #keep(piece: Buffer, seen: Buffer): void {
    this.#rest.push(piece)
    this.#restBytes += piece.length
    this.#tail = seen.subarray(Math.max(0, seen.length - CRLF.length + 1))
    if (this.#restBytes > MOST_BYTES)
      throw new Failure('unavailable', 'models.stream-cut', 'The provider sent an event that has no end.')
  }

  #clear(): void {
    this.#rest = []
    this.#restBytes = 0
    this.#tail = NONE
  }
}

/** Whether bytes begin as a stream of events does, whatever they are called. */
export const looksLikeStream = (piece: Buffer): boolean =>
  /^(?::|data:|event:|id:|retry:)/.test(piece.toString('latin1', 0, 8))

/** The data of each event, its lines joined as the standard says (HTML, 9.2.6). */
export function dataOf(events: Buffer): string[] {
  const found: string[] = []
  let data: string | undefined
  for (const line of events.toString('utf8').split('\n')) {
    if (line.startsWith('data:')) {
      const text = line.slice(line[5] === ' ' ? 6 : 5)
      const clean = text.endsWith('\r') ? text.slice(0, -1) : text
      data = data === undefined ? clean : `${data}\n${clean}`
    } else if (data !== undefined && (line === '' || line === '\r')) {
      found.push(data)
      data = undefined
    }
  }
  if (data !== undefined) found.push(data)
  return found
}

function endOfEvents(bytes: Buffer): number {
  const lf = bytes.lastIndexOf(LF)
  const crlf = bytes.lastIndexOf(CRLF)
  return Math.max(lf < 0 ? 0 : lf + LF.length, crlf < 0 ? 0 : crlf + CRLF.length)
}
