/**
 * The texts of keys, links and sessions, and what is kept of them: an HMAC-SHA-256 under the master key,
 * one name space for each kind. Looking up an HMAC takes a time that tells nothing about the text.
 */
import { createHmac } from 'node:crypto'
import type { RandomBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'

export type SecretKind = 'key' | 'link' | 'session' | 'audit-head'
export type HmacOf = (kind: SecretKind, text: string) => string

export const hmacUnder =
  (masterKey: Secret): HmacOf =>
  (kind, text) =>
    createHmac('sha256', masterKey.reveal()).update(`${kind}\n${text}`).digest('base64url')

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `prefix_` and 40 characters of five bits each. */
export const newSecret = (prefix: string, random: RandomBytes): Secret =>
  new Secret(`${prefix}_${Array.from(random(40), (byte) => ALPHABET.charAt(byte & 31)).join('')}`)
