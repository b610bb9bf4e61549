/** One-time codes by time: RFC 6238 over HMAC-SHA-1, six digits of thirty seconds, as authenticator apps make them. */
import { createHmac } from 'node:crypto'
import { epochMs, type Instant, SECOND } from '../../kernel/time.ts'

export const STEP_SECONDS = 30
export const DIGITS = 6
/** Bytes of a new secret: as many as SHA-1 gives (RFC 4226, section 4). */
export const SECRET_BYTES = 20
/** A code of the step before and after is taken too, because clocks differ. */
const DRIFT_STEPS = 1

/** The number of the step that an instant lies in. */
export const stepOf = (at: Instant): number => Math.floor(epochMs(at) / (STEP_SECONDS * SECOND))

/** The code of a step, with as many digits as are asked for. */
export function codeOf(secret: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The step whose code this is, or undefined. Steps up to `after` are not taken, so that a code that somebody saw
 * being typed is worth nothing.
 */
export function stepOfCode(
  secret: Buffer,
  code: string,
  { at, after }: { at: Instant; after: number },
): number | undefined {
  const now = stepOf(at)
  let found: number | undefined
  // All are compared, whichever fits.
  for (let step = now - DRIFT_STEPS; step <= now + DRIFT_STEPS; step++)
    if (codeOf(secret, step) === code && step > after) found ??= step
  return found
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base 32 (RFC 4648) without padding, as apps take a secret that is typed. */
export function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((value >>> bits) & 31)
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET.charAt((value << (5 - bits)) & 31) : text
}

/** What an authenticator app reads: `otpauth://totp/Airworthy:ada?secret=…`. */
export function otpauthUri({ secret, account, issuer }: { secret: string; account: string; issuer: string }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  const query = new URLSearchParams({
    secret,
    issuer,
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  })
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`
}
