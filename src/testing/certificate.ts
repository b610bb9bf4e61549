/** A certificate for this machine, signed by itself, in PEM: made for a test, because nothing with an end is committed. */
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { bits, der, integer, objectId, octets, sequence, set, tagged, text, time } from './der.ts'

export function makeCertificate(): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'))
  const name = sequence(set(sequence(objectId('2.5.4.3'), text('localhost'))))
  const now = Date.now()
  const signed = sequence(
    tagged(0xa0, integer(2)),
    integer(1, ...randomBytes(8)),
    algorithm,
    name,
    sequence(time(now - 60_000), time(now + 3_600_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(objectId('2.5.29.17'), octets(alternativeNames())))),
  )
  const signature = createSign('SHA256').update(signed).sign(privateKey)
  const whole = sequence(signed, algorithm, bits(signature))
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** `localhost` and 127.0.0.1 (RFC 5280 §4.2.1.6). */
const alternativeNames = () => sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)))
