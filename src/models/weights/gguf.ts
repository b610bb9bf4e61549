/**
 * The header of a GGUF file, versions 2 and 3: key-value pairs, then where each tensor lies.
 *
 * Invariant: every count and length is held against what the file can hold before anything of that size is read, and
 * each tensor lies inside the file, aligned, and over no other.
 */
import { type Bytes, Unreadable } from './bytes.ts'
import { blockOf, FILE_TYPES } from './ggml-types.ts'
import { countBy, shortMetadata, type WeightsHeader } from './header.ts'

const MAGIC = 'GGUF'
/** Names and vocabularies of the largest published models take 30 MB. */
const MOST_HEADER_BYTES = 256 * 1024 * 1024
const MOST_PAIRS = 65_536
const MOST_TENSORS = 1_000_000
const MOST_KEY_BYTES = 65_535
const MOST_NAME_BYTES = 1024
const MOST_DIMENSIONS = 4
const MOST_DEPTH = 4
const PIECE_BYTES = 1024 * 1024

export const looksLikeGguf = (head: Buffer): boolean => head.subarray(0, 4).toString('latin1') === MAGIC

/** Throws `Unreadable`. */
export function readGguf(bytes: Bytes): WeightsHeader {
  const at = cursorOver(bytes)
  at.take(MAGIC.length)
  const version = at.take(4).readUInt32LE()
  if (version === 0x02000000 || version === 0x03000000) throw new Unreadable('it is written for big-endian machines')
  if (version !== 2 && version !== 3) throw new Unreadable(`it is of version ${version}; 2 and 3 are known`)
  const tensorCount = at.count(MOST_TENSORS, 'tensors')
  const pairs = pairsOf(at, at.count(MOST_PAIRS, 'entries'))
  const alignment = pairs.get('general.alignment') ?? 32
  if (typeof alignment !== 'number' || alignment < 8 || alignment % 8 !== 0 || alignment > 65_536)
    throw new Unreadable('its alignment is no multiple of 8')
  const tensors = Array.from({ length: tensorCount }, () => tensorOf(at))
  if (new Set(tensors.map(({ name }) => name)).size !== tensors.length) throw new Unreadable('it names a tensor twice')
  const start = Math.ceil(at.offset() / alignment) * alignment
  demandPlaced(tensors, { alignment, room: bytes.size - start })
  const text = (key: string): string | null => {
    const value = pairs.get(key)
    return typeof value === 'string' && value !== '' ? value.toWellFormed().slice(0, 200) : null
  }
  const architecture = text('general.architecture')
  const context = pairs.get(`${architecture}.context_length`)
  const fileType = pairs.get('general.file_type')
  return {
    version,
    tensors: tensors.length,
    parameters: tensors.reduce((sum, { count }) => sum + count, 0),
    types: countBy(tensors.map(({ type }) => type)),
    name: text('general.name'),
    architecture,
    quantisation: typeof fileType === 'number' ? (FILE_TYPES[fileType] ?? `file type ${fileType}`) : null,
    contextTokens: typeof context === 'number' && Number.isSafeInteger(context) && context > 0 ? context : null,
    licence: text('general.license'),
    metadata: shortMetadata(
      [...pairs].flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as const])),
    ),
  }
}

type Cursor = ReturnType<typeof cursorOver>

/** Reads on, in pieces, so that a file is not read whole to see its header. */
function cursorOver(bytes: Bytes) {
  let piece: Buffer = Buffer.alloc(0)
  let pieceAt = 0
  let offset = 0
  const take = (length: number): Buffer => {
    if (offset + length > MOST_HEADER_BYTES)
      throw new Unreadable(`its header goes beyond ${MOST_HEADER_BYTES / 1024 / 1024} MB`)
    if (offset < pieceAt || offset + length > pieceAt + piece.length) {
      piece = bytes.read(offset, Math.max(length, Math.min(PIECE_BYTES, bytes.size - offset)))
      pieceAt = offset
    }
    const taken = piece.subarray(offset - pieceAt, offset - pieceAt + length)
    offset += length
    return taken
  }
  const count = (most: number, what: string): number => {
    const value = take(8).readBigUInt64LE()
    if (value > BigInt(most)) throw new Unreadable(`it says that it has ${value} ${what}, above ${most}`)
    return Number(value)
  }
  return {
    take,
    count,
    offset: () => offset,
    left: () => Math.min(bytes.size, MOST_HEADER_BYTES) - offset,
    text: (most: number, what: string): string => take(count(most, `bytes of ${what}`)).toString('utf8'),
  }
}

