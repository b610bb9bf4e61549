/** A person as a deletion keeps them: sealed while they still have to be found, and marks by which they are known again. */
import { createHmac } from 'node:crypto'
import { DataSubject } from '../core/data-subject.ts'
import { deriveKey } from '../kernel/derive.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { createSeal } from '../kernel/seal.ts'
import type { Secret } from '../kernel/secret.ts'
import type { DeletionId, SubjectMark } from './contract.ts'

/** What sealed persons are sealed for. */
export const PRIVACY = 'privacy'

export function createSubjects({
  masterKey,
  fingerprints,
  random,
}: {
  masterKey: Secret
  /** Marks are kept one way, so they stay under the first master key. */
  fingerprints: Secret
  random: RandomBytes
}) {
  const key = deriveKey(fingerprints, 'privacy marks')
  const seal = createSeal({ masterKey, purpose: PRIVACY, random })
  const markOf = (kind: 'user' | 'identifier', text: string) =>
    createHmac('sha256', key).update(`${kind}\n${text}`).digest('hex')
  return {
    marksOf: ({ user, identifiers }: DataSubject): SubjectMark => ({
      user: user && markOf('user', user),
      // Case makes no difference to what is found.
      identifiers: identifiers.map((text) => markOf('identifier', text.toLowerCase())),
    }),
    close: (subject: DataSubject, id: DeletionId): string => seal.close(JSON.stringify(subject), id),
    open: (sealed: string, id: DeletionId): DataSubject => DataSubject.parse(JSON.parse(seal.open(sealed, id))),
  }
}
