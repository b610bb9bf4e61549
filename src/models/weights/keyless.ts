/**
 * A signature without a key of one's own (Sigstore): an authority gives a certificate for minutes to whoever signs in,
 * and a public log says when it was used. Checked against the trusted root that was given, without a network.
 *
 * Invariant: verified means one certificate for signing code from a trusted authority, seen by a trusted log of
 * certificates, valid at a time that a trusted party said, an entry in a trusted public log, and exactly the issuer and
 * the subject that were expected. The library takes an expected subject for a pattern, so both are compared here.
 */
import type { X509Certificate } from 'node:crypto'
import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify'
import { messageOf } from '../../kernel/failure.ts'
import type { SignedBy, TrustedIdentity } from './trusted-identity.ts'

export type KeylessFound = {
  readonly state: 'verified' | 'unverified' | 'broken'
  readonly why: string
  readonly signedBy: SignedBy | null
}
/** `bundle` is parsed JSON; its certificate is the one that signed. */
export type CheckKeyless = (bundle: unknown, certificate: X509Certificate) => KeylessFound

/** One of each: log of certificates, public log, time. As Sigstore's own clients ask. */
const THRESHOLDS = { ctlogThreshold: 1, tlogThreshold: 1, timestampThreshold: 1 }
/** RFC 5280 §4.2.1.12. The library leaves the purpose to its caller. */
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3'

/** Throws when the root is not one. */
export function keylessBy({ issuer, subject, trustedRoot }: TrustedIdentity): CheckKeyless {
  const verifier = new Verifier(toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(trustedRoot))), THRESHOLDS)
  return (bundle, certificate) => {
    if (certificate.ca || !certificate.keyUsage?.includes(CODE_SIGNING))
      return found('broken', 'Its certificate is not one for signing code.')
    let signedBy: SignedBy
    try {
      const { identity } = verifier.verify(toSignedEntity(bundleFromJSON(bundle)))
      signedBy = { issuer: identity?.extensions?.issuer ?? '', subject: identity?.subjectAlternativeName ?? '' }
    } catch (thrown) {
      return refusal(thrown)
    }
    return signedBy.issuer === issuer && signedBy.subject === subject
      ? found('verified', `${subject} (${issuer}) has signed exactly these files.`, signedBy)
      : found(
          'broken',
          `It was made by ${signedBy.subject || 'nobody that is named'} (${signedBy.issuer || 'no issuer'}), and ${subject} (${issuer}) was expected.`,
        )
  }
}

const found = (state: KeylessFound['state'], why: string, signedBy: SignedBy | null = null): KeylessFound => ({
  state,
  why,
  signedBy,
})

function refusal(thrown: unknown): KeylessFound {
  if (!(thrown instanceof VerificationError))
    return found('unverified', `It cannot be read as a bundle of Sigstore: ${messageOf(thrown)}.`)
  const said = `${thrown.message}.`
  switch (thrown.code) {
    case 'TIMESTAMP_ERROR':
      return found('unverified', `Nothing that is trusted says when it was signed: ${said}`)
    case 'CERTIFICATE_ERROR':
      return found(
        'broken',
        `Its certificate is of no trusted authority, was not valid when it was used, or was seen by no trusted log: ${said}`,
      )
    case 'SIGNATURE_ERROR':
      return found('broken', 'It was not made with the key of its certificate.')
    default:
      return found('broken', `Its entry in the public log is missing, of no trusted log, or of something else: ${said}`)
  }
}
