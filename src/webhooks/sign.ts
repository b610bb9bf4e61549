/**
 * Signatures by the specification of Standard Webhooks: HMAC-SHA256 over `id.timestamp.payload`, so that who
 * receives can tell ours from others', and an old one that is sent again from a new one.
 */
import { createHmac } from 'node:crypto'
import type { RandomBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'

const PREFIX = 'whsec_'
/** The specification asks for 24 to 64. */
const SECRET_BYTES = 32

export const newSigningSecret = (random: RandomBytes): Secret =>
  new Secret(`${PREFIX}${Buffer.from(random(SECRET_BYTES)).toString('base64')}`)

/**
 * The three headers of a request. Several secrets give several signatures, of which one that fits is enough: so a
 * secret is changed without a request that nobody believes.
 * @param timestamp seconds since 1970
 */
export function signatureHeaders({
  id,
  timestamp,
  payload,
  secrets,
}: {
  id: string
  timestamp: number
  payload: string
  secrets: readonly Secret[]
}): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.reveal().replace(PREFIX, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}
