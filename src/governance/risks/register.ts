/** The risk register as people read it: levels, what remains, where controls do not hold, and what else may be a risk. Pure. */
import { z } from 'zod'
import { opens, Verdict } from '../../core/verdict.ts'
import { Risk, type Risks, residualScore, SEED_RISKS } from '../documents/risks.ts'
import type { LiveRow } from '../roadmap/status.ts'
import { type PathStanding, verdictsOf } from '../standing.ts'

const Step = z.strictObject({ value: z.number().int(), label: z.string(), says: z.string() })

export const RiskPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  formula: z.string(),
  likelihood: z.array(Step).length(5),
  severity: z.array(Step).length(5),
  levels: z.array(z.strictObject({ from: z.number().int(), level: z.enum(['low', 'medium', 'high', 'critical']) })),
  risks: z.array(
    Risk.pick({ id: true, category: true, title: true, description: true, measures: true, controls: true }),
  ),
})
export type RiskPack = z.infer<typeof RiskPack>

export const RiskLevel = z.enum(['unrated', 'low', 'medium', 'high', 'critical'])
export type RiskLevel = z.infer<typeof RiskLevel>

export const LiveRisk = Risk.extend({
  /** likelihood × severity; null while it is not rated. */
  score: z.number().nullable(),
  level: RiskLevel,
  residual: z.number().nullable(),
  residualLevel: RiskLevel,
  isAboveAppetite: z.boolean(),
  /** The checks that show whether the treatment works, each with its verdict now; null where no gate asks it. */
  controlVerdicts: z.array(z.object({ check: z.string(), verdict: Verdict.nullable() })),
  /** A control does not pass now. */
  alarm: z.string().nullable(),
  /** Rows of the roadmap that it is linked with. */
  rows: z.array(z.string()),
})
export type LiveRisk = z.infer<typeof LiveRisk>

export const SuggestedRisk = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  /** What raised it. */
  from: z.enum(['module', 'gate', 'advisor', 'classification', 'impact', 'incident']),
  because: z.string(),
})
export type SuggestedRisk = z.infer<typeof SuggestedRisk>

/** An incident as the register reads it. */
export type RaisedBy = {
  readonly id: string
  readonly title: string
  readonly severity: string
  readonly state: string
}

export const RiskRegister = z.object({
  /** False when the blueprint has no risks.yaml; the six of the module are shown to begin with. */
  isKept: z.boolean(),
  appetite: z.number(),
  formula: z.string(),
  scales: RiskPack.pick({ likelihood: true, severity: true, levels: true }),
  risks: z.array(LiveRisk),
  suggestions: z.array(SuggestedRisk),
})
export type RiskRegister = z.infer<typeof RiskRegister>

export const levelOf = (score: number | null, { levels }: Pick<RiskPack, 'levels'>): RiskLevel =>
  score === null ? 'unrated' : (levels.findLast(({ from }) => score >= from)?.level ?? 'low')

export function liveRisk(
  risk: Risk,
  {
    pack,
    appetite,
    standing,
    rows,
  }: { pack: RiskPack; appetite: number; standing: PathStanding; rows: readonly LiveRow[] },
): LiveRisk {
  const isRated = Boolean(risk.likelihood && risk.severity)
  const score = isRated ? (risk.likelihood ?? 0) * (risk.severity ?? 0) : null
  const residual = isRated ? residualScore(risk) : null
  const verdicts = verdictsOf(standing)
  const controlVerdicts = (risk.controls ?? []).map((check) => ({ check, verdict: verdicts.get(check) ?? null }))
  const broken = controlVerdicts.filter(({ verdict }) => verdict !== null && !opens(verdict))
  return {
    ...risk,
    score,
    level: levelOf(score, pack),
    residual,
    residualLevel: levelOf(residual, pack),
    isAboveAppetite: residual !== null && residual > appetite,
    controlVerdicts,
    alarm: broken.length === 0 ? null : broken.map(({ check, verdict }) => `${check} is ${verdict}`).join(', '),
    rows: rows.filter(({ linkedRisks }) => linkedRisks.includes(risk.id)).map(({ id }) => id),
  }
}

/** What others raised and the register does not have yet. */
export function suggestionsFor({
  register,
  standing,
  safeguards,
  riskClass,
  harms,
  incidents,
}: {
  register: Pick<Risks, 'risks'>
  standing: PathStanding
  safeguards: readonly { id: string; title: string; reason: string }[]
  riskClass: string | undefined
  harms: readonly string[]
  incidents: readonly RaisedBy[]
}): SuggestedRisk[] {
  const failed = standing.gates.flatMap(({ checks }) => checks).filter(({ verdict }) => verdict === 'FAIL')
  const all: SuggestedRisk[] = [
    ...Object.entries(SEED_RISKS).map(([id, title]) => ({
      id,
      title,
      category: id,
      from: 'module' as const,
      because: 'It stands on the checklist that every plan begins with.',
    })),
    ...failed.map(({ check, title }) => ({
      id: `gate-${check.replaceAll('.', '-')}`,
      title: `${title}: the check fails`,
      category: 'other',
      from: 'gate' as const,
      because: `${check} fails on the newest release.`,
    })),
    ...safeguards.map(({ id, title, reason }) => ({
      id: `advice-${id.toLowerCase()}`,
      title,
      category: 'other',
      from: 'advisor' as const,
      because: reason,
    })),
    ...(riskClass === 'high' || riskClass === 'unacceptable'
      ? [
          {
            id: 'classification',
            title: 'The use is in a class that the law watches',
            category: 'ethics',
            from: 'classification' as const,
            because: `The classification says ${riskClass}.`,
          },
        ]
      : []),
    ...harms.map((harm, at) => ({
      id: `impact-${at + 1}`,
      title: harm.slice(0, 120),
      category: 'ethics',
      from: 'impact' as const,
      because: 'The impact assessment names it.',
    })),
    ...incidents.map(({ id, title, severity, state }) => ({
      id: `incident-${id}`,
      title: title.slice(0, 120),
      category: 'other',
      from: 'incident' as const,
      because: `It happened: an incident of severity ${severity}, ${state} now.`,
    })),
  ]
  const known = (one: SuggestedRisk) =>
    register.risks.some(({ id, category }) => id === one.id || (one.from === 'module' && category === one.category))
  return [...new Map(all.filter((one) => !known(one)).map((one) => [one.id, one])).values()]
}
