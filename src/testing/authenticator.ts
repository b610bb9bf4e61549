/** An authenticator app for tests, written apart from what it tests: the code of a secret at an instant. */
import { createHmac } from 'node:crypto'
import { epochMs, type Instant } from '../kernel/time.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** Six digits, as RFC 6238 and RFC 4226 (section 5.4) say them. */
export function codeOf(secret: string, at: Instant): string {
  const counter = Buffer.alloc(8)
  counter.writeUInt32BE(Math.floor(epochMs(at) / 30_000), 4)
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (mac[19] ?? 0) & 0xf
  const [a = 0, b = 0, c = 0, d = 0] = mac.subarray(offset, offset + 4)
  const code = ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d
  return String(code % 1_000_000).padStart(6, '0')
}
