/**
 * A stream that passes: held until its first piece that means something, then handed on event by event as it comes.
 * What tells the client that all is well waits until the record is kept.
 */
import { Failure } from '../kernel/failure.ts'
import type { Head, Passed, PassedAnswer } from './passed.ts'
import type { EventReader, Read, Seen } from './protocols/read.ts'
import { dataOf, SseEvents } from './sse-events.ts'
import { isUnderWay } from './stream-state.ts'

/** Held for want of anything that means something. */
const HOLD_BYTES = 32 * 1024

export class StreamAnswer implements PassedAnswer {
  readonly #passed: Passed
  readonly #head: Head
  readonly #events = new SseEvents()
  readonly #reader: EventReader
  #held: Buffer[] = []
  #heldBytes = 0

  constructor(passed: Passed, head: Head) {
    this.#passed = passed
    this.#head = head
    this.#reader = passed.exchange.protocol.createReader()
  }

  onPiece(piece: Buffer): boolean {
    return this.#take(this.#events.push(piece))
  }

  onEnd(): void {
    const { exchange } = this.#passed
    this.#take(this.#events.end())
    if (!isUnderWay(exchange.state)) return
    const read = this.read()
    // A provider that closes its stream without saying that it is done, or why it stopped, has broken it off.
    if (read.finishReason === null || exchange.protocol.demandsLastEvent) throw this.#passed.brokenOff()
    this.#end(read)
  }

  read(): Read {
    return this.#reader.read()
  }

  /** False when the client should be waited for. */
  #take(events: Buffer): boolean {
    if (events.length === 0) return true
    const { exchange } = this.#passed
    const seen = this.#readAll(events)
    // After the last word it is nobody's; without the client it was read for its usage.
    if (!isUnderWay(exchange.state)) return true
    // Nothing has left, so that it is a failure like any other, which another may heal.
    if (seen === 'error' && exchange.state !== 'committed') throw this.#passed.failedInside(this.read().error)
    if (seen === 'frame' || seen === 'piece') {
      if (exchange.state === 'committed') return exchange.write(events)
      this.#hold(events)
      exchange.move('held')
      if ((seen === 'frame' && this.#heldBytes < HOLD_BYTES) || !this.#commit()) return true
      return exchange.write(this.#takeHeld())
    }
    this.#hold(events)
    exchange.answered()
    this.#end(this.read())
    return true
  }

  /** The gravest of what the events mean. */
  #readAll(events: Buffer): Seen {
    let gravest: Seen = 'frame'
    for (const data of dataOf(events)) {
      const seen = this.#readOne(data)
      if (GRAVITY[seen] > GRAVITY[gravest]) gravest = seen
    }
    return gravest
  }

  #readOne(data: string): Seen {
    try {
      return this.#reader.push(data)
    } catch (thrown) {
      if (thrown instanceof Failure) throw this.#passed.unreadable('an event of its stream is broken')
      throw thrown
    }
  }

  #end(read: Read): void {
    const { exchange } = this.#passed
    this.#passed.takeFacts(read)
    if (!this.#commit()) return
    if (read.error) exchange.refusedUpstream(this.#head.status, 'models.upstream-failed')
    else this.#passed.keepRecord(this.#head)
    this.#passed.addCostTrailer()
    exchange.end(this.#held.length > 0 ? this.#takeHeld() : undefined)
  }

  #commit(): boolean {
    if (!this.#passed.exchange.move('sent')) return false
    if (!this.#passed.exchange.response.headersSent) this.#passed.writeHead(this.#head)
    return true
  }

  #hold(events: Buffer): void {
    this.#held.push(events)
    this.#heldBytes += events.length
  }

  #takeHeld(): Buffer {
    const [only, ...more] = this.#held
    this.#held = []
    return only && more.length === 0 ? only : Buffer.concat(only ? [only, ...more] : [])
  }
}

const GRAVITY: Readonly<Record<Seen, number>> = { frame: 0, piece: 1, end: 2, error: 3 }
