/**
 * Verifies a dossier without a server: this one file, with Node's own crypto, that shares no code with what wrote it.
 *
 * It checks the bytes: the seal over the head, and every line against the digest that the head has of it. Then what is
 * in them: that the manifest has the release's digest, that each piece of evidence is what its signer signed, and that
 * whatever a gate decision read is there. The first link that does not hold is named.
 *
 * What it cannot know is whose key it is: compare the key's id with the one that the installation shows.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

export type DossierVerdict =
  | {
      readonly kind: 'valid'
      readonly application: string
      readonly release: { readonly id: string; readonly number: number; readonly digest: string }
      readonly at: string
      /** SHA-256 of the public key that sealed it. */
      readonly keyid: string
      /** How many links each section has. */
      readonly sections: Readonly<Record<string, number>>
    }
  /** `link` is the first that is broken: `seal`, or `7 evidence evi_…`. */
  | { readonly kind: 'broken'; readonly link: string; readonly why: string }

/** @param key the id of the key that must have sealed it; any when left out */
export function verifyDossier(bytes: Uint8Array, { key }: { key?: string | undefined } = {}): DossierVerdict {
  try {
    return verified(bytes, key)
  } catch (thrown) {
    if (thrown instanceof Broken) return { kind: 'broken', link: thrown.link, why: thrown.message }
    throw thrown
  }
}

type Json = Readonly<Record<string, unknown>>
type Head = {
  readonly form: string
  readonly application: string
  readonly release: { readonly id: string; readonly number: number; readonly digest: string }
  readonly at: string
  readonly keys: readonly {
    readonly keyid: string
    readonly publicKey: string
    /** What it signed from here on is nobody's word; absent or null for a key that was never revoked. */
    readonly revokedFrom?: string | null
  }[]
  readonly links: readonly { readonly section: string; readonly name: string; readonly digest: string }[]
}
type Envelope = {
  readonly payloadType: string
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

class Broken extends Error {
  readonly link: string
  constructor(link: string, why: string) {
    super(why)
    this.link = link
  }
}

const FORM = '{"form":"airworthy.dossier/1",'
const SEAL = '"seal":'
const LINKS = '"links":['
const END = ']}'
/** Lines before the first link. */
const BEFORE = 3

function verified(bytes: Uint8Array, wanted: string | undefined): DossierVerdict {
  const text = Buffer.from(bytes).toString('latin1')
  const lines = text.split('\n')
  // The seal first: the head says what the rest has to be.
  const sealLine = lines[1] ?? ''
  if (lines[0] !== FORM) throw new Broken('form', 'The first line is not that of a dossier.')
  if (!sealLine.startsWith(SEAL) || !sealLine.endsWith(',')) throw new Broken('seal', 'The second line is no seal.')
  const envelope = jsonOf(utf8(sealLine.slice(SEAL.length, -1), 'seal'), 'seal') as Envelope
  if (`${SEAL}${canonical(envelope)},` !== utf8(sealLine, 'seal'))
    throw new Broken('seal', 'The seal is not written as it was.')
  const head = headOf(jsonOf(payloadOf(envelope, 'seal'), 'seal'))
  const keys = new Map(head.keys.map((one) => [one.keyid, keyOf(one)]))
  const keyid = signerOf(envelope, keys, 'seal')
  demandUnrevoked(head, { keyid, at: head.at }, 'seal')
  if (wanted !== undefined && keyid !== wanted)
    throw new Broken('seal', `It is sealed with the key ${keyid}, not with ${wanted}.`)
  if (lines[2] !== LINKS) throw new Broken('form', 'The third line does not begin the links.')

  const bodies: Json[] = []
  for (const [i, { section, name, digest }] of head.links.entries()) {
    const link = `${i + 1} ${section} ${name}`
    const isLast = i === head.links.length - 1
    const line = lines[BEFORE + i]
    if (line === undefined) throw new Broken(link, 'This link is missing.')
    const comma = line.endsWith(',') ? 1 : 0
    if (comma === (isLast ? 1 : 0)) throw new Broken(link, 'The line does not end as it was written.')
    const own = Buffer.from(line.slice(0, line.length - comma), 'latin1')
    if (sha256(own) !== digest) throw new Broken(link, 'Its bytes are not those that were sealed.')
    bodies.push(jsonOf(own.toString('utf8'), link).body as Json)
  }
  const rest = lines.slice(BEFORE + head.links.length)
  if (rest.length !== 2 || rest[0] !== END || rest[1] !== '')
    throw new Broken('end', 'Something follows the last link.')

  verifyContents(head, bodies, keys)
  const sections: Record<string, number> = {}
  for (const { section } of head.links) sections[section] = (sections[section] ?? 0) + 1
  const { application, release, at } = head
  return { kind: 'valid', application, release, at, keyid, sections }
}

/** Nothing of it is signed for yet, so that it may be of any shape. */
function headOf(value: unknown): Head {
  const isRecord = (one: unknown): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one)
  const hasTexts = (one: unknown, names: readonly string[]) =>
    isRecord(one) && names.every((name) => typeof one[name] === 'string')
  const isList = (all: unknown, names: readonly string[]) =>
    Array.isArray(all) && all.every((one) => hasTexts(one, names))
  if (
    isRecord(value) &&
    hasTexts(value, ['form', 'application', 'at']) &&
    hasTexts(value.release, ['id', 'digest']) &&
    isList(value.keys, ['keyid', 'publicKey']) &&
    isList(value.links, ['section', 'name', 'digest'])
  )
    return value as unknown as Head
  throw new Broken('seal', 'What it seals is not the head of a dossier.')
}

