/** A timestamp of an authority for time (RFC 3161), in the signed form of RFC 5652, as much as a verifier reads. */
import { createHash, type KeyObject, sign } from 'node:crypto'
import { integer, longTime, objectId, octets, sequence, set, tagged } from './der.ts'

export const ECDSA_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'))
const SHA256 = sequence(objectId('2.16.840.1.101.3.4.2.1'))
const TIMESTAMP = '1.2.840.113549.1.9.16.1.4'
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest()

/** The answer of the authority about these bytes. `issuer` is the name of who gave the authority its certificate. */
export function timestampOver(
  content: Buffer,
  { at, key, issuer, clockSerial }: { at: number; key: KeyObject; issuer: Buffer; clockSerial: number },
): Buffer {
  const info = sequence(
    integer(1),
    objectId('1.3.6.1.4.1.57264.2'),
    sequence(SHA256, octets(sha256(content))),
    integer(1),
    longTime(at),
  )
  const attributes = [
    sequence(objectId('1.2.840.113549.1.9.3'), set(objectId(TIMESTAMP))),
    sequence(objectId('1.2.840.113549.1.9.4'), set(octets(sha256(info)))),
  ]
  const signer = sequence(
    integer(1),
    sequence(issuer, integer(clockSerial)),
    SHA256,
    tagged(0xa0, Buffer.concat(attributes)),
    ECDSA_SHA256,
    // What is signed is the set itself, and not the tag that it stands under here.
    octets(sign('sha256', set(...attributes), key)),
  )
  const data = sequence(integer(3), set(SHA256), sequence(objectId(TIMESTAMP), tagged(0xa0, octets(info))), set(signer))
  return sequence(sequence(integer(0)), sequence(objectId('1.2.840.113549.1.7.2'), tagged(0xa0, data)))
}
