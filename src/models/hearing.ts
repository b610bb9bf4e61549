/** A sink whose heads somebody else hears too. */
import type { CallSink, UpstreamHeaders } from './call.ts'

export const hearing = (sink: CallSink, heard: (headers: UpstreamHeaders) => void): CallSink => ({
  onHead(status, headers) {
    heard(headers)
    sink.onHead(status, headers)
  },
  onPiece: (piece) => sink.onPiece(piece),
  onEnd: () => sink.onEnd(),
  onFailed: (failure) => sink.onFailed(failure),
})
