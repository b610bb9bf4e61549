/**
 * A piece of a stream with the two lines that frame it, as one write. Node hands its length, a line end, the piece and
 * another line end to the socket one by one, and that takes longer than putting so few bytes together.
 */
import type { ServerResponse } from 'node:http'

/** A larger piece is not worth a copy. */
const MOST_BYTES = 8 * 1024
const LINE_END = '\r\n'

/** False when the client should be waited for. */
export function writePiece(response: ServerResponse, piece: Buffer): boolean {
  // Without frames: a client of HTTP/1.0.
  if (!response.chunkedEncoding || piece.length === 0 || piece.length > MOST_BYTES) return response.write(piece)
  const length = piece.length.toString(16) + LINE_END
  const framed = Buffer.allocUnsafe(length.length + piece.length + LINE_END.length)
  const begin = framed.write(length, 'latin1')
  piece.copy(framed, begin)
  framed.write(LINE_END, begin + piece.length, 'latin1')
  response.chunkedEncoding = false
  const isTaken = response.write(framed)
  // What ends the stream, and its trailers, are Node's.
  response.chunkedEncoding = true
  return isTaken
}
