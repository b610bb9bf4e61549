/**
 * A Sigstore of a test's own: an authority for certificates with its log, a public log, and an authority for time, all
 * made from keys of the moment. Signs statements as OpenSSF model signing does, and in every wrong way that is asked for.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { preAuthenticated } from '../kernel/dsse.ts'
import { bits, der, integer, objectId, octets, sequence, set, tagged, text, time } from './der.ts'
import { ECDSA_SHA256, timestampOver } from './timestamp.ts'

const DAY_MS = 86_400_000
const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
const pair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'der' })
const sha256 = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const signed = (content: Buffer, { privateKey }: Pair) => sign('sha256', content, privateKey)

export type Signing = {
  readonly subject: string
  readonly issuer: string
  /** What is signed. */
  readonly payload: string
  /** Milliseconds since 1970; now when not said. The certificate holds for ten minutes around it. */
  readonly at?: number
  /** When the public log says that it was; `at` when not said. */
  readonly loggedAt?: number
  /** Who says when: the promise of the public log when not said. */
  readonly timeFrom?: 'log' | 'authority' | 'nobody'
  /** What the certificate is for (RFC 5280 §4.2.1.12); signing code when not said. */
  readonly purpose?: string
  /** Not seen by the log of certificates. */
  readonly unseen?: boolean
}

/** The shape of a bundle, open to whoever wants to spoil one. */
export type MadeBundle = {
  verificationMaterial: {
    certificate: { rawBytes: string }
    tlogEntries: Record<string, unknown>[]
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: string }[] }
  }
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string }[] }
}

export type MadeSigstore = {
  /** What a verifier trusts, as `trusted_root.json` says it. */
  readonly trustedRoot: string
  sign(signing: Signing): MadeBundle
}

export function makeSigstore(): MadeSigstore {
  const authority = pair()
  const certificateLog = pair()
  const publicLog = pair()
  const clock = pair()
  const root = rootCertificate('authority', authority)
  const clockSerial = 7
  const clockRoot = pair()
  const clockChain = [
    certificate({ issuer: 'time root', by: clockRoot, subject: 'time', key: clock, serial: integer(clockSerial) }),
    rootCertificate('time root', clockRoot),
  ]
  return {
    trustedRoot: JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf('https://log.test', publicLog)],
      certificateAuthorities: [authorityOf([root])],
      ctlogs: [logOf('https://certificates.test', certificateLog)],
      timestampAuthorities: [authorityOf(clockChain)],
    }),

    sign({ payload, at = Date.now(), loggedAt = at, timeFrom = 'log', ...who }) {
      const key = pair()
      const content = Buffer.from(payload)
      const signature = signed(preAuthenticated(PAYLOAD_TYPE, content), key)
      const leaf = leafCertificate({ ...who, at, key, authority, certificateLog })
      const entry = entryOf({ content, signature, leaf, publicLog, loggedAt, promises: timeFrom === 'log' })
      const stamp = () =>
        timestampOver(signature, { at, key: clock.privateKey, issuer: name('time root'), clockSerial })
      return {
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: {
          certificate: { rawBytes: leaf.toString('base64') },
          tlogEntries: [entry],
          timestampVerificationData: {
            rfc3161Timestamps: timeFrom === 'authority' ? [{ signedTimestamp: stamp().toString('base64') }] : [],
          },
        },
        dsseEnvelope: {
          payload: content.toString('base64'),
          payloadType: PAYLOAD_TYPE,
          signatures: [{ sig: signature.toString('base64') }],
        },
      } as MadeBundle
    },
  }
}

const validFor = () => ({ start: new Date(Date.now() - 900 * DAY_MS).toISOString() })
const logOf = (baseUrl: string, key: Pair) => ({
  baseUrl,
  hashAlgorithm: 'SHA2_256',
  publicKey: { rawBytes: spki(key).toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor: validFor() },
  logId: { keyId: sha256(spki(key)).toString('base64') },
})
const authorityOf = (chain: readonly Buffer[]) => ({
  subject: { organization: 'test', commonName: 'test' },
  uri: 'https://authority.test',
  certChain: { certificates: chain.map((one) => ({ rawBytes: one.toString('base64') })) },
  validFor: validFor(),
})

const name = (value: string) => sequence(set(sequence(objectId('2.5.4.3'), text(value))))
const extension = (id: string, value: Buffer) => sequence(objectId(id), octets(value))

type Certificate = {
  readonly issuer: string
  readonly by: Pair
  /** Nobody in particular when left out: the name is in an extension then. */
  readonly subject?: string
  readonly key: Pair
  readonly serial?: Buffer
  readonly from?: number
  readonly until?: number
  readonly extensions?: readonly Buffer[]
}

