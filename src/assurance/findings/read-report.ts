/** A signed report, read at the door: who signed it, that nothing was changed, and that it is about this release. */
import { createPublicKey } from 'node:crypto'
import type { Envelope } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import { type Digest, digestOfBytes } from '../../kernel/digest.ts'
import { whyBroken } from '../../kernel/dsse.ts'
import { Failure } from '../../kernel/failure.ts'
import { ReportPayload } from './contract.ts'

export function readReport(
  { envelope, publicKey }: { envelope: Envelope; publicKey: string },
  { digest }: Release,
): { payload: ReportPayload; keyid: string; statement: Digest } {
  const keyid = keyIdOf(publicKey)
  const why = whyBroken(envelope, publicKey)
  if (why !== undefined) throw new Failure('invalid', 'assurance.report-broken', `envelope: ${why}`)
  const bytes = Buffer.from(envelope.payload, 'base64')
  const parsed = ReportPayload.safeParse(jsonOf(bytes.toString('utf8')))
  if (!parsed.success)
    throw new Failure('invalid', 'assurance.report-form', 'The payload is no report of findings.', {
      problems: parsed.error.issues.map(({ path, message }) => ({ field: `payload.${path.join('.')}`, message })),
    })
  if (parsed.data.releaseDigest !== digest)
    throw new Failure(
      'conflict',
      'assurance.report-other-release',
      `The report is about ${parsed.data.releaseDigest}, and this release is ${digest}.`,
    )
  return { payload: parsed.data, keyid, statement: digestOfBytes(bytes) }
}

function keyIdOf(publicKey: string): string {
  try {
    return digestOfBytes(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }))
  } catch {
    throw new Failure(
      'invalid',
      'assurance.report-key',
      'publicKey: this is no public key in PEM. Take that of who signed.',
    )
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
