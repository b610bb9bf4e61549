/** Parts of a spreadsheet's zip archive, unpacked a piece at a time under a limit; sizes that it states are not believed. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { Failure } from '../../../kernel/failure.ts'
import type { Content } from './content.ts'

const MOST_BYTES = 256 * 1024 * 1024
const MOST_PARTS = 10_000
const MOST_DIRECTORY = 16 * 1024 * 1024
/** The end of an archive may have a remark of so many bytes behind it. */
const MOST_REMARK = 0xffff
const PIECE_BYTES = 64 * 1024
const END = Buffer.from([0x50, 0x4b, 5, 6])
const END_BYTES = 22
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const DEFLATED = 8

type Entry = {
  readonly local: number
  readonly packedBytes: number
  readonly isDeflated: boolean
  readonly isProtected: boolean
}
export type Archive = {
  readonly names: ReadonlySet<string>
  /** The text of a part as it is unpacked; nothing of one that is not there. Together they may have 256 MB. */
  pieces(name: string): AsyncGenerator<string>
  text(name: string): Promise<string>
}

/** Throws `datasets.spreadsheet-broken`, also while a part is unpacked. */
export async function openArchive(content: Content): Promise<Archive> {
  const entries = await attempt(() => directoryOf(content))
  let left = MOST_BYTES

  async function* pieces(name: string): AsyncGenerator<string> {
    const entry = entries.get(name)
    if (!entry) return
    const decoder = new TextDecoder()
    for await (const piece of unpacked(content, entry)) {
      left -= piece.length
      if (left < 0) throw broken('it unpacks to more than 256 MB')
      yield decoder.decode(piece, { stream: true })
    }
    yield decoder.decode()
  }
  async function text(name: string): Promise<string> {
    let whole = ''
    for await (const piece of pieces(name)) whole += piece
    return whole
  }
  return { names: new Set(entries.keys()), pieces, text }
}

async function directoryOf(content: Content): Promise<Map<string, Entry>> {
  const size = content.size()
  const tailAt = Math.max(0, size - END_BYTES - MOST_REMARK)
  const tail = await content.read(tailAt, size)
  const end = tail.lastIndexOf(END)
  if (end < 0 || end + END_BYTES > tail.length) throw broken('it is torn')
  const count = tail.readUInt16LE(end + 10)
  if (count > MOST_PARTS) throw broken(`it has ${count} parts`)
  const from = tail.readUInt32LE(end + 16)
  if (from > tailAt + end || tailAt + end - from > MOST_DIRECTORY) throw broken('its directory is torn')
  const directory = await content.read(from, tailAt + end)
  const entries = new Map<string, Entry>()
  for (let at = 0, entry = 0; entry < count; entry++) {
    if (directory.readUInt32LE(at) !== ENTRY) throw broken('its directory is torn')
    const nameBytes = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)
    entries.set(name, {
      local: directory.readUInt32LE(at + 42),
      packedBytes: directory.readUInt32LE(at + 20),
      isDeflated: directory.readUInt16LE(at + 10) === DEFLATED,
      isProtected: (directory.readUInt16LE(at + 8) & 1) === 1,
    })
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function* unpacked(content: Content, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isProtected) throw broken('it is protected by a password')
  const start = await attempt(async () => {
    const local = await content.read(entry.local, entry.local + LOCAL_BYTES)
    return entry.local + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
  })
  const packed = bytesOf(content, start, Math.min(start + entry.packedBytes, content.size()))
  if (!entry.isDeflated) {
    yield* packed
    return
  }
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES })
  // What goes wrong is thrown where its pieces are taken.
  pipeline(Readable.from(packed), inflate).catch(() => {})
  try {
    yield* inflate
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : broken('a part of it cannot be unpacked')
  }
}

async function* bytesOf(content: Content, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; at += PIECE_BYTES) yield await content.read(at, Math.min(to, at + PIECE_BYTES))
}

async function attempt<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act()
  } catch (thrown) {
    if (thrown instanceof RangeError) throw broken('it is torn')
    throw thrown
  }
}

const broken = (why: string): Failure =>
  new Failure(
    'invalid',
    'datasets.spreadsheet-broken',
    `The spreadsheet cannot be read: ${why}. Save it again as .xlsx without a password, or as CSV.`,
  )
