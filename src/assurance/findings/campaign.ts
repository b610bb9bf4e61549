/** What findings say to the checks that ask for them. Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { Evidence, EvidenceDraft, Fact } from '../../core/evidence.ts'
import { behaviourParts } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Found, isClosed, isOpen, type Report } from './finding.ts'

export const isGrave = ({ severity }: Found): boolean => severity === 'critical' || severity === 'high'

export const openGrave = (findings: readonly Found[], now: Instant): Found[] =>
  findings.filter((one) => isGrave(one) && isOpen(one, now))

/** Evidence for `red.full`: of a report, with every grave finding of the application that is not closed. */
export function campaignDraft({
  report,
  release,
  findings,
  by,
}: {
  report: Report
  release: Release
  findings: readonly Found[]
  by: ActorId
}): EvidenceDraft {
  const counts = unclosed(findings)
  const { author, independent } = report
  return {
    application: release.application,
    release: release.id,
    check: 'red.full',
    summary: `${author} looked${independent ? '' : ', who is not outside the team'}: ${counts.openCritical.value} critical and ${counts.openHigh.value} high findings are not closed.`,
    facts: { independent: { value: independent }, ...counts, findings: { value: findings.length } },
    inputs: behaviourParts(release.manifest).filter(({ kind }) => kind === 'model' || kind === 'flow'),
    producer: { name: 'assurance/campaign', version: '1' },
    trust: 'imported',
    by,
    source: `report ${report.id}`,
    example: report.example,
  }
}

function unclosed(findings: readonly Found[]): { openCritical: Fact; openHigh: Fact } {
  const count = (severity: Found['severity']) =>
    findings.filter((one) => one.severity === severity && !isClosed(one)).length
  return { openCritical: { value: count('critical') }, openHigh: { value: count('high') } }
}

/**
 * The newest answers of the security checks once more, where their count of findings is another one now: what was
 * measured then stays, and nobody goes on under a count that is over.
 */
export function recounted(
  evidence: readonly Evidence[],
  { findings, now, by }: { findings: readonly Found[]; now: Instant; by: ActorId },
): EvidenceDraft[] {
  const facts: Readonly<Record<string, Record<string, Fact>>> = {
    'sec.access': { openHighFindings: { value: openGrave(findings, now).length } },
    'red.full': unclosed(findings),
  }
  return Object.entries(facts).flatMap(([check, counted]) => {
    const newest = evidence
      .filter((one) => one.check === check)
      .reduce<Evidence | undefined>((best, one) => (best && best.id > one.id ? best : one), undefined)
    const isSame = Object.entries(counted).every(([name, { value }]) => newest?.facts[name]?.value === value)
    if (!newest || isSame) return []
    const { id: _, organisation: __, at: ___, costMicroUsd: ____, ...rest } = newest
    const said = Object.entries(counted).map(([name, { value }]) => `${name} ${value}`)
    return [
      { ...rest, by, facts: { ...rest.facts, ...counted }, summary: `Findings counted anew: ${said.join(', ')}.` },
    ]
  })
}
