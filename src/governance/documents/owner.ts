/**
 * `gov.owner`: does everybody who must answer for this application have a name, and does nobody check
 * himself? Computed from `duties` in airworthy.yaml, so it is measured and nobody may attest it.
 */
import { Duties, type Duty } from '../../core/actor.ts'
import { APART, isSolo, overlapsOf } from '../../core/duties.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import { counted } from './document-kind.ts'
import { isFilled } from './fields.ts'

/** Each line needs one of its duties to be held. */
const NEEDED: readonly { readonly duties: readonly Duty[]; readonly words: string }[] = [
  { duties: ['business-owner'], words: 'business-owner' },
  { duties: ['technical-lead'], words: 'technical-lead' },
  { duties: ['security', 'risk'], words: 'security or risk' },
  { duties: ['operations'], words: 'operations (the contact for incidents)' },
]

export const ownerProducer: Producer = {
  name: 'governance/owner',
  checks: ['gov.owner'],
  quote: async () => FREE,
  async run({ release, application, by }) {
    const document = application.documents.duties
    const duties = Duties.safeParse(document?.value)
    if (!document || !duties.success) return []
    const { missing, overlaps, solo } = readDuties(duties.data)
    const gaps = [
      ...missing.map((words) => `nobody holds ${words}`),
      ...overlaps.map(([one, other]) => `${one} and ${other} are the same person`),
    ]
    return [
      {
        application: release.application,
        release: release.id,
        check: 'gov.owner',
        summary: `${gaps.length === 0 ? 'Every duty has a name.' : `${gaps.join('; ')}.`}${solo ? ' One person holds all of them: nothing here is independent.' : ''}`,
        facts: {
          missingDuties: counted(missing.length, NEEDED.length),
          forbiddenOverlaps: counted(overlaps.length, APART.length),
          solo: { value: solo },
        },
        inputs: [{ kind: 'document', name: 'duties', digest: document.digest }],
        producer: { name: 'governance/owner', version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
}

/** Where one person holds every duty that is held, overlaps are forgiven, and said. */
export function readDuties(written: Duties): {
  missing: string[]
  overlaps: (readonly [Duty, Duty])[]
  solo: boolean
} {
  const duties: Duties = Object.fromEntries(Object.entries(written).filter(([, holder]) => isFilled(holder)))
  return {
    missing: NEEDED.filter((line) => !line.duties.some((duty) => duties[duty] !== undefined)).map(({ words }) => words),
    overlaps: overlapsOf(duties),
    solo: isSolo(duties),
  }
}
