/** Reads a body, at most so many bytes of it; a longer one is refused before it is taken into memory. */
import { Failure } from '../kernel/failure.ts'
import type { RouteShape } from './route.ts'

/** Throws `wire.body-too-large`. */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new Failure(
      'too-large',
      'wire.body-too-large',
      `The body is larger than the ${limit} bytes that this route takes. Send less, or upload file by file.`,
    )
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The bytes of a route that takes an `upload`. */
export const readUpload = (
  { maxBodyBytes }: RouteShape & { maxBodyBytes: number },
  request: Request,
): Promise<Buffer> => readBody(request, maxBodyBytes)
