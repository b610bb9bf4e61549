/** Files of weights as a test needs them, made by hand from the descriptions of the formats. */

export function safetensors(
  tensors: Readonly<Record<string, { dtype: string; shape: number[]; bytes: number }>>,
  metadata?: Record<string, string>,
): Buffer {
  let at = 0
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {}
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes] }
    at += bytes
  }
  return withHeader(JSON.stringify(header), at)
}

export function withHeader(text: string, dataBytes: number, length = BigInt(Buffer.byteLength(text))): Buffer {
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(length)
  return Buffer.concat([size, Buffer.from(text), Buffer.alloc(dataBytes)])
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
export const u64 = (value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)])

export const gguf = ({
  version = 3,
  pairs = [
    ['general.architecture', 'llama'],
    ['general.name', 'Sage'],
    ['general.file_type', 15],
    ['llama.context_length', 32768],
    ['tokenizer.ggml.tokens', ['a', 'b']],
  ],
  tensors = [
    { name: 'a', shape: [256, 2], type: 12, offset: 0 },
    { name: 'b', shape: [4], type: 0, offset: 288 },
  ],
  dataBytes = 304,
}: {
  version?: number
  pairs?: readonly (readonly [string, string | number | string[]])[]
  tensors?: readonly { name: string; shape: number[]; type: number; offset: number }[]
  dataBytes?: number
} = {}): Buffer => {
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(tensors.length),
    u64(pairs.length),
    ...pairs.flatMap(([key, value]) => [
      text(key),
      typeof value === 'string'
        ? Buffer.concat([u32(8), text(value)])
        : typeof value === 'number'
          ? Buffer.concat([u32(4), u32(value)])
          : Buffer.concat([u32(9), u32(8), u64(value.length), ...value.map(text)]),
    ]),
    ...tensors.flatMap(({ name, shape, type, offset }) => [
      text(name),
      u32(shape.length),
      ...shape.map(u64),
      u32(type),
      u64(offset),
    ]),
  ])
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), Buffer.alloc(dataBytes)])
}

/** What `pickle.dumps` writes for an object whose `__reduce__` is `(os.system, ('id',))`, protocol 4. */
export const EVIL_PICKLE = Buffer.from(
  '8004951d000000000000008c05706f736978948c0673797374656d9493948c02696494859452942e',
  'hex',
)
/** The same in protocol 0. */
export const TEXT_PICKLE = Buffer.from('cposix\nsystem\np0\n(Vid\np1\ntp2\nRp3\n.')
/** Cut before its end, after the call: a loader has run it by then. */
export const BROKEN_PICKLE = EVIL_PICKLE.subarray(0, EVIL_PICKLE.length - 1)

/** A zip archive with one entry, stored as it is. */
export function zip(name: string, content: Buffer): Buffer {
  const entry = Buffer.alloc(30)
  entry.writeUInt32LE(0x04034b50, 0)
  entry.writeUInt32LE(content.length, 18)
  entry.writeUInt32LE(content.length, 22)
  entry.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt32LE(content.length, 20)
  central.writeUInt32LE(content.length, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + content.length, 16)
  return Buffer.concat([entry, Buffer.from(name), content, central, Buffer.from(name), end])
}
