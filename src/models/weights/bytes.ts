/** A file, or a part of memory, that is read in bounded pieces; what lies outside of it cannot be read. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

export type Bytes = {
  readonly size: number
  /** Exactly so many bytes. Throws `Unreadable` for a piece that is not there whole. */
  read(offset: number, length: number): Buffer
}

/** What is in a file is not what its format says; the message completes "It is refused: …". */
export class Unreadable extends Error {}

export const bytesOf = (memory: Uint8Array): Bytes => ({
  size: memory.length,
  read(offset, length) {
    demandInside(memory.length, offset, length)
    return Buffer.from(memory.buffer, memory.byteOffset + offset, length)
  },
})

/** Synchronous, for a thread of its own. */
export function openBytes(path: string): Bytes & { close(): void } {
  const file = openSync(path, 'r')
  const { size } = fstatSync(file)
  return {
    size,
    read(offset, length) {
      demandInside(size, offset, length)
      const piece = Buffer.alloc(length)
      let filled = 0
      while (filled < length) {
        const got = readSync(file, piece, filled, length - filled, offset + filled)
        if (got === 0) throw new Unreadable('it became shorter while it was read')
        filled += got
      }
      return piece
    },
    close: () => closeSync(file),
  }
}

/** As much as there is of the beginning. */
export const headOf = (bytes: Bytes, most: number): Buffer => bytes.read(0, Math.min(most, bytes.size))

function demandInside(size: number, offset: number, length: number): void {
  if (offset < 0 || length < 0 || !Number.isSafeInteger(offset + length) || offset + length > size)
    throw new Unreadable(`it ends at byte ${size}, and what it says of itself goes on beyond that`)
}
