/**
 * Readiness of a release: over seven areas of running it, and over the seven pillars. The status of the whole is that of
 * the weakest pillar; no mean is ever taken, because an average hides the one that is red.
 */
import { z } from 'zod'
import { PILLARS, Pillar } from './check.ts'
import { type Finding, VERDICTS, Verdict } from './verdict.ts'

export const AREAS = ['latency', 'scalability', 'guardrails', 'security', 'monitoring', 'compliance', 'cost'] as const
export const Area = z.enum(AREAS)
export type Area = z.infer<typeof Area>

/** From worst to best. */
export const Status = z.enum(['red', 'unvisited', 'amber', 'green'])
export type Status = z.infer<typeof Status>

const Counts = z.partialRecord(Verdict, z.number().int())
export const PillarStatus = z.object({ pillar: Pillar, status: Status, counts: Counts })
export const AreaStatus = z.object({
  area: Area,
  status: Status,
  counts: Counts,
  checks: z.array(z.object({ check: z.string(), title: z.string(), verdict: Verdict, why: z.string() })),
})

export const Readiness = z.object({
  /** That of the weakest pillar. */
  status: Status,
  weakest: z.array(Pillar),
  pillars: z.array(PillarStatus),
  areas: z.array(AreaStatus),
})
export type Readiness = z.infer<typeof Readiness>

export function readinessOf(findings: readonly Finding[]): Readiness {
  const pillars = PILLARS.map((pillar) => ({ pillar, ...statusOf(findings.filter((one) => one.pillar === pillar)) }))
  const status = worst(pillars.map((one) => one.status))
  return {
    status,
    weakest: pillars.filter((one) => one.status === status).map(({ pillar }) => pillar),
    pillars,
    areas: AREAS.map((area) => {
      const own = findings.filter(({ check }) => AREA_CHECKS[area].some((begin) => check.startsWith(begin)))
      return {
        area,
        ...statusOf(own),
        checks: own.map(({ check, title, verdict, why }) => ({ check, title, verdict, why: why[0] ?? '' })),
      }
    }),
  }
}

/** Checks by the beginning of their ids; a check may bear on several areas. */
const AREA_CHECKS: Record<Area, readonly string[]> = {
  latency: ['perf.load', 'prod.slo', 'ops.slo'],
  scalability: ['perf.load', 'rel.resilience', 'vendor.exit', 'ops.canaryplan'],
  guardrails: ['guard.', 'red.harm', 'red.injection', 'red.agent', 'hum.oversight'],
  security: ['sec.', 'red.leak', 'red.full', 'priv.', 'data.lineage'],
  monitoring: ['obs.', 'ops.slo', 'prod.'],
  compliance: ['gov.', 'risk.', 'legal.', 'docs.', 'train.', 'model.approved', 'appr.'],
  cost: ['cost.', 'ops.budgetcap'],
}

/** Green: all passes · amber: something is open, waived or in doubt · unvisited: nothing was recorded · red: a FAIL. */
function statusOf(findings: readonly Finding[]): { status: Status; counts: z.infer<typeof Counts> } {
  const counts: z.infer<typeof Counts> = {}
  for (const verdict of VERDICTS) {
    const count = findings.filter((one) => one.verdict === verdict).length
    if (count > 0) counts[verdict] = count
  }
  const asked = findings.filter(({ verdict }) => verdict !== 'NOT_APPLICABLE')
  const isUnvisited = !findings.some(({ evidence }) => evidence !== null)
  const status: Status = counts.FAIL
    ? 'red'
    : isUnvisited
      ? 'unvisited'
      : asked.every(({ verdict }) => verdict === 'PASS')
        ? 'green'
        : 'amber'
  return { status, counts }
}

const worst = (all: readonly Status[]): Status => Status.options.find((status) => all.includes(status)) ?? 'unvisited'
