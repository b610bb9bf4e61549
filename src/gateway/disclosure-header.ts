/** What people have to be told, with each answer of an application: percent-encoded, because headers are ASCII. */
import type { IncomingMessage } from 'node:http'
import { disclosureFor } from '../core/disclosure.ts'
import type { Release } from '../core/release.ts'

/** A flat pair, as `writeHead` takes it; nothing where the release says none. */
export function disclosureHeader({ manifest: { disclosure } }: Release, { headers }: IncomingMessage): string[] {
  if (!disclosure) return []
  return ['airworthy-disclosure', encodeURIComponent(disclosureFor(disclosure, headers['accept-language']))]
}
