/**
 * The header of a safetensors file: eight bytes of length, JSON, then the numbers and nothing else.
 *
 * Invariant: a header is taken only when its tensors fill the rest of the file exactly, one after the other, as the
 * format demands: no gap in which something hides, no overlap, no key twice of which readers take different ones.
 */
import { z } from 'zod'
import { type Bytes, Unreadable } from './bytes.ts'
import { countBy, shortMetadata, type WeightsHeader } from './header.ts'

/** The format's own limit. */
const MOST_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8
const MOST_DIMENSIONS = 16

/** Bits of one number. */
const BITS: Readonly<Record<string, number>> = {
  F64: 64,
  F32: 32,
  F16: 16,
  BF16: 16,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F4: 4,
  C64: 64,
  I64: 64,
  I32: 32,
  I16: 16,
  I8: 8,
  U64: 64,
  U32: 32,
  U16: 16,
  U8: 8,
  BOOL: 8,
}

const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const Tensor = z.strictObject({
  dtype: z.string(),
  shape: z.array(whole).max(MOST_DIMENSIONS),
  data_offsets: z.tuple([whole, whole]),
})
const Metadata = z.record(z.string(), z.string())

/** Whether it may be one: the length of a header that fits and the brace that opens it. */
export function looksLikeSafetensors(head: Uint8Array, size: number): boolean {
  if (head.length <= LENGTH_BYTES || head[LENGTH_BYTES] !== 0x7b) return false
  return Buffer.from(head.buffer, head.byteOffset, LENGTH_BYTES).readBigUInt64LE() <= BigInt(size - LENGTH_BYTES)
}

/** Throws `Unreadable`. */
export function readSafetensors(bytes: Bytes): WeightsHeader {
  const length = bytes.read(0, LENGTH_BYTES).readBigUInt64LE()
  if (length > BigInt(MOST_HEADER_BYTES))
    throw new Unreadable(`its header of ${length} bytes is above the ${MOST_HEADER_BYTES} that the format allows`)
  const raw = bytes.read(LENGTH_BYTES, Number(length))
  const text = raw.toString('utf8')
  if (!Buffer.from(text, 'utf8').equals(raw)) throw new Unreadable('its header is no UTF-8')
  const { __metadata__: metadata, ...tensors } = objectIn(text)
  const said = Metadata.optional().safeParse(metadata)
  if (!said.success) throw new Unreadable('its __metadata__ holds something else than text')
  const read = Object.entries(tensors).map(([name, value]) => tensorOf(name, value))
  demandFilled(read, bytes.size - LENGTH_BYTES - Number(length))
  const entries = said.data ?? {}
  return {
    version: null,
    tensors: read.length,
    parameters: read.reduce((sum, { count }) => sum + count, 0),
    types: countBy(read.map(({ dtype }) => dtype)),
    name: null,
    architecture: entries['modelspec.architecture']?.slice(0, 200) ?? null,
    quantisation: null,
    contextTokens: null,
    licence: (entries['modelspec.license'] ?? entries.license)?.slice(0, 200) ?? null,
    metadata: shortMetadata(Object.entries(entries)),
  }
}

function objectIn(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Unreadable('its header is no JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable('its header is no object')
  const twice = repeatedKey(text)
  if (twice !== undefined) throw new Unreadable(`its header names ${JSON.stringify(twice.slice(0, 100))} twice`)
  return value as Record<string, unknown>
}

/**
 * The first key that an object of the header has twice; `JSON.parse` would keep the last one in silence.
 * @param text JSON that was parsed, so that its brackets and strings are whole
 */
export function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  let isKey = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '{') {
      open.push(new Set())
      isKey = true
    } else if (letter === '[') {
      open.push(null)
      isKey = false
    } else if (letter === '}' || letter === ']') open.pop()
    else if (letter === ',') isKey = open.at(-1) !== null
    else if (letter === ':') isKey = false
    else if (letter === '"') {
      const start = at
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++
      const keys = open.at(-1)
      if (!isKey || !keys) continue
      const key = JSON.parse(text.slice(start, at + 1)) as string
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return undefined
}

type Placed = {
  readonly name: string
  readonly dtype: string
  readonly count: number
  readonly begin: number
  readonly end: number
}

function tensorOf(name: string, value: unknown): Placed {
  const parsed = Tensor.safeParse(value)
  const called = JSON.stringify(name.slice(0, 100))
  if (!parsed.success) throw new Unreadable(`its tensor ${called} is not described as the format demands`)
  const {
    dtype,
    shape,
    data_offsets: [begin, end],
  } = parsed.data
  const bits = Object.hasOwn(BITS, dtype) ? BITS[dtype] : undefined
  if (bits === undefined) throw new Unreadable(`its tensor ${called} is of the unknown type ${dtype.slice(0, 40)}`)
  const count = shape.reduce((product, size) => product * BigInt(size), 1n)
  const needed = count * BigInt(bits)
  if (needed % 8n !== 0n || needed / 8n !== BigInt(end) - BigInt(begin))
    throw new Unreadable(`its tensor ${called} needs ${needed} bits and has bytes ${begin} to ${end}`)
  return { name: called, dtype, count: Number(count), begin, end }
}

function demandFilled(tensors: readonly Placed[], size: number): void {
  let at = 0
  for (const { name, begin, end } of tensors.toSorted((one, other) => one.begin - other.begin || one.end - other.end)) {
    if (begin !== at) throw new Unreadable(`its tensor ${name} begins at byte ${begin} instead of ${at}`)
    at = end
  }
  if (at !== size) throw new Unreadable(`its tensors take ${at} bytes and ${size} follow the header`)
}
