/**
 * What a provider says when it refuses may hold our key: its words are held until they end and told without it. An
 * answer that is no error passes piece by piece, untouched.
 */
import { hide } from '../kernel/hide.ts'
import type { Secret } from '../kernel/secret.ts'
import type { CallSink } from './call.ts'

/** The most that is held; nobody reads more of an error. */
const MOST_BYTES = 1024 * 1024

export function hidingKey(sink: CallSink, credential: Secret | undefined): CallSink {
  if (!credential) return sink
  let held: Buffer[] | undefined
  let size = 0
  return {
    onHead(status, headers) {
      if (status >= 400) held = []
      sink.onHead(status, status >= 400 ? withoutKey(headers, credential) : headers)
    },
    onPiece(piece) {
      if (!held) return sink.onPiece(piece)
      if (size < MOST_BYTES) held.push(piece)
      size += piece.byteLength
    },
    onEnd() {
      // Latin-1 keeps every byte; a key is ASCII.
      if (held && size > 0)
        sink.onPiece(Buffer.from(hide(Buffer.concat(held).toString('latin1'), credential), 'latin1'))
      sink.onEnd()
    },
    onFailed: (failure) => sink.onFailed(failure),
  }
}

const withoutKey = (headers: Parameters<CallSink['onHead']>[1], credential: Secret) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? hide(value, credential) : value]),
  )
