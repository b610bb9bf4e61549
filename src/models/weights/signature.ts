/**
 * The signature over a folder of weights: a Sigstore bundle as OpenSSF model signing writes it, checked without a
 * network. The statement that was signed lists every file with its digest.
 *
 * Invariant: verified means that a key which somebody here trusts has signed exactly these files. A certificate proves
 * itself only; whose it is takes its issuer and the public log, which nobody asks here, and the word says so.
 */
import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { preAuthenticated } from '../../kernel/dsse.ts'

export const SignatureState = z.object({
  /**
   * none: there is none · verified: by the key that was given · unverified: it is there, and whose it is was not
   * checked · broken: it does not belong to these files.
   */
  state: z.enum(['none', 'verified', 'unverified', 'broken']),
  /** The file that holds it. */
  file: z.string().nullable(),
  /** SHA-256 over the key that signed, in hexadecimal digits. */
  key: z.string().nullable(),
  /** Whom the certificate names; a claim until it is verified. */
  claims: z.string().nullable(),
  why: z.string(),
})
export type SignatureState = z.infer<typeof SignatureState>

export const isSignatureName = (path: string): boolean =>
  /(?:^|\/)model\.sig$|\.sigstore(?:\.json)?$|\.oms\.sig$/.test(path)

const text = z.string().max(64 * 1024 * 1024)
const Bundle = z.object({
  verificationMaterial: z
    .object({
      certificate: z.object({ rawBytes: text }).optional(),
      x509CertificateChain: z.object({ certificates: z.array(z.object({ rawBytes: text })).min(1) }).optional(),
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
const Statement = z.object({
  predicateType: z.literal('https://model_signing/signature/v1.0'),
  predicate: z.object({
    resources: z
      .array(z.object({ name: z.string(), digest: z.string(), algorithm: z.string().default('sha256') }))
      .max(100_000),
    serialization: z.object({ ignore_paths: z.array(z.string()).default([]) }).optional(),
  }),
})

/**
 * @param files each file that is there, with its SHA-256 in hexadecimal digits
 * @param trusted PEM of the public key that whoever registers the weights trusts
 */
export function checkSignature(given: {
  file: string
  content: string
  files: ReadonlyMap<string, string>
  trusted: string | undefined
}): SignatureState {
  const { file, content, files, trusted } = given
  const state = (kind: SignatureState['state'], why: string, more: Partial<SignatureState> = {}): SignatureState => ({
    state: kind,
    file,
    key: null,
    claims: null,
    why,
    ...more,
  })
  const bundle = Bundle.safeParse(parsed(content))
  if (!bundle.success)
    return state('unverified', 'It is no Sigstore bundle with an envelope; other forms are not read here.')
  const { dsseEnvelope: envelope, verificationMaterial: material } = bundle.data
  const payload = Buffer.from(envelope.payload, 'base64')
  const statement = Statement.safeParse(parsed(payload.toString('utf8')))
  if (!statement.success) return state('unverified', 'What was signed is no statement of OpenSSF model signing.')
  const wrong = differenceOf(statement.data, files, file)
  if (wrong !== undefined) return state('broken', wrong)

  const certificate = certificateOf(material)
  const key = trusted === undefined ? certificate?.publicKey : keyOf(trusted)
  if (!key) return state('unverified', 'It names no certificate, and nobody said which key to trust.')
  const said = { key: fingerprintOf(key), claims: certificate?.subjectAltName ?? certificate?.subject ?? null }
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
    'It fits its certificate and these files. Whose certificate it is was not checked: that takes its issuer and the public log.',
    said,
  )
}

export const NO_SIGNATURE: SignatureState = {
  state: 'none',
  file: null,
  key: null,
  claims: null,
  why: 'Nobody has signed these files.',
}

/** Whether PEM is a public key that signatures are checked with. */
export const keyOf = (pem: string): KeyObject | undefined => {
  try {
    const key = createPublicKey(pem)
    return ['ec', 'ed25519', 'rsa'].includes(key.asymmetricKeyType ?? '') ? key : undefined
  } catch {
    return undefined
  }
}

function differenceOf(
  { predicate }: z.infer<typeof Statement>,
  files: ReadonlyMap<string, string>,
  own: string,
): string | undefined {
  const { resources, serialization } = predicate
  if (resources.some(({ algorithm }) => algorithm !== 'sha256')) return 'It was made over another digest than SHA-256.'
  const signed = new Map(resources.map(({ name, digest }) => [name, digest.toLowerCase()]))
  for (const [name, digest] of signed) {
    const found = files.get(name)
    if (found === undefined) return `It is about ${name}, which is not there.`
    if (found !== digest) return `${name} is another file than the one that was signed.`
  }
  const ignored = [...(serialization?.ignore_paths ?? []), '.git', '.gitignore', '.gitattributes', '.github']
  const more = [...files.keys()].find(
    (name) =>
      name !== own && !signed.has(name) && !ignored.some((path) => name === path || name.startsWith(`${path}/`)),
  )
  return more === undefined ? undefined : `${more} is there and was not signed.`
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
