/**
 * Seals what people asked and were answered, under the installation's content key. Each row has a key of its own, derived
 * from the content key and the row's name: a text that is moved to another row does not open, and no key seals so many
 * texts that nonces could meet (NIST SP 800-38D allows 2^32 under one).
 */
import { Failure } from './failure.ts'
import type { RandomBytes } from './random.ts'
import { createSeal, type Seal } from './seal.ts'
import type { Secret } from './secret.ts'

export type ContentSeal = {
  /** Whether what comes is sealed; what was sealed before is opened either way. */
  readonly isOn: boolean
  /** For a thread that seals by itself. */
  readonly key: Secret
  close(owner: string, text: string): string
  /** Throws `telemetry.content-unreadable`. */
  open(owner: string, sealed: string): string
  closeBytes(owner: string, bytes: Uint8Array): Buffer
  openBytes(owner: string, sealed: Uint8Array): Buffer
}

export function contentSeal({ key, isOn, random }: { key: Secret; isOn: boolean; random: RandomBytes }): ContentSeal {
  const of = (owner: string) => createSeal({ masterKey: key, purpose: `content/${owner}`, random })
  return {
    isOn,
    key,
    close: (owner, text) => of(owner).close(text),
    open: (owner, sealed) => opened(owner, (seal) => seal.open(sealed)),
    closeBytes: (owner, bytes) => of(owner).closeBytes(bytes),
    openBytes: (owner, sealed) => opened(owner, (seal) => seal.openBytes(sealed)),
  }

  function opened<Content>(owner: string, open: (seal: Seal) => Content): Content {
    try {
      return open(of(owner))
    } catch (cause) {
      throw unreadable(owner, cause)
    }
  }
}

export const UNREADABLE = 'telemetry.content-unreadable'

/** Also of what is sealed where no content key is at hand. */
export const unreadable = (owner: string, cause?: unknown): Failure =>
  new Failure(
    'unmet',
    UNREADABLE,
    `What is sealed in ${owner} cannot be opened: it was changed, or sealed by another installation. Restore it from a back-up.`,
    { cause },
  )