/** Numbers, booleans and text; a list is passed over and stands as undefined. */
type Value = number | boolean | string | undefined

function pairsOf(at: Cursor, count: number): Map<string, Value> {
  const pairs = new Map<string, Value>()
  for (let left = count; left > 0; left--) {
    const key = at.text(MOST_KEY_BYTES, 'a key')
    if (pairs.has(key)) throw new Unreadable(`it has the entry ${JSON.stringify(key.slice(0, 100))} twice`)
    pairs.set(key, valueIn(at, at.take(4).readUInt32LE(), 0))
  }
  return pairs
}

const STRING = 8
const ARRAY = 9
/** By type: how many bytes, and how they are read. */
const SCALARS: Readonly<Record<number, readonly [number, (bytes: Buffer) => number | boolean]>> = {
  0: [1, (bytes) => bytes.readUInt8()],
  1: [1, (bytes) => bytes.readInt8()],
  2: [2, (bytes) => bytes.readUInt16LE()],
  3: [2, (bytes) => bytes.readInt16LE()],
  4: [4, (bytes) => bytes.readUInt32LE()],
  5: [4, (bytes) => bytes.readInt32LE()],
  6: [4, (bytes) => bytes.readFloatLE()],
  7: [1, (bytes) => bytes.readUInt8() !== 0],
  10: [8, (bytes) => Number(bytes.readBigUInt64LE())],
  11: [8, (bytes) => Number(bytes.readBigInt64LE())],
  12: [8, (bytes) => bytes.readDoubleLE()],
}

function valueIn(at: Cursor, type: number, depth: number): Value {
  if (type === STRING) return at.text(at.left(), 'text')
  const scalar = SCALARS[type]
  if (scalar) return scalar[1](at.take(scalar[0]))
  if (type !== ARRAY) throw new Unreadable(`it has a value of the unknown type ${type}`)
  if (depth >= MOST_DEPTH) throw new Unreadable('its lists lie too deep in each other')
  const inner = at.take(4).readUInt32LE()
  // Each member takes at least a byte, so that a list cannot be longer than what is left.
  const count = at.count(at.left(), 'members of a list')
  const size = SCALARS[inner]?.[0]
  if (size !== undefined) {
    if (count * size > at.left()) throw new Unreadable('one of its lists is longer than the file')
    for (let left = count * size; left > 0; left -= PIECE_BYTES) at.take(Math.min(left, PIECE_BYTES))
  } else for (let left = count; left > 0; left--) valueIn(at, inner, depth + 1)
  return undefined
}

type Placed = {
  readonly name: string
  readonly type: string
  readonly count: number
  readonly offset: bigint
  readonly bytes: bigint
}

function tensorOf(at: Cursor): Placed {
  const name = at.text(MOST_NAME_BYTES, 'the name of a tensor')
  const dimensions = at.take(4).readUInt32LE()
  if (dimensions > MOST_DIMENSIONS)
    throw new Unreadable(`a tensor has ${dimensions} dimensions, above ${MOST_DIMENSIONS}`)
  const shape = Array.from({ length: dimensions }, () => at.take(8).readBigUInt64LE())
  const type = at.take(4).readUInt32LE()
  const offset = at.take(8).readBigUInt64LE()
  const block = blockOf(type)
  const called = JSON.stringify(name.slice(0, 100))
  if (!block) throw new Unreadable(`its tensor ${called} is of the unknown type ${type}`)
  const count = shape.reduce((product, size) => product * size, 1n)
  if ((shape[0] ?? 1n) % BigInt(block.numbers) !== 0n)
    throw new Unreadable(`the rows of its tensor ${called} are no whole blocks of ${block.numbers}`)
  const bytes = (count / BigInt(block.numbers)) * BigInt(block.bytes)
  return { name: called, type: block.name, count: Number(count), offset, bytes }
}

function demandPlaced(tensors: readonly Placed[], { alignment, room }: { alignment: number; room: number }): void {
  let end = 0n
  const ordered = tensors.toSorted((one, other) => (one.offset < other.offset ? -1 : one.offset > other.offset ? 1 : 0))
  for (const { name, offset, bytes } of ordered) {
    if (offset % BigInt(alignment) !== 0n)
      throw new Unreadable(`its tensor ${name} is not aligned to ${alignment} bytes`)
    if (offset < end) throw new Unreadable(`its tensor ${name} lies over another one`)
    end = offset + bytes
    if (end > BigInt(Math.max(room, 0))) throw new Unreadable(`its tensor ${name} goes beyond the end of the file`)
  }
}
