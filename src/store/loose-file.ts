/**
 * Bytes on disk that only this process sees, for as long as it needs them: what came in and is not believed yet, or is
 * too much to be held in memory. The file has no name, so that nothing of it is left, whatever becomes of the process.
 */
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFull, isNoSpace } from './database-error.ts'

export type LooseFile = AsyncDisposable & {
  /** By which a thread of its own reads or writes it at once, while it is open. */
  readonly descriptor: number
  /** How many bytes there are. */
  size(): number
  /** Puts bytes behind the others and returns where they begin. */
  append(bytes: Uint8Array): Promise<number>
  read(from: number, to: number): Promise<Buffer>
  /** All of it, a piece at a time. */
  pieces(): AsyncGenerator<Buffer>
  close(): Promise<void>
}

const PIECE_BYTES = 64 * 1024

let made = 0

/** Throws the answer for a full disk where there is no room. */
export async function openLooseFile(folder: string): Promise<LooseFile> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${process.pid}.${++made}.loose`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  let size = 0
  return {
    descriptor: file.fd,
    size: () => size,
    async append(bytes) {
      const at = size
      size += bytes.length
      for (let written = 0; written < bytes.length; ) written += await write(file, folder, bytes, { written, at })
      return at
    },
    read: (from, to) => readRange(file, from, to),
    async *pieces() {
      for (let from = 0; from < size; from += PIECE_BYTES)
        yield await readRange(file, from, Math.min(size, from + PIECE_BYTES))
    },
    close: () => file.close(),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

async function write(
  file: FileHandle,
  folder: string,
  bytes: Uint8Array,
  { written, at }: { written: number; at: number },
): Promise<number> {
  try {
    return (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten
  } catch (thrown) {
    throw isNoSpace(thrown) ? diskFull(folder) : thrown
  }
}

/** The bytes from one place up to another; fewer where the file ends. */
export async function readRange(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(to - from)
  let read = 0
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}
