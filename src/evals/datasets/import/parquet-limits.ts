/**
 * What a Parquet file may take. A file of a kilobyte can say that it has a billion rows, or that a page unpacks to
 * gigabytes, and a reader would make room for them first: so every page's head is read before any page is.
 */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type Compressors, type FileMetaData, snappyUncompress } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors'
import { Failure } from '../../../kernel/failure.ts'
import type { Content } from './content.ts'

const MEGABYTE = 1024 * 1024
const MOST_ROWS = 10_000_000
const MOST_COLUMNS = 1_000
/** Cells of one group of rows, which is in memory as a whole; a list counts once for each thing in it. */
const MOST_VALUES = 20_000_000
const MOST_PAGE = 64 * MEGABYTE
const MOST_GROUP = 512 * MEGABYTE
/** LZ4 is unpacked in JavaScript, byte by byte; a page that repeats itself makes 255 of one. */
const MOST_LZ4 = 16 * MEGABYTE

type RowGroup = FileMetaData['row_groups'][number]
type Column = NonNullable<RowGroup['columns'][number]['meta_data']>

export const brokenParquet = (why: string): Failure =>
  new Failure(
    'invalid',
    'datasets.parquet-broken',
    `The Parquet file cannot be read: ${why}. Write it again, or as JSON lines: ds.to_json("rows.jsonl").`,
  )

const tooLarge = (what: string): Failure =>
  new Failure(
    'invalid',
    'datasets.parquet-large',
    `The Parquet file says that it has ${what}. Write it in several files, with smaller groups of rows.`,
  )

export function demandModest({ num_rows, row_groups, schema }: FileMetaData): void {
  const rows = row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
  if (rows !== Number(num_rows) || row_groups.some((group) => group.num_rows < 0n))
    throw brokenParquet('its groups have not the rows that it says')
  if (rows > MOST_ROWS) throw tooLarge(`${rows} rows; ${MOST_ROWS} at most are read at once`)
  if (schema.length > MOST_COLUMNS) throw tooLarge(`${schema.length} columns; ${MOST_COLUMNS} at most are read`)
}

/** Goes through the heads of all pages of a group, one column as it is packed at a time. */
export async function demandGroup(content: Content, group: RowGroup): Promise<void> {
  let values = 0
  for (const { meta_data: column, file_path: elsewhere } of group.columns) {
    if (elsewhere !== undefined) throw brokenParquet('a column lies in another file')
    if (!column) throw brokenParquet('a column has no description')
    values += valuesIn(await columnIn(content, column), column, Number(group.num_rows))
    if (values > MOST_VALUES) throw tooLarge(`a group of rows with more than ${MOST_VALUES} values`)
  }
}

function columnIn(content: Content, column: Column): Promise<Buffer> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset)
  const end = start + Number(column.total_compressed_size)
  if (!(start >= 4 && end > start && end <= content.size())) throw brokenParquet('a column lies outside of it')
  if (end - start > MOST_GROUP) throw tooLarge(`a column of ${end - start} bytes in one group; ${MOST_GROUP} at most`)
  return content.read(start, end)
}

/** Throws where pages say more values than their column has. */
function valuesIn(bytes: Buffer, column: Column, rows: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader = { view, offset: 0 }
  const stated = Number(column.num_values)
  let values = 0
  while (reader.offset < view.byteLength - 1 && values < stated) {
    const head = parquetHeader(reader)
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = head
    if (!(packed >= 0 && reader.offset + packed <= view.byteLength))
      throw brokenParquet('a page goes beyond its column')
    if (!(unpacked >= 0 && unpacked <= MOST_PAGE)) throw tooLarge(`a page of ${unpacked} bytes; ${MOST_PAGE} at most`)
    reader.offset += packed
    const entries = head.dictionary_page_header?.num_values ?? 0
    // Each takes a bit at least.
    if (entries > unpacked * 8) throw brokenParquet('a dictionary has more entries than bytes')
    values += head.data_page_header?.num_values ?? head.data_page_header_v2?.num_values ?? 0
    if (values > stated) throw brokenParquet('its pages have more values than it says')
    if (values > MOST_VALUES) throw tooLarge(`a column with more than ${MOST_VALUES} values`)
  }
  // There is one for each row at least, nulls and empty lists too; fewer would leave rows that are made up of nothing.
  if (values < stated || stated < rows) throw brokenParquet('its pages have fewer values than it says')
  return values
}

/** For one group of rows: together they unpack no more than a group may hold. */
export function unpackers(): Compressors {
  let left = MOST_GROUP
  const within =
    (unpack: (input: Uint8Array, length: number) => Uint8Array) =>
    (input: Uint8Array, length: number): Uint8Array => {
      left -= length
      if (left < 0) throw tooLarge(`a group of rows that unpacks to more than ${MOST_GROUP} bytes`)
      return unpack(input, length)
    }
  const native = (unpack: (input: Uint8Array, options: { maxOutputLength: number }) => Buffer) =>
    within((input, length) => unpack(input, { maxOutputLength: Math.max(length, 1) }))
  const lz4 = (unpack: typeof decompressLz4) =>
    within((input, length) => {
      if (input.byteLength > MOST_LZ4) throw tooLarge(`a page of ${input.byteLength} bytes in LZ4; ${MOST_LZ4} at most`)
      return unpack(input, length)
    })
  return {
    SNAPPY: within((input, length) => {
      const output = new Uint8Array(length)
      snappyUncompress(input, output)
      return output
    }),
    GZIP: native(gunzipSync),
    BROTLI: native(brotliDecompressSync),
    ZSTD: native(zstdDecompressSync),
    LZ4: lz4(decompressLz4),
    LZ4_RAW: lz4(decompressLz4Raw),
  }
}
