/**
 * Parquet files, the layout in which the Hugging Face hub keeps data sets: one group of rows at a time.
 *
 * What a file says of its own sizes is not believed (`parquet-limits.ts`). Numbers of classes become the names that the
 * hub keeps beside them; bytes that are no text, such as pictures, are left out and named.
 */
import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { Failure } from '../../../kernel/failure.ts'
import type { Content } from './content.ts'
import { brokenParquet, demandGroup, demandModest, unpackers } from './parquet-limits.ts'
import { isObject } from './read-row.ts'

export type ParquetRow = { readonly line: number; readonly row: Record<string, unknown> }

export const isParquet = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(MAGIC)

const MAGIC = Buffer.from('PAR1')
const ENCRYPTED = Buffer.from('PARE')

/** Notes are complete when the last row was read. Throws `datasets.parquet-broken` and `datasets.parquet-large`. */
export async function* readParquet(content: Content, notes: string[]): AsyncGenerator<ParquetRow> {
  const byteLength = content.size()
  const slice = async (start: number, end = byteLength) =>
    new Uint8Array(await content.read(Math.max(0, start), Math.min(end, byteLength))).buffer
  if (Buffer.from(await slice(byteLength - ENCRYPTED.length)).equals(ENCRYPTED)) throw brokenParquet('it is encrypted')
  const file = { byteLength, slice }
  const metadata = await attempt(() => parquetMetadataAsync(file, { geoparquet: false }))
  demandModest(metadata)
  const classes = classNames(metadata)
  const left = new Set<string>()
  let line = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    await attempt(() => demandGroup(content, group))
    const read = { file, metadata, rowStart: line, rowEnd: line + rows, compressors: unpackers(), utf8: false }
    for (const row of rows === 0 ? [] : await attempt(() => parquetReadObjects({ ...read, geoparquet: false }))) {
      line += 1
      yield { line, row: plainRow(row, classes, left) }
    }
  }
  if (left.size > 0) notes.push(`${[...left].join(', ')} hold bytes that are no text; they were left out.`)
}

async function attempt<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act()
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : brokenParquet(whyOf(thrown))
  }
}

/** What a torn file makes a reader stumble over says nothing to a person. */
const whyOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.message.startsWith('parquet ')
    ? thrown.message.slice('parquet '.length)
    : 'it is torn'

type Classes = ReadonlyMap<string, readonly string[]>

/** Of the hub's own description, `{"info": {"features": {"label": {"names": […], "_type": "ClassLabel"}}}}`. */
function classNames({ key_value_metadata: pairs = [] }: FileMetaData): Classes {
  const said = pairs.find(({ key }) => key === 'huggingface')?.value
  const features = said === undefined ? undefined : featuresIn(said)
  return new Map(
    Object.entries(features ?? {}).flatMap(([name, feature]) =>
      isObject(feature) && Array.isArray(feature.names) ? [[name, feature.names.map(String)] as const] : [],
    ),
  )
}

function featuresIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const info = isObject(value) ? value.info : undefined
    return isObject(info) && isObject(info.features) ? info.features : undefined
  } catch {
    // It is somebody's own note, and the rows can be read without it.
    return undefined
  }
}

function plainRow(row: Record<string, unknown>, classes: Classes, left: Set<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      const plain = plainValue(value, { name, left })
      const named = typeof plain === 'number' ? classes.get(name)?.[plain] : undefined
      return plain === undefined ? [] : [[name, named ?? plain] as const]
    }),
  )
}

/** As JSON has it. Undefined for bytes that are no text. */
function plainValue(value: unknown, at: { name: string; left: Set<string> }): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) {
    const text = textIn(value)
    if (text === undefined) at.left.add(at.name)
    return text
  }
  if (ArrayBuffer.isView(value)) return [...(value as unknown as Iterable<unknown>)].map((one) => plainValue(one, at))
  if (Array.isArray(value)) return value.map((one) => plainValue(one, at) ?? null)
  if (!isObject(value)) return value ?? null
  const fields = Object.entries(value).flatMap(([name, one]) => {
    const plain = plainValue(one, { ...at, name: `${at.name}.${name}` })
    return plain === undefined ? [] : [[name, plain] as const]
  })
  return Object.fromEntries(fields)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}
