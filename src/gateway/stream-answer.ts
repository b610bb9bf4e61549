/**
 * A stream that passes: held until its first piece that means something, then handed on as it comes. What tells the
 * client that all is well waits until the record is kept.
 */
import { readPart } from './answer-reader.ts'
import { keepBytes } from './kept-bytes.ts'
import type { Head, Passed, PassedAnswer } from './passed.ts'
import type { Read } from './protocols/read.ts'
import { isUnderWay } from './stream-state.ts'

/** Kept for the trace. */
const KEEP_BYTES = 1024 * 1024
/** Held for want of anything that means something. */
const HOLD_BYTES = 32 * 1024
/** Enough of what came before to know an event that comes in two pieces. */
const TAIL = 64

export class StreamAnswer implements PassedAnswer {
  readonly #passed: Passed
  readonly #head: Head
  readonly #kept = keepBytes(KEEP_BYTES)
  #held: Buffer[] = []
  #heldBytes = 0
  #tail = ''
  /** Its last event has begun. */
  #isEnding = false

  constructor(passed: Passed, head: Head) {
    this.#passed = passed
    this.#head = head
  }

  onPiece(piece: Buffer): boolean {
    const { exchange } = this.#passed
    // After the last word it is nobody's; without the client it is read for its usage.
    if (!isUnderWay(exchange.state)) {
      if (exchange.state === 'cancelled') this.#kept.push(piece)
      return true
    }
    this.#kept.push(piece)
    const text = piece.toString('latin1')
    const isLast = this.#isEnd(text)
    if (exchange.state === 'committed' && !this.#isEnding) return exchange.response.write(piece)
    this.#held.push(piece)
    this.#heldBytes += piece.length
    if (isLast) {
      exchange.answered()
      this.onEnd()
      return true
    }
    if (this.#isEnding) return true
    exchange.move('held')
    if ((this.#heldBytes < HOLD_BYTES && !exchange.protocol.isSemantic(text)) || !this.#commit()) return true
    return exchange.response.write(this.#takeHeld())
  }

  onEnd(): void {
    const { exchange } = this.#passed
    const read = this.read()
    // A provider that closes its stream without saying that it is done, or why it stopped, has broken it off.
    const isFinished = read.finishReason !== null && !exchange.protocol.demandsLastEvent
    if (!read.isWhole && !isFinished && !read.error) throw this.#passed.brokenOff()
    this.#passed.takeFacts(read)
    if (!this.#commit()) return
    if (read.error) exchange.refusedUpstream(this.#head.status, 'models.upstream-failed')
    else this.#passed.keepRecord(this.#head)
    this.#passed.addCostTrailer()
    if (this.#held.length > 0) exchange.response.write(this.#takeHeld())
    exchange.response.end()
  }

  read(): Read {
    return readPart(this.#passed.exchange.protocol, this.#kept.take())
  }

  #commit(): boolean {
    if (!this.#passed.exchange.move('sent')) return false
    if (!this.#passed.exchange.response.headersSent) this.#passed.writeHead(this.#head)
    return true
  }

  #takeHeld(): Buffer {
    const [only, ...more] = this.#held
    this.#held = []
    return only && more.length === 0 ? only : Buffer.concat(only ? [only, ...more] : [])
  }

  /** True when the last event, and the empty line after it, are here; they may come in several pieces. */
  #isEnd(text: string): boolean {
    const near = this.#tail + text
    this.#isEnding ||= this.#passed.exchange.protocol.lastEvent.test(near)
    this.#tail = near.slice(-TAIL)
    return this.#isEnding && /\n\r?\n$/.test(near)
  }
}
