/** What became of each request, in columns: a hundred thousand objects would be work for the thread that they go to. */
import { OK } from './answer-watch.ts'

/** One entry a request that was sent, in the order of the schedule; NaN where there is nothing. Times count from when it was due. */
export type Columns = {
  readonly dueMs: Float64Array
  readonly lateMs: Float64Array
  readonly firstMs: Float64Array
  readonly endMs: Float64Array
  /** Places in `outcomes`; the first of these is an answer. */
  readonly outcome: Uint16Array
  readonly outcomes: readonly string[]
}

export class Notes {
  readonly #dueMs: Float64Array
  readonly #lateMs: Float64Array
  readonly #firstMs: Float64Array
  readonly #endMs: Float64Array
  readonly #outcome: Uint16Array
  readonly #outcomes: string[] = [OK]

  constructor(dueMs: Float64Array) {
    const column = () => new Float64Array(dueMs.length).fill(Number.NaN)
    this.#dueMs = dueMs
    this.#lateMs = column()
    this.#firstMs = column()
    this.#endMs = column()
    this.#outcome = new Uint16Array(dueMs.length)
  }

  late(at: number, ms: number): void {
    this.#lateMs[at] = ms
  }

  first(at: number, ms: number): void {
    this.#firstMs[at] = ms
  }

  end(at: number, { what, ms }: { what: string; ms: number }): void {
    const known = this.#outcomes.indexOf(what)
    this.#outcome[at] = known >= 0 ? known : this.#outcomes.push(what) - 1
    if (what === OK) this.#endMs[at] = ms
  }

  columns(sent: number): Columns {
    return {
      dueMs: this.#dueMs.slice(0, sent),
      lateMs: this.#lateMs.slice(0, sent),
      firstMs: this.#firstMs.slice(0, sent),
      endMs: this.#endMs.slice(0, sent),
      outcome: this.#outcome.slice(0, sent),
      outcomes: this.#outcomes,
    }
  }
}
