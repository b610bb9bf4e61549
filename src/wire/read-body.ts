/** Reads a body, at most so many bytes of it; a longer one is refused before it is taken into memory. */
import { Failure } from '../kernel/failure.ts'
import type { RouteShape } from './route.ts'

/** Throws `wire.body-too-large`. */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bodyPieces(request, limit)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The bytes of a route that takes an `upload`. */
export const readUpload = ({ maxBodyBytes }: Upload, request: Request): Promise<Buffer> =>
  readBody(request, maxBodyBytes)

/** The same as they come. Throws `wire.body-cut` when fewer came than were announced. */
export const uploadPieces = ({ maxBodyBytes }: Upload, request: Request): AsyncGenerator<Uint8Array> =>
  bodyPieces(request, maxBodyBytes)

type Upload = RouteShape & { maxBodyBytes: number }

async function* bodyPieces(request: Request, limit: number): AsyncGenerator<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > limit) throw tooLarge(limit)
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.byteLength
    if (size > limit) throw tooLarge(limit)
    yield piece
  }
  if (size < announced)
    throw new Failure(
      'invalid',
      'wire.body-cut',
      `${size} bytes came of ${announced} that were announced. Send the whole body.`,
    )
}

const tooLarge = (limit: number) =>
  new Failure(
    'too-large',
    'wire.body-too-large',
    `The body is larger than the ${limit} bytes that this route takes. Send less, or upload file by file.`,
  )
