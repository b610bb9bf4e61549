/** A certificate for this machine, signed by itself, in PEM: made for a test, because nothing with an end is committed. */
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

export function makeCertificate(): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(objectId([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]))
  const name = sequence(set(sequence(objectId([0x55, 0x04, 0x03]), text('localhost'))))
  const now = Date.now()
  const signed = sequence(
    tagged(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(now - 60_000), time(now + 3_600_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(objectId([0x55, 0x1d, 0x11]), der(0x04, alternativeNames())))),
  )
  const signature = createSign('SHA256').update(signed).sign(privateKey)
  const whole = sequence(signed, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature])))
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** `localhost` and 127.0.0.1 (RFC 5280 §4.2.1.6). */
const alternativeNames = () => sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)))

/** Distinguished encoding of one value (X.690). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, Buffer.concat(parts))
const set = (...parts: readonly Buffer[]) => der(0x31, Buffer.concat(parts))
const tagged = (tag: number, content: Buffer) => der(tag, content)
const objectId = (bytes: readonly number[]) => der(0x06, Buffer.from(bytes))
const text = (value: string) => der(0x0c, Buffer.from(value))
/** UTCTime. */
const time = (ms: number) => der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`))
