/**
 * The texts of keys, links and sessions, and what is kept of them: an HMAC-SHA-256 under the master key,
 * one name space for each kind. Looking up an HMAC takes a time that tells nothing about the text.
 */
import { createHmac } from 'node:crypto'
import type { RandomBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'

export type SecretKind =
  | 'key'
  | 'link'
  | 'session'
  | 'audit-head'
  | 'audit-anchor'
  | 'master-key'
  | 'invitation'
  | 'recovery-code'
  | 'sign-in-attempt'
export type HmacOf = (kind: SecretKind, text: string) => string

const MOST_KEPT = 10_000
const COMES_AGAIN: ReadonlySet<SecretKind> = new Set(['key', 'session'])

/**
 * Keys come again with every request, and their HMAC was a tenth of what a request cost; so each is computed once.
 * The texts stay in this closure's memory, where each request brings them anyway; what is written anywhere is the HMAC.
 */
export function hmacUnder(masterKey: Secret): HmacOf {
  const kept = new Map<string, string>()
  return (kind, text) => {
    const input = `${kind}\n${text}`
    const known = kept.get(input)
    if (known !== undefined) return known
    const hmac = createHmac('sha256', masterKey.reveal()).update(input).digest('base64url')
    // Codes and links come once, and are not kept in memory for longer than that takes.
    if (!COMES_AGAIN.has(kind)) return hmac
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(input, hmac)
    return hmac
  }
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `prefix_` and 40 characters of five bits each. */
export const newSecret = (prefix: string, random: RandomBytes): Secret =>
  new Secret(`${prefix}_${Array.from(random(40), (byte) => ALPHABET.charAt(byte & 31)).join('')}`)
