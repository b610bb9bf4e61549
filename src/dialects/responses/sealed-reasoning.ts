/**
 * A reasoning item of this dialect has one field for what only its provider can read. Another provider's signature
 * travels in it too, marked, so that it comes back as what it was.
 */
const SIGNATURE = 'signature:'

export const sealedOf = (part: { signature?: string; sealed?: string }): string | undefined =>
  part.sealed ?? (part.signature === undefined ? undefined : SIGNATURE + part.signature)

export function partOfSealed(content: unknown): { signature?: string; sealed?: string } {
  if (typeof content !== 'string' || content === '') return {}
  return content.startsWith(SIGNATURE) ? { signature: content.slice(SIGNATURE.length) } : { sealed: content }
}
