/**
 * Parquet files for tests, written out by hand after the format's own description (parquet-format 2.10): plain pages of
 * texts, whole numbers and bytes, one group or several, in every compression, honest or not.
 */
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'

type Cell = string | number | Buffer | null
export type MadeColumn = { readonly name: string; readonly cells: readonly Cell[]; readonly isBytes?: boolean }
export type Made = {
  readonly columns: readonly MadeColumn[]
  readonly codec?: keyof typeof CODECS
  /** Rows of each group; all in one when left out. */
  readonly rowsOfGroup?: number
  readonly metadata?: Readonly<Record<string, string>>
  /** What it says of itself in place of the truth. */
  readonly lies?: { readonly rows?: number; readonly pageValues?: number; readonly pageBytes?: number }
}

const CODECS = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6, LZ4_RAW: 7 } as const
const [I32, I64, BINARY, LIST, STRUCT] = [5, 6, 8, 9, 12]
const [INT64, BYTE_ARRAY] = [2, 6]
const OPTIONAL = 1
const UTF8 = 0
const RLE = 3

export function madeParquet({ columns, codec = 'UNCOMPRESSED', rowsOfGroup, metadata = {}, lies = {} }: Made): Buffer {
  const rows = columns[0]?.cells.length ?? 0
  const size = rowsOfGroup ?? Math.max(rows, 1)
  const parts: Buffer[] = [Buffer.from('PAR1')]
  const groups: Buffer[] = []
  for (let from = 0; from < rows; from += size) {
    const chunks = columns.map((column) => {
      const cells = column.cells.slice(from, from + size)
      const plain = pageOf(cells)
      const packed = pack(plain, codec)
      const head = struct([
        [1, I32, zigzag(0)],
        [2, I32, zigzag(lies.pageBytes ?? plain.length)],
        [3, I32, zigzag(packed.length)],
        [
          5,
          STRUCT,
          struct([
            [1, I32, zigzag(lies.pageValues ?? cells.length)],
            [2, I32, zigzag(0)],
            [3, I32, zigzag(RLE)],
            [4, I32, zigzag(RLE)],
          ]),
        ],
      ])
      const at = parts.reduce((sum, part) => sum + part.length, 0)
      parts.push(head, packed)
      return struct([
        [2, I64, zigzag(at)],
        [
          3,
          STRUCT,
          struct([
            [1, I32, zigzag(typeOf(column))],
            [2, LIST, list(I32, [zigzag(0), zigzag(RLE)])],
            [3, LIST, list(BINARY, [text(column.name)])],
            [4, I32, zigzag(CODECS[codec])],
            [5, I64, zigzag(lies.pageValues ?? cells.length)],
            [6, I64, zigzag(head.length + plain.length)],
            [7, I64, zigzag(head.length + packed.length)],
            [9, I64, zigzag(at)],
          ]),
        ],
      ])
    })
    const count = lies.rows ?? Math.min(size, rows - from)
    groups.push(
      struct([
        [1, LIST, list(STRUCT, chunks)],
        [2, I64, zigzag(0)],
        [3, I64, zigzag(count)],
      ]),
    )
  }
  const root = struct([
    [4, BINARY, text('schema')],
    [5, I32, zigzag(columns.length)],
  ])
  const leaves = columns.map((column) =>
    struct([
      [1, I32, zigzag(typeOf(column))],
      [3, I32, zigzag(OPTIONAL)],
      [4, BINARY, text(column.name)],
      ...(typeOf(column) === BYTE_ARRAY && !column.isBytes ? [[6, I32, zigzag(UTF8)] as const] : []),
    ]),
  )
  const pairs = Object.entries(metadata).map(([key, value]) =>
    struct([
      [1, BINARY, text(key)],
      [2, BINARY, text(value)],
    ]),
  )
  const footer = struct([
    [1, I32, zigzag(2)],
    [2, LIST, list(STRUCT, [root, ...leaves])],
    [3, I64, zigzag(lies.rows ?? rows)],
    [4, LIST, list(STRUCT, groups)],
    [5, LIST, list(STRUCT, pairs)],
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(footer.length)
  return Buffer.concat([...parts, footer, length, Buffer.from('PAR1')])
}

const typeOf = ({ cells }: MadeColumn): number =>
  cells.some((cell) => typeof cell === 'number') ? (INT64 ?? 2) : (BYTE_ARRAY ?? 6)

/** Which cells are there as runs of one, then what they hold. */
function pageOf(cells: readonly Cell[]): Buffer {
  const levels = Buffer.concat(cells.map((cell) => Buffer.concat([varint(2), Buffer.from([cell === null ? 0 : 1])])))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(levels.length)
  return Buffer.concat([length, levels, ...cells.flatMap((cell) => (cell === null ? [] : [plainOf(cell)]))])
}

function plainOf(cell: string | number | Buffer): Buffer {
  if (typeof cell === 'number') {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(cell))
    return bytes
  }
  const bytes = Buffer.from(cell as string)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}

function pack(plain: Buffer, codec: keyof typeof CODECS): Buffer {
  if (codec === 'GZIP') return gzipSync(plain)
  if (codec === 'BROTLI') return brotliCompressSync(plain)
  if (codec === 'ZSTD') return zstdCompressSync(plain)
  // All of it as one literal, which both forms allow.
  if (codec === 'SNAPPY') {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(plain.length - 1)
    return Buffer.concat([varint(plain.length), Buffer.from([63 << 2]), length, plain])
  }
  if (codec === 'LZ4_RAW') {
    if (plain.length < 15) return Buffer.concat([Buffer.from([plain.length << 4]), plain])
    const rest = plain.length - 15
    const more = Buffer.alloc(Math.floor(rest / 255), 255)
    return Buffer.concat([Buffer.from([0xf0]), more, Buffer.from([rest % 255]), plain])
  }
  return plain
}

type Field = readonly [id: number, type: number | undefined, value: Buffer]

/** Thrift's compact form. */
function struct(fields: readonly Field[]): Buffer {
  let last = 0
  const parts = fields.flatMap(([id, type = 0, value]) => {
    const head = Buffer.from([((id - last) << 4) | type])
    last = id
    return [head, value]
  })
  return Buffer.concat([...parts, Buffer.from([0])])
}

const list = (type: number | undefined, items: readonly Buffer[]): Buffer =>
  Buffer.concat([
    items.length < 15
      ? Buffer.from([(items.length << 4) | (type ?? 0)])
      : Buffer.concat([Buffer.from([0xf0 | (type ?? 0)]), varint(items.length)]),
    ...items,
  ])

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([varint(bytes.length), bytes])
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let left = BigInt(value)
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128)
    left >>= 7n
  }
  return Buffer.from([...bytes, Number(left)])
}

const zigzag = (value: number): Buffer => varint(value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value))
