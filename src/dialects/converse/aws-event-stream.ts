/**
 * Amazon's event stream, read piece by piece. A frame is: its length, the length of its headers, a checksum of these
 * two, the headers, the payload, and a checksum of all before it. Lengths and checksums have four bytes, the first the
 * highest.
 *
 * An event becomes JSON with its name as the only field, as Amazon's own clients show it: `{"messageStop": {…}}`.
 */
import { crc32 } from 'node:zlib'
import type { FrameReader } from '../dialect.ts'
import { unreadable } from '../field-reader.ts'

const PRELUDE = 12
const CHECKSUM = 4
/** Amazon's own limit for one frame. */
const MOST_BYTES = 24 * 1024 * 1024

export function createAwsEventStreamReader(): FrameReader {
  let pieces: Uint8Array[] = []
  let held = 0
  /** Of the frame that has begun; 0 while that is not known. */
  let needed = 0

  /** Pieces are joined when a frame is whole, not for every piece. */
  const joined = (): Buffer => {
    const all = pieces.length === 1 && pieces[0] ? Buffer.from(pieces[0]) : Buffer.concat(pieces)
    pieces = [all]
    return all
  }
  return {
    push(chunk) {
      pieces.push(chunk)
      held += chunk.byteLength
      const events: string[] = []
      while (held >= PRELUDE && held >= needed) {
        const all = joined()
        if (needed === 0) needed = lengthOf(all)
        if (held < needed) break
        const event = eventOf(all.subarray(0, needed))
        if (event !== undefined) events.push(event)
        pieces = [all.subarray(needed)]
        held -= needed
        needed = 0
      }
      return events
    },
    /** What is left is the beginning of a frame that never came: whoever reads the events misses their end. */
    end: () => [],
  }
}

/** Whether bytes begin with the head of a frame. */
export function isAwsEventStream(piece: Uint8Array): boolean {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  return bytes.length >= PRELUDE && crc32(bytes.subarray(0, 8)) === bytes.readUInt32BE(8)
}

function lengthOf(bytes: Buffer): number {
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) throw broken('the checksum of a frame is wrong')
  const length = bytes.readUInt32BE(0)
  const least = PRELUDE + bytes.readUInt32BE(4) + CHECKSUM
  if (length < least || length > MOST_BYTES) throw broken('the length of a frame is wrong')
  return length
}

/** Undefined for what is no event, for example a first frame without anything in it. */
function eventOf(frame: Buffer): string | undefined {
  const end = frame.length - CHECKSUM
  if (crc32(frame.subarray(0, end)) !== frame.readUInt32BE(end)) throw broken('the checksum of a frame is wrong')
  const from = PRELUDE + frame.readUInt32BE(4)
  const headers = headersOf(frame.subarray(PRELUDE, from))
  const payload = frame.subarray(from, end).toString('utf8')
  switch (headers.get(':message-type')) {
    case 'event':
      return named(headers.get(':event-type'), payload)
    case 'exception':
      return named(headers.get(':exception-type'), payload)
    case 'error':
      return named(
        'error',
        JSON.stringify({ code: headers.get(':error-code'), message: headers.get(':error-message') }),
      )
    default:
      return undefined
  }
}

const named = (name: string | undefined, payload: string): string | undefined =>
  name === undefined || name === 'initial-response' ? undefined : `{${JSON.stringify(name)}:${payload || '{}'}}`

/** Bytes of the value of each kind of header; two kinds say their length themselves. */
const SIZES: readonly number[] = [0, 0, 1, 2, 4, 8, -1, -1, 8, 16]
const TEXT = 7

function headersOf(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>()
  let at = 0
  const take = (size: number): Buffer => {
    if (at + size > bytes.length) throw broken('the headers of a frame are cut off')
    at += size
    return bytes.subarray(at - size, at)
  }
  while (at < bytes.length) {
    const name = take(take(1).readUInt8()).toString('utf8')
    const kind = take(1).readUInt8()
    const size = SIZES[kind]
    if (size === undefined) throw broken('a header of a frame is of an unknown kind')
    const value = take(size < 0 ? take(2).readUInt16BE() : size)
    if (kind === TEXT) headers.set(name, value.toString('utf8'))
  }
  return headers
}

const broken = (why: string) => unreadable('converse', why)
