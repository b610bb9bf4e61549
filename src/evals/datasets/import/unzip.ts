/** The parts of a spreadsheet's zip archive that are XML, unpacked under a limit; sizes that it states are not believed. */
import { inflateRawSync } from 'node:zlib'
import { Failure } from '../../../kernel/failure.ts'

const MOST_BYTES = 256 * 1024 * 1024
const MOST_PARTS = 10_000
const END = Buffer.from([0x50, 0x4b, 5, 6])
const END_BYTES = 22
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const DEFLATED = 8

/** By name. Throws `datasets.spreadsheet-broken`. */
export function unzipXml(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(END)
  if (end < 0 || end + END_BYTES > bytes.length) throw broken('it is torn')
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_PARTS) throw broken(`it has ${count} parts`)
  const parts = new Map<string, string>()
  let left = MOST_BYTES
  try {
    let at = bytes.readUInt32LE(end + 16)
    for (let entry = 0; entry < count; entry++) {
      if (bytes.readUInt32LE(at) !== ENTRY) throw broken('its directory is torn')
      const nameBytes = bytes.readUInt16LE(at + 28)
      const name = bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)
      if (/\.(xml|rels)$/i.test(name)) {
        const part = unpack(bytes, at, left)
        left -= part.length
        parts.set(name, part.toString('utf8'))
      }
      at += ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
  } catch (thrown) {
    if (thrown instanceof RangeError) throw broken('it is torn')
    throw thrown
  }
  return parts
}

function unpack(bytes: Buffer, entry: number, most: number): Buffer {
  if ((bytes.readUInt16LE(entry + 8) & 1) === 1) throw broken('it is protected by a password')
  const local = bytes.readUInt32LE(entry + 42)
  const start = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20))
  if (bytes.readUInt16LE(entry + 10) !== DEFLATED) {
    if (packed.length <= most) return packed
    throw broken('it unpacks to more than 256 MB')
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) })
  } catch (thrown) {
    const isLarge = (thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw broken(isLarge ? 'it unpacks to more than 256 MB' : 'a part of it cannot be unpacked')
  }
}

const broken = (why: string): Failure =>
  new Failure(
    'invalid',
    'datasets.spreadsheet-broken',
    `The spreadsheet cannot be read: ${why}. Save it again as .xlsx without a password, or as CSV.`,
  )
