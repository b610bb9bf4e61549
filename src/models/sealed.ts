/**
 * Credentials at rest, encrypted under the master key. The provider's name is bound in, so that a sealed text that is
 * moved to another row does not open.
 */
import { Failure } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { type KeyChange, resealing } from '../kernel/reseal.ts'
import { createSeal } from '../kernel/seal.ts'
import { Secret } from '../kernel/secret.ts'
import type { Tx } from '../store/database.ts'
import { resealProviders } from './store.ts'

const VERSION = 'v1.'
const PURPOSE = 'models.credentials'

export type Sealing = {
  seal(credential: Secret, owner: string): string
  /** Throws `models.credential-unreadable` when the master key is another one. */
  open(sealed: string, owner: string): Secret
}

export function createSealing({ masterKey, random }: { masterKey: Secret; random: RandomBytes }): Sealing {
  const seal = createSeal({ masterKey, purpose: PURPOSE, random })
  return {
    seal: (credential, owner) => VERSION + seal.close(credential.reveal(), owner),
    open(sealed, owner) {
      try {
        return new Secret(seal.open(sealed.slice(VERSION.length), owner))
      } catch (cause) {
        throw new Failure(
          'unmet',
          'models.credential-unreadable',
          'The stored key cannot be opened: the master key is not the one that it was stored under. Bring that one back, or set the key again.',
          { cause },
        )
      }
    },
  }
}

/** Every stored key of a provider from one master key to another. Returns how many. */
export function resealCredentials(tx: Tx, change: KeyChange): Promise<number> {
  const reseal = resealing(change, PURPOSE)
  return resealProviders(tx, (sealed, owner) => VERSION + reseal(sealed.slice(VERSION.length), owner))
}
