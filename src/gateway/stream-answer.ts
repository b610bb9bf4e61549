/**
 * A stream that passes: held until its first piece that means something, then handed on as it comes. What tells the
 * client that all is well waits until the record is kept.
 */
import { isSemantic, type Read, readPart } from './answer-reader.ts'
import { keepBytes } from './kept-bytes.ts'
import type { Head, Passed, PassedAnswer } from './passed.ts'
import { isUnderWay } from './stream-state.ts'

/** Kept for the trace. */
const KEEP_BYTES = 1024 * 1024
/** Held for want of anything that means something. */
const HOLD_BYTES = 32 * 1024
/** Enough of a stream's end to know its last word. */
const TAIL = 24

export class StreamAnswer implements PassedAnswer {
  readonly #passed: Passed
  readonly #head: Head
  readonly #kept = keepBytes(KEEP_BYTES)
  #held: Buffer[] = []
  #heldBytes = 0
  #tail = ''

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
    const isLast = this.#endsWith(piece)
    if (exchange.state === 'committed' && !isLast) return exchange.response.write(piece)
    this.#held.push(piece)
    this.#heldBytes += piece.length
    if (isLast) {
      exchange.answered()
      this.onEnd()
      return true
    }
    exchange.move('held')
    if ((this.#heldBytes < HOLD_BYTES && !isSemantic(piece)) || !this.#commit()) return true
    return exchange.response.write(this.#takeHeld())
  }

  onEnd(): void {
    const { exchange } = this.#passed
    const read = this.read()
    // A provider that closes its stream without saying that it is done, or why it stopped, has broken it off.
    if (!read.isWhole && read.finishReason === null && !read.error) throw this.#passed.brokenOff()
    this.#passed.takeFacts(read)
    if (!this.#commit()) return
    if (read.error) exchange.refusedUpstream(this.#head.status, 'models.upstream-failed')
    else this.#passed.keepRecord(this.#head)
    this.#passed.addCostTrailer()
    if (this.#held.length > 0) exchange.response.write(this.#takeHeld())
    exchange.response.end()
  }

  read(): Read {
    return readPart(this.#kept.take())
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

  /** `[DONE]` and the empty line after it may come in several pieces. */
  #endsWith(piece: Buffer): boolean {
    this.#tail = (this.#tail + piece.toString('latin1', Math.max(0, piece.length - TAIL))).slice(-2 * TAIL)
    return this.#tail.includes('[DONE]') && /^data: ?\[DONE\]\r?\n\r?\n$/m.test(this.#tail)
  }
}
