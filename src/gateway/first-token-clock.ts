/** The time that a target has for the first piece that means something, where a route sets one. */
import { Failure } from '../kernel/failure.ts'
import type { CallSink } from '../models/index.ts'
import type { Asked } from './passed.ts'
import type { Producer } from './producer.ts'
import { isUnderWay } from './stream-state.ts'

export class FirstTokenClock {
  readonly #asked: Asked
  readonly #told: Pick<CallSink, 'onFailed'> & Required<Pick<Producer, 'cancel'>>
  #timer: NodeJS.Timeout | undefined

  constructor(asked: Asked, told: Pick<CallSink, 'onFailed'> & Required<Pick<Producer, 'cancel'>>) {
    this.#asked = asked
    this.#told = told
  }

  start(): void {
    const ms = this.#asked.timeouts?.firstTokenMs
    if (ms === undefined) return
    this.#timer = setTimeout(() => {
      const { state } = this.#asked.exchange
      if (state === 'committed' || !isUnderWay(state)) return
      this.#told.cancel()
      this.#told.onFailed(
        new Failure(
          'unavailable',
          'models.upstream-timeout',
          `${this.#asked.model} gave no first piece within ${ms} ms. Try again.`,
          { facts: { phase: 'first-token' } },
        ),
      )
    }, ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
