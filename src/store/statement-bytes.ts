/**
 * A statement as PostgreSQL's protocol has it, in one piece: parse, bind, describe, execute, sync. No type of a parameter
 * is asked for: values are written as the driver of PostgreSQL writes them, so both engines take the same ones.
 */

const AS_TEXT = 0
const AS_BYTES = 1
const NULL_LENGTH = -1
/** Letters, lengths, counts and empty names of the five messages; and what each value takes beside itself. */
const FRAME_BYTES = 64
const VALUE_BYTES = 6

type Written = string | Buffer | null

/** Throws where there are more parameters than the protocol counts, 65,535. */
export function statementBytes(sql: string, parameters: readonly unknown[]): Uint8Array {
  const values = parameters.map(written)
  const sizes = values.map((value) => (value === null ? NULL_LENGTH : Buffer.byteLength(value)))
  const bytes = Buffer.allocUnsafe(
    sizes.reduce((sum, size) => sum + Math.max(size, 0) + VALUE_BYTES, Buffer.byteLength(sql) + FRAME_BYTES),
  )
  let end = 0
  const short = (value: number) => {
    end = bytes.writeUInt16BE(value, end)
  }
  const long = (value: number) => {
    end = bytes.writeInt32BE(value, end)
  }
  const raw = (value: string | Buffer) => {
    end += typeof value === 'string' ? bytes.write(value, end) : value.copy(bytes, end)
  }
  /** A message's length counts itself, and not the letter before it. */
  const message = (letter: string, write: () => void) => {
    raw(letter)
    const start = end
    end += 4
    write()
    bytes.writeInt32BE(end - start, start)
  }
  message('P', () => {
    raw(`\0${sql}\0`)
    short(0)
  })
  message('B', () => {
    raw('\0\0')
    short(values.length)
    for (const value of values) short(Buffer.isBuffer(value) ? AS_BYTES : AS_TEXT)
    short(values.length)
    for (const [index, value] of values.entries()) {
      long(sizes[index] ?? NULL_LENGTH)
      if (value !== null) raw(value)
    }
    short(0)
  })
  message('D', () => raw('P\0'))
  message('E', () => {
    raw('\0')
    long(0)
  })
  message('S', () => {})
  return bytes.subarray(0, end)
}

function written(value: unknown): Written {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return String(value)
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? arrayText(value) : JSON.stringify(value)
}

const arrayText = (items: readonly unknown[]): string => `{${items.map(itemText).join(',')}}`

function itemText(item: unknown): string {
  if (Array.isArray(item)) return arrayText(item)
  const value = written(item)
  if (value === null) return 'NULL'
  const text = Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
