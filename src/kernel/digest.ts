/**
 * Digests: SHA-256 over the canonical JSON of RFC 8785, written `sha256:` and 64 hexadecimal digits.
 * The order of object keys changes nothing, the order of arrays does.
 */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'

export const Digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'a digest is sha256: and 64 hexadecimal digits')
  .brand<'Digest'>()
export type Digest = z.infer<typeof Digest>

/** The digest of any JSON value. Throws `TypeError` for what JSON cannot say (functions, NaN, undefined). */
export const digestOf = (value: unknown): Digest => digestOfBytes(canonicalJson(value))

/** The digest of bytes, or of text as UTF-8, as they are. */
export const digestOfBytes = (bytes: string | Uint8Array): Digest =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest

/** The same of bytes and texts one after the other, which are then never joined. */
export function digestOfPieces(pieces: Iterable<string | Uint8Array>): Digest {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return `sha256:${hash.digest('hex')}` as Digest
}

/** The digest of text without a byte order mark and with LF line ends, so that platforms agree. */
export const digestOfText = (text: string): Digest => digestOfBytes(normaliseText(text))

export const normaliseText = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n')

/** RFC 8785 text of a JSON value. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('This value has no JSON form and therefore no digest.')
  return text
}

/** The first eight hexadecimal digits, for people. */
export const shortDigest = (digest: Digest): string => digest.slice('sha256:'.length, 'sha256:'.length + 8)

/** What stands for a sticky subject in rows: 32 hexadecimal digits of SHA-256, as the gateway writes them. */
export const unitOf = (subject: string): string => createHash('sha256').update(subject).digest('hex').slice(0, 32)

/** The first 64 bits of SHA-256 over the parts one after the other: for sticky shares, not for addresses. */
export function hash64(...parts: readonly string[]): bigint {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest().readBigUInt64BE(0)
}
