/**
 * DSSE envelopes signed with Ed25519: a payload of a type, and a signature over both. Whoever has the public key checks
 * one without this server.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { digestOfBytes } from './digest.ts'
import type { Secret } from './secret.ts'

export type Signed = {
  readonly payloadType: string
  /** Base64. */
  readonly payload: string
  readonly signatures: { readonly keyid: string; readonly sig: string }[]
}

/** @param signingKey an Ed25519 private key, PKCS#8 in PEM */
export function createDsse(signingKey: Secret) {
  const privateKey = createPrivateKey(signingKey.reveal())
  const publicKey = createPublicKey(privateKey)
  const keyid = keyIdOf(publicKey)
  return {
    keyid,
    /** SPKI in PEM. */
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign<Type extends string>(payloadType: Type, payload: Buffer) {
      const sig = sign(null, preAuthenticated(payloadType, payload), privateKey).toString('base64')
      return { payloadType, payload: payload.toString('base64'), signatures: [{ keyid, sig }] }
    },
  }
}

/** Undefined when it is what the holder of the key signed, else why not. */
export function whyBroken({ payloadType, payload, signatures }: Signed, publicKey: string): string | undefined {
  const key = createPublicKey(publicKey)
  const keyid = keyIdOf(key)
  const signature = signatures.find((one) => one.keyid === keyid)
  if (!signature) return `It is not signed with the key ${keyid}.`
  const bytes = preAuthenticated(payloadType, Buffer.from(payload, 'base64'))
  if (verify(null, bytes, key, Buffer.from(signature.sig, 'base64'))) return undefined
  return 'The signature does not belong to this payload.'
}

/** The bytes that DSSE signs: version, type and body, each with its length, so that neither runs into the other. */
export function preAuthenticated(payloadType: string, payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `
  return Buffer.concat([Buffer.from(head, 'utf8'), payload])
}

const keyIdOf = (key: KeyObject): string => digestOfBytes(key.export({ type: 'spki', format: 'der' }))
