/** Watches one answer of the gateway as its bytes come: when the first text was there, and whether it came whole. */

/** What an answer that came whole is called. */
export const OK = 'answered'

/** Enough for the code of an error, and for the end of a stream. */
const KEPT_BYTES = 4096
const FIRST_TEXT = /"content":\s*"[^"]/
const CODE = /"code":\s*"([\w.-]{1,80})"/

export class AnswerWatch {
  readonly #isStream: boolean
  #head = ''
  #tail = ''
  #hasText = false

  constructor(isStream: boolean) {
    this.#isStream = isStream
  }

  /** True for the piece with which a stream first shows text. */
  take(bytes: Buffer): boolean {
    const text = bytes.toString('latin1')
    if (this.#head.length < KEPT_BYTES) this.#head += text
    this.#tail = (this.#tail + text).slice(-KEPT_BYTES)
    if (!this.#isStream || this.#hasText || !FIRST_TEXT.test(this.#head)) return false
    this.#hasText = true
    return true
  }

  /** `answered`, or the class of what went wrong: the status and the code of the gateway. */
  outcome(status: number): string {
    if (status !== 200) return [status, CODE.exec(this.#head)?.[1]].filter(Boolean).join(' ')
    if (!this.#isStream) return OK
    if (this.#tail.includes('[DONE]')) return OK
    const code = CODE.exec(this.#tail)?.[1]
    return code ? `stream ${code}` : 'broke off'
  }
}
