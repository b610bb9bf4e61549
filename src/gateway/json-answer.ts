/** A JSON answer that passes: held whole while it is small, so that its cost stands in the head. */

import type { Usage } from '../core/usage.ts'
import { Failure } from '../kernel/failure.ts'
import { readJson, readTail } from './answer-reader.ts'
import { keepBytes } from './kept-bytes.ts'
import type { Head, Passed, PassedAnswer } from './passed.ts'
import { NOTHING_READ, type Read } from './protocols/read.ts'

/** Kept for the trace, and the most that is held. */
const KEEP_BYTES = 1024 * 1024
/** Nobody bills an error. */
const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, estimated: true }

export class JsonAnswer implements PassedAnswer {
  readonly #passed: Passed
  readonly #head: Head
  readonly #kept = keepBytes(KEEP_BYTES)
  #held: Buffer[] = []

  constructor(passed: Passed, head: Head) {
    this.#passed = passed
    this.#head = head
  }

  onPiece(piece: Buffer): boolean {
    const { exchange } = this.#passed
    const { response } = exchange
    this.#kept.push(piece)
    if (exchange.state === 'cancelled') return true
    if (this.#kept.isSmall()) {
      this.#held.push(piece)
      exchange.move('held')
      return true
    }
    if (!response.headersSent) this.#passed.writeHead(this.#head)
    exchange.move('sent')
    for (const one of this.#held.splice(0)) exchange.write(one)
    return exchange.write(piece)
  }

  onEnd(): void {
    const { exchange, provider } = this.#passed
    const { status } = this.#head
    const { response } = exchange
    const all = this.#kept.take()
    if (status === 401 || status === 403) {
      exchange.producer = undefined
      throw refusedKey(provider, status)
    }
    const found = 'whole' in all ? readJson(exchange.protocol, all.whole) : readTail(exchange.protocol, all.tail)
    if (status < 400 && !found) throw this.#passed.unreadable('it is no answer to such a request')
    // It was answered well as far as HTTP is concerned, and is an error all the same.
    if (status < 400 && found?.error && !response.headersSent) throw this.#passed.failedInside(found.error)
    // A tail holds the last word of an answer that is whole.
    const read = { ...(found ?? NOTHING_READ), isWhole: true }
    this.#passed.takeFacts(status < 400 ? read : { ...read, usage: read.usage ?? NO_USAGE })
    exchange.move('sent')
    this.#passed.keepRecord(this.#head)
    if (response.headersSent || !('whole' in all)) {
      this.#passed.addCostTrailer()
      exchange.end()
      return
    }
    this.#passed.writeHead(this.#head, all.whole.length)
    exchange.end(all.whole)
  }

  read(): Read {
    const all = this.#kept.take()
    const { protocol } = this.#passed.exchange
    return ('whole' in all ? readJson(protocol, all.whole) : readTail(protocol, all.tail)) ?? NOTHING_READ
  }
}

/** The provider does not take our key; to the client that is our fault, not its own. */
const refusedKey = (provider: string, status: number): Failure =>
  new Failure(
    'unavailable',
    'models.upstream-refused-key',
    `${provider} does not accept our key (${status}). Set a working one with PUT /api/v1/providers/${provider}.`,
  )
