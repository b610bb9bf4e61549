/** An approval as evidence: counted here from what was signed, so that nobody states it. */
import type { ActorId } from '../../core/actor.ts'
import { PILLARS } from '../../core/check.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import type { Judged } from '../gates.ts'
import type { Approval, DisconfirmingView, Signature } from './approval.ts'
import { isComplete } from './quorum.ts'

export function evidenceOf(given: {
  approval: Approval
  judged: Judged
  signatures: readonly Signature[]
  views: readonly DisconfirmingView[]
  checks: readonly string[]
  inputs: Part[]
  by: ActorId
}): EvidenceDraft[] {
  const { approval, judged, signatures, views, checks, inputs, by } = given
  const refusal = signatures.find(({ decision }) => decision === 'refuse')
  const isIndependent = signatures.every(({ independent }) => independent)
  const pillars = new Set(views.map(({ pillar }) => pillar))
  const waived = judged.decision.findings.filter(({ verdict }) => verdict === 'WAIVED').length
  const names = signatures.map(({ name, duties }) => `${name} (${duties.join(', ')})`).join(' and ')
  const summary = refusal
    ? `Refused by ${refusal.name}: ${refusal.reason}`
    : `Approved by ${names}, with ${waived} waived.${isIndependent ? '' : ' Not independent: one person holds every duty.'}`
  return checks.map((check) => ({
    application: approval.application,
    release: approval.release,
    check,
    summary,
    facts: {
      quorum: { value: refusal === undefined && isComplete(approval, signatures), n: approval.quorum.length },
      approvers: { value: new Set(signatures.map((one) => one.by)).size },
      // In solo mode an author may sign, which `independent` says; the catalogue asks of all others that none does.
      byAuthor: { value: approval.solo ? 0 : signatures.filter((one) => !one.independent).length },
      independent: { value: isIndependent },
      outsideTeam: { value: signatures.filter(({ outside }) => outside).length },
      waiversShown: { value: true, n: waived },
      dissentSought: { value: views.length > 0 },
      pillarsWithoutView: { value: PILLARS.length - pillars.size, n: PILLARS.length },
    },
    inputs,
    producer: { name: 'delivery/approvals', version: '1' },
    trust: 'measured',
    by,
    source: `approval ${approval.id}`,
    example: approval.example,
  }))
}
