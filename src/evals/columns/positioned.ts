/** Reads and writes a place of an open file at once, as threads do that have its number alone. */
import { readSync, writeSync } from 'node:fs'

/** Fills the array. Throws where the file ends before. */
export function readWhole(descriptor: number, { buffer, byteOffset, byteLength }: ArrayBufferView, from: number): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  for (let read = 0; read < byteLength; ) {
    const got = readSync(descriptor, bytes, read, byteLength - read, from + read)
    if (got === 0) throw new Error('The numbers of an experiment end before they should.')
    read += got
  }
}

export function writeWhole(descriptor: number, { buffer, byteOffset, byteLength }: ArrayBufferView, at: number): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  for (let written = 0; written < byteLength; )
    written += writeSync(descriptor, bytes, written, byteLength - written, at + written)
}
