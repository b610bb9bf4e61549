/** The one page on which people decide: everything that a signature binds, and what speaks against it. */
import { PILLARS } from '../../core/check.ts'
import type { Finding } from '../../core/verdict.ts'
import { shortDigest } from '../../kernel/digest.ts'
import { sumMoney } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Judged } from '../gates.ts'
import type { DecisionSheet, ServedApproval } from './contract.ts'
import type { Spending } from './deps.ts'
import { otherFindings } from './draft.ts'

/** Checks that say what it costs and what it is worth, wherever the catalogue has them. */
const ECONOMIC = ['cost.forecast', 'ops.budgetcap', 'pilot.kpi', 'biz.charter', 'strat.decision']

export function sheetOf(given: {
  approval: ServedApproval
  judged: Judged
  spending: Spending
  now: Instant
}): DecisionSheet {
  const { approval, judged, spending, now } = given
  const { release, standing, decision } = judged
  const findings = decision.findings
  const waived = new Set(findings.flatMap((one) => one.waived?.waiver ?? []))
  const trust: DecisionSheet['trust'] = {}
  for (const { trust: one } of findings) if (one) trust[one] = (trust[one] ?? 0) + 1
  return {
    approval,
    releaseNumber: release.number,
    binds: [
      `Release r${release.number} of ${release.application}, ${shortDigest(release.digest)}, and no other.`,
      `The verdicts of ${otherFindings(decision).length} checks of the gate into ${approval.into} as they stand (${decision.catalogue.name} ${decision.catalogue.version}): when one changes, this no longer counts.`,
      approval.state === 'given'
        ? `Given until ${approval.until}.`
        : `Asked for on ${approval.askedAt}; it can be signed until ${approval.until}.`,
      ...(approval.solo ? ['One person holds every duty here: nothing about this decision is independent.'] : []),
    ],
    current: decision.verdictsDigest === approval.verdicts,
    openWaivers: standing.waivers.filter(({ id, until }) => waived.has(id) && until > now),
    responsible: findings.filter(({ pillar }) => pillar === 'responsible').map(lineOf),
    economics: {
      findings: findings.filter(({ check }) => ECONOMIC.includes(check)).map(lineOf),
      ...spending,
      evidenceMicroUsd: sumMoney(
        standing.evidence.filter((one) => one.release === release.id).map(({ costMicroUsd }) => costMicroUsd),
      ),
    },
    dissent: PILLARS.map((pillar) => {
      const views = approval.views.filter((one) => one.pillar === pillar)
      return { pillar, views, noneSought: views.length === 0 }
    }),
    trust,
  }
}

const lineOf = ({ check, title, pillar, verdict, why }: Finding) => ({ check, title, pillar, verdict, why })
