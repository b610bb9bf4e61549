/** What a zip archive holds, as far as it matters: every entry by the beginning of its content. PyTorch files are such archives. */
import { constants, inflateRawSync } from 'node:zlib'
import { type Bytes, Unreadable } from './bytes.ts'

export type ArchiveEntry = { readonly name: string; readonly head: Buffer }

const END = 0x06054b50
const END_BYTES = 22
const MOST_COMMENT = 65_535
const CENTRAL = 0x02014b50
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
const MOST_DIRECTORY_BYTES = 64 * 1024 * 1024
const MOST_ENTRIES = 100_000
/** Tensors of a PyTorch file are entries too; a pickle among them shows in its beginning. */
const HEAD_BYTES = 64 * 1024
const MOST_HEADS_BYTES = 256 * 1024 * 1024

export const looksLikeZip = (head: Buffer): boolean => head.subarray(0, 4).toString('latin1') === 'PK\x03\x04'

/** One after the other. Throws `Unreadable` for an archive that is broken or cannot be looked into. */
export function* entriesOf(bytes: Bytes): Generator<ArchiveEntry> {
  const { offset, size, count } = directoryOf(bytes)
  const directory = bytes.read(offset, size)
  let at = 0
  let room = MOST_HEADS_BYTES
  for (let left = count; left > 0; left--) {
    if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL)
      throw new Unreadable('the list of its contents is broken')
    const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)]
    const packed = directory.readUInt32LE(at + 20)
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    const local = directory.readUInt32LE(at + 42)
    const name = directory.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes)
    at += CENTRAL_BYTES + nameBytes + extraBytes + commentBytes
    if (name.endsWith('/')) continue
    if (flags & 1) throw new Unreadable(`${shown(name)} in it is encrypted, so nobody can say what it is`)
    // 4 GB and more: the place is in a further field, and PyTorch stores such entries as they are.
    if (local === 0xffffffff || packed === 0xffffffff)
      throw new Unreadable(`${shown(name)} in it is larger than this reads; use safetensors`)
    const head = headOf(bytes, { local, packed: Math.min(packed, HEAD_BYTES), method, name })
    room -= head.length
    if (room < 0) throw new Unreadable('it holds more than can be looked through')
    yield { name, head }
  }
}

function directoryOf(bytes: Bytes): { offset: number; size: number; count: number } {
  const length = Math.min(bytes.size, END_BYTES + MOST_COMMENT)
  const tail = bytes.read(bytes.size - length, length)
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue
    const [count, size, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    if (count === 0xffff || offset === 0xffffffff) throw new Unreadable('it is larger than this reads; use safetensors')
    if (size > MOST_DIRECTORY_BYTES || count > MOST_ENTRIES)
      throw new Unreadable('the list of its contents is too long')
    return { offset, size, count }
  }
  throw new Unreadable('it begins like a zip archive and has no list of its contents')
}

const STORED = 0
const DEFLATED = 8

function headOf(
  bytes: Bytes,
  { local, packed, method, name }: { local: number; packed: number; method: number; name: string },
): Buffer {
  const fixed = bytes.read(local, LOCAL_BYTES)
  if (fixed.readUInt32LE(0) !== 0x04034b50) throw new Unreadable(`${shown(name)} in it is not where it should be`)
  const from = local + LOCAL_BYTES + fixed.readUInt16LE(26) + fixed.readUInt16LE(28)
  const content = bytes.read(from, packed)
  if (method === STORED) return content
  if (method !== DEFLATED) throw new Unreadable(`${shown(name)} in it is packed in a way that is not known (${method})`)
  try {
    // A part of a stream is no error here, and what comes out is bounded.
    return inflateRawSync(content, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: HEAD_BYTES * 64 })
  } catch {
    throw new Unreadable(`${shown(name)} in it cannot be unpacked`)
  }
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 100))
