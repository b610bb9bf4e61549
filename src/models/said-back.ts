/**
 * Watches what a provider answers for the key that it was asked with: servers do say back what they were sent, and
 * whoever asks must not learn it. What holds none is handed on byte for byte.
 *
 * Invariant: no whole key is handed on, however the answer is cut into pieces. What ends like the beginning of a key is
 * kept until the next piece; an event of a stream and a body in JSON end otherwise, so that in fact nothing waits.
 */
import { Failure } from '../kernel/failure.ts'
import { hide } from '../kernel/hide.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Endpoint } from './providers/endpoint.ts'

/** Shorter ones are words that servers of one's own take for a key (`ollama`, `token-abc123`), and answers hold words. */
const LEAST_LENGTH = 16

type Asked = Pick<Endpoint, 'name' | 'credential' | 'onSaidBack'>

export class KeyWatch {
  readonly #asked: Asked
  readonly #forms: readonly Buffer[]
  #held: Buffer | undefined

  constructor(asked: Asked, forms: readonly Buffer[]) {
    this.#asked = asked
    this.#forms = forms
  }

  /** What may be handed on by now. Throws `models.key-said-back`. */
  pass(piece: Buffer): Buffer {
    const bytes = this.#held ? Buffer.concat([this.#held, piece]) : piece
    for (const form of this.#forms)
      if (bytes.indexOf(form) >= 0) {
        this.#asked.onSaidBack?.()
        throw saidBack(this.#asked.name)
      }
    const from = beginningIn(bytes, this.#forms)
    this.#held = from === bytes.length ? undefined : bytes.subarray(from)
    return this.#held ? bytes.subarray(0, from) : bytes
  }

  /** At the end of the answer: what looked like the beginning of a key was none. */
  rest(): Buffer | undefined {
    const held = this.#held
    this.#held = undefined
    return held
  }
}

/** Undefined where there is no key that could be known again. */
export function watchOf(asked: Asked): KeyWatch | undefined {
  const forms = asked.credential && formsOf(asked.credential)
  return forms && forms.length > 0 ? new KeyWatch(asked, forms) : undefined
}

/** A whole answer, as text. Throws `models.key-said-back`. */
export function demandNoKey(endpoint: Asked, text: string): string {
  watchOf(endpoint)?.pass(Buffer.from(text))
  return text
}

/**
 * What was said in pieces, put together for a record: a key over several events of a stream was in none of them, and
 * whoever read them has read it. Told of all the same, and in no record.
 */
export function hidingSaid(asked: Asked, text: string): string {
  if (!asked.credential || !formsOf(asked.credential).some((form) => text.includes(form.toString()))) return text
  asked.onSaidBack?.()
  return hide(text, asked.credential)
}

/** The pieces of an answer. Throws `models.key-said-back`. */
export async function* withoutKey(endpoint: Asked, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const watch = watchOf(endpoint)
  for await (const piece of pieces) yield watch ? watch.pass(Buffer.from(piece)) : piece
  const rest = watch?.rest()
  if (rest) yield rest
}

const saidBack = (provider: string): Failure =>
  new Failure(
    'unavailable',
    'models.key-said-back',
    `The answer of ${provider} holds the key that it was asked with, so it is not handed on. Have whoever runs ${provider} look why, and store a new key with PUT /api/v1/providers/${provider}.`,
  )

/** A key is the same object while it is the same. */
const known = new WeakMap<Secret, readonly Buffer[]>()

/** As it is, in an address and in JSON; nearly always these are one. */
function formsOf(credential: Secret): readonly Buffer[] {
  const there = known.get(credential)
  if (there) return there
  const value = credential.reveal()
  const parts = value.includes(':') ? [value, ...value.split(':')] : [value]
  const texts = parts
    .filter(({ length }) => length >= LEAST_LENGTH)
    .flatMap((part) => {
      const json = JSON.stringify(part).slice(1, -1)
      return [part, encodeURIComponent(part), json, json.replaceAll('/', '\\/')]
    })
  const forms = [...new Set(texts)].map((text) => Buffer.from(text))
  known.set(credential, forms)
  return forms
}

/** Where the longest end that is the beginning of a form begins; the length where there is none. */
function beginningIn(bytes: Buffer, forms: readonly Buffer[]): number {
  const last = bytes.at(-1)
  let from = bytes.length
  for (const form of forms) {
    if (last === undefined || !form.includes(last)) continue
    const [first = 0] = form
    let at = bytes.indexOf(first, Math.max(0, bytes.length - form.length + 1))
    while (at >= 0 && at < from) {
      if (bytes.compare(form, 0, bytes.length - at, at) === 0) from = at
      else at = bytes.indexOf(first, at + 1)
    }
  }
  return from
}
