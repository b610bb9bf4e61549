/**
 * Signed verdicts: a kept decision of a gate, signed with the key of the evidence when somebody asks for it.
 *
 * Nothing is kept of it: a decision never changes, and the same key signs the same bytes again.
 */
import type { Envelope, EvidenceId } from '../../core/evidence.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { canonicalJson } from '../../kernel/digest.ts'
import type { EvidenceLog } from '../evidence.ts'
import { type Decided, verdictStatement } from './statement.ts'

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

export type VerdictDeps = {
  readonly evidence: Pick<EvidenceLog, 'keys' | 'seal' | 'signed'>
  /** Throws when there is no such decision. */
  readonly decisionOf: (id: string) => Promise<Decided>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
}
export type Verdicts = ReturnType<typeof createVerdicts>

export const createVerdicts = ({ evidence, decisionOf, releaseOf }: VerdictDeps) => ({
  /** Which application a decision is about. */
  applicationOf: async (id: string): Promise<string> => (await decisionOf(id)).application,

  async get(id: string): Promise<Envelope> {
    const decided = await decisionOf(id)
    const ids = decided.decision.findings.flatMap((finding): EvidenceId[] =>
      finding.evidence ? [finding.evidence] : [],
    )
    const [release, pieces, [key]] = await Promise.all([
      releaseOf(decided.release),
      evidence.signed([...new Set(ids)]),
      evidence.keys(),
    ])
    if (!key) throw new Error('There is always a key that signs.')
    const statement = verdictStatement({ decided, release, evidence: pieces, publicKey: key.publicKey })
    return evidence.seal(PAYLOAD_TYPE, Buffer.from(canonicalJson(JSON.parse(JSON.stringify(statement))), 'utf8'))
  },
})
