/**
 * A text on its way through guardrails, in whatever pieces it comes. What cannot be told yet is held back: the least
 * that a finding could still begin in, so that most text passes at once.
 *
 * Invariant: whatever the pieces are, what leaves is the same (but for where a text that is blocked breaks off), and
 * nothing that an acting guardrail finds has left before it was found.
 */
import type { GuardVerdict, GuardWord } from '../core/guardrail.ts'
import { Failure } from '../kernel/failure.ts'
import type { CompiledGuard } from './compiled.ts'
import {
  type Detection,
  type Detector,
  MOST_LOOKED_BACK,
  type Settled,
  settling,
  wholeTo,
} from './detectors/detection.ts'

/** More than this is not held back: no finding is as long, and a text without a gap has to go on. */
const MOST_HELD = 24_000
/**
 * A look costs some microseconds however little is new, so that later words wait for a few others: less than a third
 * of a second at the pace of a model, and the first ones for nothing.
 */
const AT_ONCE = 32

/** One guardrail over the text: how far it has told, and what it found that is still to be acted on. */
type Watch = {
  readonly guard: CompiledGuard
  /** Places are counted from the beginning of the whole text. */
  toldTo: number
  found: Detection[]
  count: number
}

export class GuardedText {
  readonly #watches: readonly Watch[]
  /** False where all of them only count, and the text need not wait for them. */
  readonly #isActing: boolean
  /** Raw text from `#from` on: what is held, and what is looked back at. */
  #raw = ''
  #from = 0
  #length = 0
  #lookedAt = 0
  /** Raw text has left, or was taken out, up to here. */
  #leftTo = 0
  #blockedBy: CompiledGuard | undefined
  #hasLeft = false

  constructor(guards: readonly CompiledGuard[]) {
    this.#watches = guards.map((guard) => ({ guard, toldTo: 0, found: [], count: 0 }))
    this.#isActing = guards.some(({ mode }) => mode !== 'observe')
  }

  get blockedBy(): CompiledGuard | undefined {
    return this.#blockedBy
  }

  /** What may leave now; after a block, once what is said instead. Throws `guardrails.broke`, and then nothing may leave. */
  push(piece: string): string {
    if (this.#blockedBy) return ''
    this.#raw += piece
    this.#length += piece.length
    // What is held long is looked at less often too, so that a long word costs no square of its length.
    const held = this.#length - Math.min(...this.#watches.map(({ toldTo }) => toldTo))
    const isDue = this.#length - this.#lookedAt >= Math.max(held / 8, Math.min(AT_ONCE, this.#length / 4))
    const out = isDue ? this.#advance(false) : ''
    return this.#isActing ? out : piece
  }

  /** The text is whole: the rest of it. */
  end(): string {
    const out = this.#blockedBy ? '' : this.#advance(true)
    return this.#isActing ? out : ''
  }

  verdicts(): GuardVerdict[] {
    return this.#watches.map(({ guard: { id, on, mode }, count }) => ({
      ...{ id, on, count },
      verdict: count === 0 ? 'passed' : GUARD_WORDS[mode],
    }))
  }

  #advance(isEnd: boolean): string {
    const last = this.#raw.charCodeAt(this.#raw.length - 1)
    // Half of a pair waits for the other half.
    const isHalf = !isEnd && last >= 0xd800 && last < 0xdc00
    const text = isHalf ? this.#raw.slice(0, -1) : this.#raw
    this.#lookedAt = this.#length
    let safeTo = this.#from + text.length
    for (const watch of this.#watches) {
      this.#look(watch, text, isEnd)
      if (watch.guard.mode !== 'observe') safeTo = Math.min(safeTo, watch.toldTo)
    }
    const out = this.#leave(safeTo)
    const keepFrom = Math.min(this.#leftTo, ...this.#watches.map(({ toldTo }) => toldTo)) - MOST_LOOKED_BACK
    if (keepFrom > this.#from) {
      this.#raw = this.#raw.slice(keepFrom - this.#from)
      this.#from = keepFrom
    }
    return out
  }

  #look(watch: Watch, text: string, isEnd: boolean): void {
    const { guard } = watch
    const textEnd = this.#from + text.length
    if (!guard.detector) {
      if (textEnd > guard.most && watch.toldTo <= guard.most)
        this.#found(watch, { start: guard.most, end: textEnd, kind: 'length' })
      watch.toldTo = textEnd
      return
    }
    const from = watch.toldTo - this.#from
    try {
      const { found, open } = isEnd
        ? { found: guard.detector.find(text, from), open: text.length }
        : settled(guard.detector, text, from)
      for (const { start, end, kind } of found)
        this.#found(watch, { start: start + this.#from, end: end + this.#from, kind })
      watch.toldTo = this.#from + open
    } catch (cause) {
      throw new Failure(
        'unavailable',
        'guardrails.broke',
        `The guardrail ${guard.id} broke, so nothing is passed on without it. Try again, or go back to a release without it.`,
        { cause },
      )
    }
  }

  #found(watch: Watch, detection: Detection): void {
    if (watch.guard.mode === 'observe') watch.count += 1
    else watch.found.push(detection)
  }

  /** Raw text up to a place, with what was found in it taken out. */
  #leave(safeTo: number): string {
    const due: { watch: Watch; at: Detection }[] = []
    for (const watch of this.#watches) {
      due.push(...watch.found.filter(({ start }) => start < safeTo).map((at) => ({ watch, at })))
      watch.found = watch.found.filter(({ start }) => start >= safeTo)
    }
    let out = ''
    const pass = (to: number) => {
      if (to <= this.#leftTo) return
      out += this.#raw.slice(this.#leftTo - this.#from, to - this.#from)
      this.#leftTo = to
    }
    for (const { watch, at } of due.toSorted((a, b) => a.at.start - b.at.start)) {
      watch.count += 1
      if (watch.guard.mode === 'block') {
        this.#blockedBy = watch.guard
        if (!this.#hasLeft) return messageOf(watch.guard)
        pass(at.start)
        return `${out}\n\n${messageOf(watch.guard)}`
      }
      // What begins inside of something that is taken out already makes it longer.
      const isInside = at.start < this.#leftTo
      pass(at.start)
      if (!isInside) out += watch.guard.label
      this.#leftTo = Math.max(this.#leftTo, at.end)
    }
    pass(safeTo)
    if (out !== '') this.#hasLeft = true
    return out
  }
}

/** What a detector tells for good; what has been held for too long is told as it stands. */
function settled({ settle, find }: Detector, text: string, from: number): Settled {
  const told = settle(text, from)
  if (text.length - told.open <= MOST_HELD) return told
  return settling(find, () => wholeTo(text, text.length - MOST_HELD))(text, from)
}

/** What is said in place of what was blocked. */
export const messageOf = ({ message, on }: Pick<CompiledGuard, 'message' | 'on'>): string =>
  message ?? (on === 'input' ? 'This question cannot be taken.' : 'This answer cannot be given.')

/** What a guardrail has done that found something. */
export const GUARD_WORDS: Readonly<Record<CompiledGuard['mode'], GuardWord>> = {
  observe: 'observed',
  redact: 'redacted',
  block: 'blocked',
}
