/**
 * The XML parts of a zip archive, unpacked under a limit: sizes that an archive states are not believed, and nothing
 * but XML is unpacked, so that pictures cost nothing and a bomb ends at the limit.
 */
import { inflateRawSync } from 'node:zlib'

/** As much XML as a book of many thousand pages. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST_PARTS = 10_000

const END = Buffer.from([0x50, 0x4b, 5, 6])
const END_BYTES = 22
const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8

export class ArchiveRefused extends Error {
  readonly remedy: string
  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/** Throws `ArchiveRefused`, and `RangeError` where an offset leads out of the file. */
export function unzipXml(bytes: Buffer, mostBytes = MOST_BYTES): Map<string, Buffer> {
  const end = bytes.lastIndexOf(END)
  if (end < 0 || end + END_BYTES > bytes.byteLength) throw torn('its directory is missing')
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_PARTS) throw bomb(`it has ${count} parts`)
  const parts = new Map<string, Buffer>()
  let left = mostBytes
  let at = bytes.readUInt32LE(end + 16)
  for (let entry = 0; entry < count; entry++) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw torn('its directory is broken')
    const name = bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + bytes.readUInt16LE(at + 28))
    if (/\.(xml|rels)$/i.test(name)) {
      const part = unpack(bytes, at, left)
      left -= part.byteLength
      parts.set(name, part)
    }
    at += ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

function unpack(bytes: Buffer, entry: number, most: number): Buffer {
  if ((bytes.readUInt16LE(entry + 8) & 1) === 1)
    throw new ArchiveRefused('It is protected by a password.', 'Save it without a password.')
  const method = bytes.readUInt16LE(entry + 10)
  const local = bytes.readUInt32LE(entry + 42)
  const start = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20))
  if (method === STORED && packed.byteLength <= most) return packed
  if (method !== STORED && method !== DEFLATED) throw torn('it is packed in a way that Word does not use')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) })
  } catch (thrown) {
    const isTooLarge = (thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' || method === STORED
    throw isTooLarge ? bomb('its text is over the limit') : torn('a part of it cannot be unpacked')
  }
}

const torn = (why: string): ArchiveRefused =>
  new ArchiveRefused(`The archive cannot be opened: ${why}.`, 'Open it in Word and save it again as .docx.')

const bomb = (why: string): ArchiveRefused =>
  new ArchiveRefused(
    `It unpacks to more than a document may have (${MOST_BYTES / 1024 / 1024} MB of text): ${why}.`,
    'Split the document, or take it out of knowledge/.',
  )