/** What the bytes say must hold together, whoever sealed them. */
function verifyContents(head: Head, bodies: readonly Json[], keys: ReadonlyMap<string, KeyObject>): void {
  const inside = new Set(head.links.filter(({ section }) => section === 'evidence').map(({ name }) => name))
  for (const [i, { section, name }] of head.links.entries()) {
    const link = `${i + 1} ${section} ${name}`
    const body = bodies[i]
    if (section === 'manifest' && sha256(Buffer.from(canonical(body), 'utf8')) !== head.release.digest)
      throw new Broken(link, 'The manifest does not have the digest of the release.')
    if (section === 'evidence') {
      const signer = verifyEvidence(body as Json, keys, link)
      demandUnrevoked(head, { keyid: signer, at: String((body as Json).at) }, link)
    }
    if (section === 'gates') {
      const { findings = [] } = body as { findings?: readonly { check: string; evidence: string | null }[] }
      const absent = findings.find(({ evidence }) => evidence !== null && !inside.has(evidence))
      if (absent) throw new Broken(link, `${absent.check} rests on ${absent.evidence}, which is not in the dossier.`)
    }
  }
}

function verifyEvidence(
  { envelope, statement, ...evidence }: Json,
  keys: ReadonlyMap<string, KeyObject>,
  link: string,
): string {
  const keyid = signerOf(envelope as Envelope, keys, link)
  const payload = payloadOf(envelope as Envelope, link)
  if (sha256(Buffer.from(payload, 'utf8')) !== statement)
    throw new Broken(link, 'The digest of the statement is not that of its payload.')
  if (canonical(jsonOf(payload, link).predicate) !== canonical(evidence))
    throw new Broken(link, 'The fields beside the envelope are not those that were signed.')
  return keyid
}

/** Instants are written alike, so that their order is that of their texts. */
function demandUnrevoked({ keys }: Head, { keyid, at }: { keyid: string; at: string }, link: string): void {
  const from = keys.find((one) => one.keyid === keyid)?.revokedFrom
  if (typeof from === 'string' && at >= from)
    throw new Broken(link, `It was signed on ${at} with the key ${keyid}, which is revoked from ${from} on.`)
}

/** The id of the key in the list that signed an envelope. */
function signerOf(envelope: Envelope, keys: ReadonlyMap<string, KeyObject>, link: string): string {
  const payload = Buffer.from(envelope.payload, 'base64')
  const { payloadType, signatures } = envelope
  if (typeof payloadType !== 'string' || !Array.isArray(signatures)) throw new Broken(link, 'It is no signed envelope.')
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `, 'utf8'),
    payload,
  ])
  for (const { keyid, sig } of signatures) {
    const key = keys.get(keyid)
    const signature = Buffer.from(sig, 'base64')
    if (key && signature.toString('base64') === sig && verify(null, signed, key, signature)) return keyid
  }
  throw new Broken(link, 'No signature of a key in this dossier belongs to it.')
}

function payloadOf({ payload }: Envelope, link: string): string {
  const bytes = Buffer.from(String(payload), 'base64')
  if (bytes.toString('base64') !== payload) throw new Broken(link, 'The payload is not written as it was.')
  return bytes.toString('utf8')
}

function keyOf({ keyid, publicKey }: Head['keys'][number]): KeyObject {
  let key: KeyObject
  try {
    key = createPublicKey(publicKey)
  } catch {
    throw new Broken('seal', `The key ${keyid} cannot be read.`)
  }
  if (sha256(key.export({ type: 'spki', format: 'der' })) !== keyid)
    throw new Broken('seal', `The key ${keyid} is not the one of this id.`)
  return key
}

function utf8(latin1: string, link: string): string {
  const bytes = Buffer.from(latin1, 'latin1')
  const text = bytes.toString('utf8')
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new Broken(link, 'It is not text in UTF-8.')
  return text
}

function jsonOf(text: string, link: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Json
  } catch {
    // Said below, with the link.
  }
  throw new Broken(link, 'It is not JSON.')
}

/** RFC 8785: keys in the order of their code units, numbers and strings as JavaScript writes them. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const record = value as Json
  const fields = Object.keys(record)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`)
  return `{${fields.join(',')}}`
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