function toBeSigned({ issuer, subject, key, serial, from, until, extensions = [] }: Certificate): Buffer {
  return sequence(
    tagged(0xa0, integer(2)),
    serial ?? integer(1, ...randomBytes(8)),
    ECDSA_SHA256,
    name(issuer),
    sequence(time(from ?? Date.now() - 900 * DAY_MS), time(until ?? Date.now() + 900 * DAY_MS)),
    subject === undefined ? sequence() : name(subject),
    spki(key),
    ...(extensions.length > 0 ? [tagged(0xa3, sequence(...extensions))] : []),
  )
}

function certificate(asked: Certificate): Buffer {
  const content = toBeSigned(asked)
  return sequence(content, ECDSA_SHA256, bits(signed(content, asked.by)))
}

const rootCertificate = (named: string, key: Pair) =>
  certificate({
    issuer: named,
    by: key,
    subject: named,
    key,
    extensions: [extension('2.5.29.19', sequence(der(0x01, Buffer.of(255))))],
  })

type Leaf = Pick<Signing, 'subject' | 'issuer' | 'purpose' | 'unseen'> & {
  readonly at: number
  readonly key: Pair
  readonly authority: Pair
  readonly certificateLog: Pair
}

function leafCertificate({ subject, issuer, purpose, unseen, at, key, authority, certificateLog }: Leaf): Buffer {
  const extensions = [
    extension('2.5.29.37', sequence(objectId(purpose ?? '1.3.6.1.5.5.7.3.3'))),
    extension('2.5.29.17', sequence(der(subject.includes('://') ? 0x86 : 0x81, Buffer.from(subject)))),
    extension('1.3.6.1.4.1.57264.1.8', text(issuer)),
  ]
  const asked: Certificate = {
    issuer: 'authority',
    by: authority,
    key,
    serial: integer(1, ...randomBytes(8)),
    from: at - 60_000,
    until: at + 600_000,
    extensions,
  }
  if (unseen) return certificate(asked)
  const seen = seenByLog(toBeSigned(asked), { at, authority, certificateLog })
  return certificate({ ...asked, extensions: [...extensions, extension('1.3.6.1.4.1.11129.2.4.2', octets(seen))] })
}

/** A list of one signed certificate timestamp (RFC 6962 §3.2 and §3.3). */
function seenByLog(
  content: Buffer,
  { at, authority, certificateLog }: Pick<Leaf, 'at' | 'authority' | 'certificateLog'>,
) {
  const when = Buffer.alloc(8)
  when.writeBigUInt64BE(BigInt(at))
  const length = Buffer.of(content.length >> 16, (content.length >> 8) & 255, content.length & 255)
  const signature = signed(
    Buffer.concat([Buffer.of(0, 0), when, Buffer.of(0, 1), sha256(spki(authority)), length, content, Buffer.of(0, 0)]),
    certificateLog,
  )
  const one = Buffer.concat([Buffer.of(0), sha256(spki(certificateLog)), when, Buffer.of(0, 0, 4, 3), sized(signature)])
  return sized(sized(one))
}

/** With its length in two bytes before it. */
const sized = (content: Buffer) => Buffer.concat([Buffer.of(content.length >> 8, content.length & 255), content])

type Entry = {
  readonly content: Buffer
  readonly signature: Buffer
  readonly leaf: Buffer
  readonly publicLog: Pair
  readonly loggedAt: number
  readonly promises: boolean
}

/** The second of two entries of the public log (Rekor), with the proof that it is in, and its promise. */
function entryOf({ content, signature, leaf, publicLog, loggedAt, promises }: Entry): Record<string, unknown> {
  const body = Buffer.from(
    JSON.stringify({
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        payloadHash: { algorithm: 'sha256', value: sha256(content).toString('hex') },
        signatures: [{ signature: signature.toString('base64'), verifier: leaf.toString('base64') }],
      },
    }),
  )
  const logId = sha256(spki(publicLog))
  const integratedTime = Math.floor(loggedAt / 1000)
  const before = sha256(Buffer.of(0), 'somebody else')
  const rootHash = sha256(Buffer.of(1), before, sha256(Buffer.of(0), body))
  const note = `log.test\n2\n${rootHash.toString('base64')}\n`
  const noted = Buffer.concat([logId.subarray(0, 4), signed(Buffer.from(note), publicLog)])
  const promised = JSON.stringify({
    body: body.toString('base64'),
    integratedTime,
    logID: logId.toString('hex'),
    logIndex: 1,
  })
  return {
    logIndex: '1',
    logId: { keyId: logId.toString('base64') },
    kindVersion: { kind: 'dsse', version: '0.0.1' },
    integratedTime: String(integratedTime),
    ...(promises && {
      inclusionPromise: { signedEntryTimestamp: signed(Buffer.from(promised), publicLog).toString('base64') },
    }),
    inclusionProof: {
      logIndex: '1',
      rootHash: rootHash.toString('base64'),
      treeSize: '2',
      hashes: [before.toString('base64')],
      checkpoint: { envelope: `${note}\n\u2014 log.test ${noted.toString('base64')}\n` },
    },
    canonicalizedBody: body.toString('base64'),
  }
}
