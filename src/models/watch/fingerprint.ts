/**
 * What is not frozen and says what it is, indexes and tools, watched beside models: no question is asked, their fingerprint is read. Pure.
 *
 * Two fingerprints are the same or they are not, so there is no chance in it and no test.
 */
import { answeringModels } from '../../core/cache-by-meaning.ts'
import type { Manifest } from '../../core/manifest.ts'
import { movingParts } from '../../core/moving-parts.ts'
import { NOTHING } from '../../kernel/money.ts'
import { remoteModels } from '../approvals/index.ts'
import type { Probed } from './ask-probe.ts'
import { ALARM_LEVEL, type Observed, type ProbeVerdict } from './judge-probe.ts'

/** What of a release is watched: its hosted models, and what has a fingerprint. */
export const watchedIn = (manifest: Pick<Manifest, 'models' | 'liveIndexes' | 'tools' | 'cache'>): string[] => [
  ...remoteModels({ models: answeringModels(manifest) }),
  ...movingParts(manifest).map(({ watched }) => watched),
]

/** A fingerprint in the place of answers. */
export const asProbed = (fingerprint: string): Probed => ({
  ...{ answers: [], responseModels: [], fingerprints: [fingerprint] },
  costMicroUsd: NOTHING,
})

/** A model answers questions or could not be asked; only an index or a tool has a fingerprint alone. */
export const isFingerprint = ({ answers, fingerprints }: Observed): boolean =>
  answers.length === 0 && fingerprints.length > 0

export function judgeFingerprint(reference: Observed | undefined, now: Observed): ProbeVerdict {
  const [before] = reference?.fingerprints ?? []
  const [is] = now.fingerprints
  const nothing = { within: null, between: null, pValue: null, level: ALARM_LEVEL, detects: 1 }
  if (before === undefined)
    return {
      ...{ kind: 'first', because: null, why: 'It is the first fingerprint; later ones are held to it.' },
      ...{ identical: { value: 0, n: 0 }, ...nothing },
    }
  const isSame = before === is
  return {
    ...(isSame
      ? { kind: 'same', because: null, why: 'Its fingerprint is what it was.' }
      : { kind: 'changed', because: 'fingerprint', why: `Its fingerprint is ${is}, no longer ${before}.` }),
    ...{ identical: { value: isSame ? 1 : 0, n: 1 }, ...nothing },
  }
}
