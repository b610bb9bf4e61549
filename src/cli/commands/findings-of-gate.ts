/** How findings of a gate are printed, and which exit code they give: the same for one check, a gate and a kept decision. */
import type { Finding, GateDecision } from '../../../sdk/index.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { MARKS } from '../wording.ts'

export const isOpen = ({ verdict }: Pick<Finding, 'verdict'>): boolean =>
  !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict)

/** A check that only warns holds nothing. */
export const holds = (finding: Pick<Finding, 'verdict' | 'enforcement'>): boolean =>
  isOpen(finding) && finding.enforcement.mode === 'enforce'

export function showFindings(output: Output, findings: readonly Finding[]): void {
  for (const finding of findings) {
    output.line(
      `  ${MARKS[finding.verdict] ?? '?'} ${finding.verdict.padEnd(14)} ${finding.check.padEnd(20)} ${finding.why.join(' ')}`,
    )
    if (!isOpen(finding)) continue
    if (!holds(finding)) output.line(`      holds nothing yet: ${finding.enforcement.why}`)
    for (const way of finding.wouldPassIf) output.line(`      passes if: ${way}`)
  }
}

export function exitCodeOf({ decision, findings }: Pick<GateDecision, 'decision' | 'findings'>): ExitCode {
  if (decision === 'open') return EXIT.ok
  return findings.some(({ verdict }) => verdict === 'FAIL') ? EXIT.failed : EXIT.undecided
}

/** Of some checks alone: what one that only warns says counts too, because it was asked for by name. */
export const exitCodeOfChecks = (findings: readonly Finding[]): ExitCode =>
  exitCodeOf({ decision: findings.some(isOpen) ? 'held' : 'open', findings: [...findings] })
