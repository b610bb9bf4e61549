/**
 * A block of thinking has a signature here, and no place for thoughts that another provider sealed. Those travel in
 * the signature, marked, so that they come back as what they were.
 */
const SEALED = 'sealed:'

export const signatureOf = (part: { signature?: string; sealed?: string }): string | undefined =>
  part.signature ?? (part.sealed === undefined ? undefined : SEALED + part.sealed)

export function partOfSignature(signature: unknown): { signature?: string; sealed?: string } {
  if (typeof signature !== 'string' || signature === '') return {}
  return signature.startsWith(SEALED) ? { sealed: signature.slice(SEALED.length) } : { signature }
}
