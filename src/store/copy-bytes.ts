/**
 * Rows as `copy … with (format binary)` reads them, value by value in the order of its columns: two thirds of what it
 * takes the database to read them as lines, in which each byte may mean something. What has no such value throws.
 */

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
/** The signature, and no flags and no extension. */
const HEAD_BYTES = SIGNATURE.length + 8
const END_OF_ROWS = -1
const NULL_LENGTH = -1
/** Of one character, in UTF-8. */
const MOST_BYTES = 3
/** Up to so many characters are written here; the call that writes more takes longer than they do. */
const SHORT = 40
const ASCII = 0x80
/** The first version of how `jsonb` comes in, which is text. */
const JSONB = 1
/** PostgreSQL counts microseconds from 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
const TWO_TO_32 = 2 ** 32
/** `numeric` comes in digits of four decimal places. */
const PLACES = 4
const NEGATIVE = 0x4000

export type CopyBytes = {
  /** So far. */
  size(): number
  row(values: number): void
  text(value: string | null | undefined): void
  json(value: unknown): void
  boolean(value: boolean): void
  /** `int`. */
  integer(value: number): void
  /** `float8`. */
  float(value: number | null | undefined): void
  /** `timestamptz`. */
  instant(value: string): void
  /** A decimal text, as `numeric`. */
  decimal(value: string | null | undefined): void
  /** Once, at the end: all rows, in memory of their own. */
  finish(): Uint8Array<ArrayBuffer>
}

/** @param room in bytes; more is made where it is not enough */
export function createCopyBytes(room: number): CopyBytes {
  let bytes = Buffer.allocUnsafeSlow(room + HEAD_BYTES)
  let end = SIGNATURE.copy(bytes)
  bytes.fill(0, end, HEAD_BYTES)
  end = HEAD_BYTES

  function makeRoom(more: number): void {
    if (end + more <= bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (end + more))
    bytes.copy(larger, 0, 0, end)
    bytes = larger
  }

  function short(value: number): void {
    makeRoom(2)
    end = bytes.writeInt16BE(value, end)
  }

  function long(value: number): void {
    makeRoom(4)
    end = bytes.writeInt32BE(value, end)
  }

  function nothing(): void {
    long(NULL_LENGTH)
  }

  function written(text: string): number {
    if (text.length > SHORT) return bytes.write(text, end)
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code >= ASCII) return bytes.write(text, end)
      bytes[end + at] = code
    }
    return text.length
  }

  /** With its length, in which `before` bytes that stand there already are counted. */
  function measured(text: string, before: number): void {
    const start = end
    makeRoom(4 + before + MOST_BYTES * text.length)
    end += 4 + before
    end += written(text)
    bytes.writeInt32BE(end - start - 4, start)
  }

  function text(value: string | null | undefined): void {
    if (value === null || value === undefined) nothing()
    else measured(value, 0)
  }

  function float(value: number | null | undefined): void {
    if (value === null || value === undefined) {
      nothing()
      return
    }
    if (typeof value !== 'number') throw new TypeError(`a number was expected, found ${typeof value}`)
    makeRoom(12)
    end = bytes.writeDoubleBE(value, bytes.writeInt32BE(8, end))
  }

  return {
    size: () => end,
    row: short,
    text,
    json(value) {
      if (value === null || value === undefined) return nothing()
      const start = end
      measured(Array.isArray(value) && value.length === 0 ? '[]' : JSON.stringify(value), 1)
      bytes[start + 4] = JSONB
    },
    boolean(value) {
      makeRoom(5)
      end = bytes.writeUInt8(Number(value), bytes.writeInt32BE(1, end))
    },
    integer(value) {
      if (!Number.isInteger(value)) throw new TypeError(`a whole number was expected, found ${value}`)
      makeRoom(8)
      end = bytes.writeInt32BE(value, bytes.writeInt32BE(4, end))
    },
    float,
    instant(value) {
      const microseconds = (Date.parse(value) - EPOCH_MS) * 1000
      if (Number.isNaN(microseconds)) throw new TypeError(`an instant was expected, found ${value}`)
      const high = Math.floor(microseconds / TWO_TO_32)
      makeRoom(12)
      end = bytes.writeInt32BE(high, bytes.writeInt32BE(8, end))
      end = bytes.writeUInt32BE(microseconds - high * TWO_TO_32, end)
    },
    decimal(value) {
      if (value === null || value === undefined) return nothing()
      const [whole = '', fraction = ''] = value.replace('-', '').split('.')
      const before = digitsOf(whole.padStart(Math.ceil(whole.length / PLACES) * PLACES, '0'))
      const after = digitsOf(fraction.padEnd(Math.ceil(fraction.length / PLACES) * PLACES, '0'))
      long(8 + 2 * (before.length + after.length))
      short(before.length + after.length)
      short(before.length - 1)
      short(value.startsWith('-') ? NEGATIVE : 0)
      short(fraction.length)
      for (const digit of before) short(digit)
      for (const digit of after) short(digit)
    },
    finish() {
      short(END_OF_ROWS)
      return new Uint8Array(bytes.buffer.slice(0, end))
    },
  }
}

function digitsOf(decimals: string): number[] {
  const digits: number[] = []
  for (let at = 0; at < decimals.length; at += PLACES) digits.push(Number(decimals.slice(at, at + PLACES)))
  return digits
}
