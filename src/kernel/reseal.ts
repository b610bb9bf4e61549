/** Sealed texts from one master key to another. */
import type { RandomBytes } from './random.ts'
import { createSeal } from './seal.ts'
import type { Secret } from './secret.ts'

export type KeyChange = { readonly from: Secret; readonly to: Secret; readonly random: RandomBytes }

/** Opens under the one key and closes under the other. Throws when it does not open. */
export function resealing({ from, to, random }: KeyChange, purpose: string) {
  const [before, after] = [from, to].map((masterKey) => createSeal({ masterKey, purpose, random })) as [
    ReturnType<typeof createSeal>,
    ReturnType<typeof createSeal>,
  ]
  return (sealed: string, owner = ''): string => after.close(before.open(sealed, owner), owner)
}
