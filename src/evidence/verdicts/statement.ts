/**
 * A gate's decision in the form that others read: an in-toto Statement whose predicate is SLSA's Verification Summary.
 *
 * Tools that know the form see subject, policy, result and time; what they do not know stands in one extension field:
 * every finding with its verdict, and the public key, so that the file is checked by itself.
 */
import type { SignedEvidence } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import { type GateDecision, holdsBack } from '../../core/verdict.ts'
import type { Digest } from '../../kernel/digest.ts'

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const PREDICATE_TYPE = 'https://slsa.dev/verification_summary/v1'

/** A decision as it was kept. */
export type Decided = {
  readonly id: string
  readonly application: string
  readonly release: Release['id']
  readonly decision: GateDecision
  /** Of the gate with every check as it was asked then. */
  readonly gate: Digest
}
type Told = {
  readonly decided: Decided
  readonly release: Pick<Release, 'id' | 'number' | 'digest'>
  /** What the findings rest on. */
  readonly evidence: readonly Pick<SignedEvidence, 'id' | 'statement'>[]
  /** SPKI in PEM, of the key that signs. */
  readonly publicKey: string
}

export function verdictStatement({ decided, release, evidence, publicKey }: Told) {
  const { id, application, decision, gate } = decided
  const { into, findings, catalogue, verdictsDigest, snapshotDigest, at } = decision
  const isOpen = decision.decision === 'open'
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: `${application}/r${release.number}`, digest: hex(release.digest) }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      verifier: { id: 'https://airworthy.dev/gate' },
      timeVerified: at,
      resourceUri: `airworthy:${application}/${release.id}`,
      policy: { uri: `airworthy:gate/${into}?catalogue=${catalogue.name}@${catalogue.version}`, digest: hex(gate) },
      inputAttestations: evidence.map((piece) => ({
        uri: `airworthy:evidence/${piece.id}`,
        digest: hex(piece.statement),
      })),
      verificationResult: isOpen ? 'PASSED' : 'FAILED',
      // The form asks for a level; own ones may not begin with SLSA_.
      verifiedLevels: [isOpen ? `AIRWORTHY_GATE_${into.toUpperCase()}` : 'FAILED'],
      airworthy: {
        decision: { id, is: decision.decision, into, tier: decision.tier, verdictsDigest, snapshotDigest },
        release: { application, id: release.id, number: release.number, digest: release.digest },
        findings: findings.map((finding) => ({
          check: finding.check,
          verdict: finding.verdict,
          holds: holdsBack(finding),
          why: finding.why,
          evidence: finding.evidence,
          waived: finding.waived,
        })),
        publicKey,
      },
    },
  }
}

const hex = (digest: string) => ({ sha256: digest.slice('sha256:'.length) })
