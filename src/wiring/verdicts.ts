/** Signed verdicts: decisions that delivery keeps, signed with the keys of evidence. */
import type { Delivery } from '../delivery/index.ts'
import { createVerdicts, type EvidenceLog, verdictsHttp } from '../evidence/index.ts'

type Deps = { readonly delivery: Delivery; readonly evidence: EvidenceLog }

export function wireVerdicts({ delivery, evidence }: Deps) {
  const { decisions, getRelease } = delivery
  const decisionOf = (id: string) => decisions.get(id as Parameters<typeof decisions.get>[0])
  return { http: verdictsHttp(createVerdicts({ evidence, decisionOf, releaseOf: getRelease })) }
}
