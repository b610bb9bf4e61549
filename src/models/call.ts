/**
 * One request to a provider whose answer is told piece by piece, as it comes off the connection: no streams, promises
 * or signals in between, which were a quarter of what a request cost here.
 *
 * Invariant: exactly one of `onEnd`, `onFailed` and a `cancel` ends a call, and nothing is told after it.
 */
import type { Dispatcher } from 'undici'
import type { Failure } from '../kernel/failure.ts'
import { monotonicMs } from '../kernel/time.ts'
import { upstreamFailure } from './upstream-failure.ts'

export type UpstreamHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Who is told. What a method throws ends the call with `onFailed`. */
export type CallSink = {
  onHead(status: number, headers: UpstreamHeaders): void
  onPiece(piece: Buffer): void
  onEnd(): void
  onFailed(failure: unknown): void
}

export type Call = {
  /** Gives the connection up; the sink is told nothing more. */
  cancel(): void
  /** Lets the provider wait, because the client does not read. */
  pause(): void
  resume(): void
}

export type CallTimeouts = {
  readonly connectMs?: number | undefined
  readonly headersMs: number
  readonly idleMs: number
  readonly totalMs: number
}
type Phase = 'connect' | 'headers' | 'idle' | 'total'
/** Who is asked, and the failure for a time-out. */
type Told = { readonly host: string; readonly late: (phase: Phase, ms: number) => Failure }

/** Between the HTTP client and a sink: the three time-outs, and the end that comes once. */
export class UpstreamCall implements Call, Dispatcher.DispatchHandler {
  readonly #sink: CallSink
  readonly #timeouts: CallTimeouts
  readonly #told: Told
  readonly #startedMs = monotonicMs()
  #controller: Dispatcher.DispatchController | undefined
  #hasHead = false
  #isOver = false
  #isPaused = false
  /** When the provider last said something. */
  #heardMs = this.#startedMs
  #timer: NodeJS.Timeout

  constructor(sink: CallSink, timeouts: CallTimeouts, told: Told) {
    this.#sink = sink
    this.#timeouts = timeouts
    this.#told = told
    // One timer, looked at again when it rings, instead of one that is set anew with each piece.
    const { connectMs, headersMs, idleMs, totalMs } = timeouts
    this.#timer = setTimeout(this.#look, Math.min(connectMs ?? headersMs, headersMs, idleMs, totalMs))
  }

  cancel(): void {
    if (this.#over()) this.#controller?.abort(new Error('cancelled'))
  }

  pause(): void {
    this.#isPaused = true
    this.#controller?.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.#heardMs = monotonicMs()
    this.#controller?.resume()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isOver) controller.abort(new Error('cancelled'))
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: UpstreamHeaders): void {
    // 103 and the like come before the head that counts.
    if (this.#isOver || status < 200) return
    this.#hasHead = true
    this.#heardMs = monotonicMs()
    this.#tell(() => this.#sink.onHead(status, headers))
  }

  onResponseData(_: Dispatcher.DispatchController, piece: Buffer): void {
    if (this.#isOver) return
    this.#heardMs = monotonicMs()
    this.#tell(() => this.#sink.onPiece(piece))
  }

  onResponseEnd(): void {
    if (this.#over()) this.#tell(() => this.#sink.onEnd())
  }

  onResponseError(_: Dispatcher.DispatchController, thrown: unknown): void {
    if (this.#over()) this.#sink.onFailed(upstreamFailure(thrown, this.#told.host))
  }

  /** A sink that throws must not break the connection's reader, which others share. */
  #tell(say: () => void): void {
    try {
      say()
    } catch (thrown) {
      this.cancel()
      this.#sink.onFailed(thrown)
    }
  }

  #over(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    clearTimeout(this.#timer)
    return true
  }

  #look = (): void => {
    const { connectMs, headersMs, idleMs, totalMs } = this.#timeouts
    const now = monotonicMs()
    const silentMs = now - this.#heardMs
    const [phase, ms]: [Phase, number] = this.#hasHead
      ? ['idle', idleMs]
      : connectMs !== undefined && !this.#controller
        ? ['connect', connectMs]
        : ['headers', headersMs]
    const leftMs = totalMs - (now - this.#startedMs)
    // Who is paused waits for the client, not for the provider.
    const quietMs = this.#isPaused ? ms : ms - silentMs
    if (leftMs <= 0) this.#end('total', totalMs)
    else if (quietMs <= 0) this.#end(phase, ms)
    else this.#timer = setTimeout(this.#look, Math.max(1, Math.min(leftMs, quietMs)))
  }

  #end(phase: Phase, ms: number): void {
    const late = this.#told.late(phase, ms)
    if (!this.#over()) return
    this.#controller?.abort(late)
    this.#sink.onFailed(late)
  }
}
