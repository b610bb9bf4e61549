/**
 * The file of an index: magic, version, length of the header, header as JSON, then sections that are
 * aligned to eight bytes and read as typed arrays in place. Numbers are little-endian, as is every
 * machine that Node runs on.
 */
import { z } from 'zod'
import { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'

export const MAGIC = 'AWKNOW\r\n'
export const FORMAT_VERSION = 1

const Section = z.object({ offset: z.number().int(), bytes: z.number().int() })

/** Names are sorted by code unit: passages by id, terms by their UTF-8 bytes. */
export const SECTIONS = [
  /** Where each term begins in `terms`; one more than there are terms. */
  'termOffsets',
  'terms',
  /** Where each term's postings begin; one more than there are terms. */
  'postingOffsets',
  /** Ordinals of the passages that hold a term, rising, and how often they hold it. */
  'postingPassages',
  'postingCounts',
  /** Length of each passage in terms. */
  'lengths',
  /** Ends of id, title, text and source of each passage in `passages`; starts with 0. */
  'passageOffsets',
  'passages',
] as const
export type SectionName = (typeof SECTIONS)[number]
export type NumberSection = Exclude<SectionName, 'terms' | 'passages'>

export const FIELDS = ['id', 'title', 'text', 'source'] as const

export const SnapshotHeader = z.object({
  digest: Digest,
  analyser: z.string(),
  analyserVersion: z.number().int(),
  k1: z.number(),
  b: z.number(),
  /** Which libraries read the documents, by format; left out where none was needed. */
  extractors: z.record(z.string(), z.string()).optional(),
  embedding: z.string().optional(),
  passages: z.number().int(),
  terms: z.number().int(),
  /** Length of all passages together, in terms. */
  tokens: z.number().int(),
  sections: z.record(z.enum(SECTIONS), Section),
})
export type SnapshotHeader = z.infer<typeof SnapshotHeader>

const PREFIX_BYTES = 16
const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** Puts sections behind their header. */
export function encodeSnapshot(
  header: Omit<SnapshotHeader, 'sections'>,
  sections: Readonly<Record<SectionName, Uint8Array>>,
): Buffer {
  let offset = 0
  const places = Object.fromEntries(
    SECTIONS.map((name) => {
      const place = { offset, bytes: sections[name].byteLength }
      offset += aligned(place.bytes)
      return [name, place]
    }),
  )
  const json = Buffer.from(JSON.stringify({ ...header, sections: places }))
  const start = aligned(PREFIX_BYTES + json.byteLength)
  const file = Buffer.alloc(start + offset)
  file.write(MAGIC, 'latin1')
  file.writeUInt32LE(FORMAT_VERSION, 8)
  file.writeUInt32LE(json.byteLength, 12)
  json.copy(file, PREFIX_BYTES)
  for (const name of SECTIONS) file.set(sections[name], start + (places[name]?.offset ?? 0))
  return file
}

export type Snapshot = {
  readonly header: SnapshotHeader
  readonly bytes: Readonly<Record<'terms' | 'passages', Buffer>>
  readonly numbers: Readonly<Record<NumberSection, Uint32Array>>
}

/** Views of a file's sections, without copying. Throws `knowledge.snapshot-unreadable`. */
export function decodeSnapshot(file: Buffer): Snapshot {
  if (file.byteLength < PREFIX_BYTES || file.toString('latin1', 0, 8) !== MAGIC) throw unreadable('it is no index')
  const version = file.readUInt32LE(8)
  if (version !== FORMAT_VERSION) throw unreadable(`it has format ${version}, and this program reads ${FORMAT_VERSION}`)
  const length = file.readUInt32LE(12)
  const header = readHeader(file.subarray(PREFIX_BYTES, PREFIX_BYTES + length))
  const start = aligned(PREFIX_BYTES + length)
  // Small files come from a shared pool and may begin anywhere; a typed array may not.
  const whole = (file.byteOffset + start) % 8 === 0 ? file : Buffer.from(Uint8Array.from(file).buffer)
  const section = (name: SectionName): Buffer => {
    const { offset, bytes } = header.sections[name]
    if (start + offset + bytes > whole.byteLength) throw unreadable('it is cut off')
    return whole.subarray(start + offset, start + offset + bytes)
  }
  const numbers = (name: NumberSection): Uint32Array => {
    const view = section(name)
    return new Uint32Array(view.buffer, view.byteOffset, view.byteLength / 4)
  }
  return {
    header,
    bytes: { terms: section('terms'), passages: section('passages') },
    numbers: {
      termOffsets: numbers('termOffsets'),
      postingOffsets: numbers('postingOffsets'),
      postingPassages: numbers('postingPassages'),
      postingCounts: numbers('postingCounts'),
      lengths: numbers('lengths'),
      passageOffsets: numbers('passageOffsets'),
    },
  }
}

function readHeader(bytes: Buffer): SnapshotHeader {
  try {
    return SnapshotHeader.parse(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    throw unreadable('its header is broken', cause)
  }
}

const unreadable = (why: string, cause?: unknown): Failure =>
  new Failure(
    'unavailable',
    'knowledge.snapshot-unreadable',
    `The index of this release cannot be opened: ${why}. Freeze the release again to write it anew.`,
    { cause },
  )
