/** Reads a file that is sent as it is, at most so many bytes of it. */
import { Failure } from '../kernel/failure.ts'

export const LARGEST_FILE_BYTES = 128 * 1024 * 1024

export async function readUpload(request: Request, limit = LARGEST_FILE_BYTES): Promise<Buffer> {
  const tooLarge = () =>
    new Failure(
      'too-large',
      'delivery.file-too-large',
      `A file has at most ${limit} bytes. Split it into several files.`,
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
