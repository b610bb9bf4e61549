/**
 * What a provider says may hold our key. What it says when it refuses is held until it ends and told without it; an
 * answer that is no error passes piece by piece, untouched, and fails with the first one that holds it.
 */
import { hide } from '../kernel/hide.ts'
import type { CallSink } from './call.ts'
import type { Endpoint } from './providers/endpoint.ts'
import { watchOf } from './said-back.ts'

/** The most that is held; nobody reads more of an error. */
const MOST_BYTES = 1024 * 1024

export function hidingKey(sink: CallSink, endpoint: Endpoint): CallSink {
  const { credential } = endpoint
  if (!credential) return sink
  const watch = watchOf(endpoint)
  let held: Buffer[] | undefined
  let size = 0
  return {
    onHead(status, headers) {
      if (status >= 400) held = []
      sink.onHead(status, withoutKey(headers))
    },
    onPiece(piece) {
      if (!held) {
        const passed = watch ? watch.pass(piece) : piece
        if (passed.length > 0) sink.onPiece(passed)
        return
      }
      if (size < MOST_BYTES) held.push(piece)
      size += piece.byteLength
    },
    onEnd() {
      // Latin-1 keeps every byte; a key is ASCII.
      if (held && size > 0)
        sink.onPiece(Buffer.from(hide(Buffer.concat(held).toString('latin1'), credential), 'latin1'))
      const rest = watch?.rest()
      if (rest) sink.onPiece(rest)
      sink.onEnd()
    },
    onFailed: (failure) => sink.onFailed(failure),
  }

  /** Most are shorter than a key, and every request has twenty. */
  function withoutKey(headers: Parameters<CallSink['onHead']>[1]): typeof headers {
    const value = credential?.reveal() ?? ''
    const holds = (one: unknown) => typeof one === 'string' && one.length >= value.length && one.includes(value)
    return Object.values(headers).some(holds) || held
      ? Object.fromEntries(
          Object.entries(headers).map(([name, one]) => [name, typeof one === 'string' ? hide(one, credential) : one]),
        )
      : headers
  }
}
