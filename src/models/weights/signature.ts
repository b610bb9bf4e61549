/**
 * The signature over a folder of weights: a Sigstore bundle as OpenSSF model signing writes it, checked without a
 * network. The statement that was signed lists every file with its digest.
 *
 * Invariant: verified means that a key, or the holder of an identity, which somebody here trusts has signed exactly
 * these files. A certificate alone proves itself only, so without an expected identity the word is unverified.
 */
import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { preAuthenticated } from '../../kernel/dsse.ts'
import type { CheckKeyless } from './keyless.ts'
import { differencesOf, Statement } from './signed-files.ts'
import { SignedBy } from './trusted-identity.ts'

export const SignatureState = z.object({
  /**
   * none: there is none · verified: by the key or the identity that was given · unverified: it is there, and whose it
   * is was not checked · broken: it does not belong to these files, or is of somebody else.
   */
  state: z.enum(['none', 'verified', 'unverified', 'broken']),
  /** The file that holds it. */
  file: z.string().nullable(),
  /** SHA-256 over the key that signed, in hexadecimal digits. */
  key: z.string().nullable(),
  /** Whom the certificate names; a claim until it is verified. */
  claims: z.string().nullable(),
  /** Whom a certificate names that was checked; null for a key, and for whatever is not verified. */
  signedBy: SignedBy.nullable(),
  why: z.string(),
})
export type SignatureState = z.infer<typeof SignatureState>

export const isSignatureName = (path: string): boolean =>
  /(?:^|\/)model\.sig$|\.sigstore(?:\.json)?$|\.oms\.sig$/.test(path)

const MOST_OF_A_KIND = 10
const text = z.string().max(16 * 1024 * 1024)
const Certificate = z.object({ rawBytes: z.string().max(64 * 1024) })
// Each entry and timestamp costs a verification, and all are compared with each other, so a hostile file is held short.
const few = z.array(z.unknown()).max(MOST_OF_A_KIND).nullish()
const Bundle = z.object({
  verificationMaterial: z
    .object({
      certificate: Certificate.optional(),
      x509CertificateChain: z.object({ certificates: z.array(Certificate).min(1).max(MOST_OF_A_KIND) }).optional(),
      tlogEntries: few,
      timestampVerificationData: z.object({ rfc3161Timestamps: few }).nullish(),
    })
    .optional(),
  dsseEnvelope: z.object({
    payload: text,
    payloadType: z.string().max(200),
    signatures: z
      .array(z.object({ sig: text }))
      .min(1)
      .max(10),
  }),
})
/**
 * @param files each file that is there, with its SHA-256 in hexadecimal digits
 * @param trusted PEM of the public key that whoever registers the weights trusts
 * @param keyless checks against the identity that they trust instead of a key
 */
export function checkSignature(given: {
  file: string
  content: string
  files: ReadonlyMap<string, string>
  trusted: string | undefined
  keyless?: CheckKeyless | undefined
}): SignatureState {
  const { file, content, files, trusted, keyless } = given
  const state = (kind: SignatureState['state'], why: string, more: Partial<SignatureState> = {}): SignatureState => ({
    state: kind,
    file,
    key: null,
    claims: null,
    signedBy: null,
    why,
    ...more,
  })
  const read = parsed(content)
  const bundle = Bundle.safeParse(read)
  if (!bundle.success)
    return state(
      'unverified',
      `It is no Sigstore bundle with an envelope and at most ${MOST_OF_A_KIND} certificates, log entries and timestamps; other forms are not read here.`,
    )
  const { dsseEnvelope: envelope, verificationMaterial: material } = bundle.data
  const payload = Buffer.from(envelope.payload, 'base64')
  const statement = Statement.safeParse(parsed(payload.toString('utf8')))
  if (!statement.success) return state('unverified', 'What was signed is no statement of OpenSSF model signing.')
  const wrong = differencesOf(statement.data, files, file)
  if (wrong !== undefined) return state('broken', wrong)

  const certificate = certificateOf(material)
  if (keyless !== undefined) {
    if (!certificate)
      return state(
        'unverified',
        'It names no certificate that can be read; where it was made with a key, give that key.',
      )
    const { state: kind, why, signedBy } = keyless(read, certificate)
    return state(kind, why, { signedBy, key: fingerprintOf(certificate.publicKey), claims: claimOf(certificate) })
  }
  const key = trusted === undefined ? certificate?.publicKey : keyOf(trusted)
  if (!key) return state('unverified', 'It names no certificate, and nobody said which key to trust.')
  const said = { key: fingerprintOf(key), claims: claimOf(certificate) }
  const signed = preAuthenticated(envelope.payloadType, payload)
  if (!envelope.signatures.some(({ sig }) => fits(signed, Buffer.from(sig, 'base64'), key)))
    return state(
      'broken',
      trusted ? 'It was not made with the key that is trusted here.' : 'It does not fit its own certificate.',
      said,
    )
  if (trusted !== undefined)
    return state('verified', 'The key that is trusted here has signed exactly these files.', said)
  return state(
    'unverified',
    'It fits its certificate and these files. Whose certificate it is was not checked: register the files again with the expected issuer and subject and a trusted root (--issuer, --subject, --root), or with the key (--key).',
    said,
  )
}

export const NO_SIGNATURE: SignatureState = {
  state: 'none',
  file: null,
  key: null,
  claims: null,
  signedBy: null,
  why: 'Nobody has signed these files.',
}

/** It is there, and too large to be one. */
export const tooLarge = (file: string, megabytes: number): SignatureState => ({
  ...NO_SIGNATURE,
  state: 'unverified',
  file,
  why: `It is larger than ${megabytes} MB and was not read.`,
})

/** Whether PEM is a public key that signatures are checked with. */
export const keyOf = (pem: string): KeyObject | undefined => {
  try {
    const key = createPublicKey(pem)
    return ['ec', 'ed25519', 'rsa'].includes(key.asymmetricKeyType ?? '') ? key : undefined
  } catch {
    return undefined
  }
}

type Material = z.infer<typeof Bundle>['verificationMaterial']
function certificateOf(material: Material): X509Certificate | undefined {
  const raw = material?.certificate?.rawBytes ?? material?.x509CertificateChain?.certificates[0]?.rawBytes
  try {
    return raw === undefined ? undefined : new X509Certificate(Buffer.from(raw, 'base64'))
  } catch {
    return undefined
  }
}

const claimOf = (certificate: X509Certificate | undefined): string | null =>
  certificate?.subjectAltName ?? certificate?.subject ?? null

/** By the digest that belongs to the curve, and by SHA-256, with which older versions signed on every curve. */
function fits(signed: Buffer, signature: Buffer, key: KeyObject): boolean {
  const curve = key.asymmetricKeyDetails?.namedCurve
  const digests =
    key.asymmetricKeyType === 'ed25519'
      ? [null]
      : ['sha256', ...(curve === 'secp384r1' ? ['sha384'] : curve === 'secp521r1' ? ['sha512'] : [])]
  return digests.some((digest) => {
    try {
      return verify(digest, signed, key, signature)
    } catch {
      return false
    }
  })
}

const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
