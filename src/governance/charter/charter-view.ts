/** The charter as people read it: each objective with its five points and where it stands, and what is traced to cases. Pure. */
import { z } from 'zod'
import type { Blueprint } from '../../core/blueprint/blueprint.ts'
import type { Instant } from '../../kernel/time.ts'
import { Charter } from '../documents/charter.ts'
import { isFilled } from '../documents/fields.ts'
import { isCrossed, isOld, Kpi, numberOf, SmartPoint, smartOf } from './kpi.ts'
import { KpiValue } from './kpi-value.ts'

export const KpiStanding = Kpi.extend({
  smart: z.array(SmartPoint),
  isSmart: z.boolean(),
  actual: KpiValue.pick({ value: true, n: true, low: true, high: true, measuredAt: true, source: true }).nullable(),
  /** From 0 at the baseline to 1 at the target, and beyond; null while it cannot be told. */
  progress: z.number().nullable(),
  state: z.enum(['not-measured', 'old', 'on-its-way', 'reached', 'alert', 'stop']),
})
export type KpiStanding = z.infer<typeof KpiStanding>

export const CharterView = z.object({
  isKept: z.boolean(),
  charter: Charter,
  kpis: z.array(KpiStanding),
  /** Filled fields of all. */
  filled: z.number().int(),
  of: z.number().int(),
  requirements: z.array(z.object({ id: z.string(), text: z.string(), from: z.string(), cases: z.array(z.string()) })),
})
export type CharterView = z.infer<typeof CharterView>

const COUNTED = [
  'problem',
  'users',
  'affected',
  'intendedUse',
  'outOfScope',
  'foreseeableMisuse',
  'stakeholders',
  'value',
  'alternativeWithoutAi',
  'owner',
  'sponsor',
  'nonGoals',
  'stopCriteria',
  'successCriteria',
  'jurisdictions',
  'dataNeeded',
  'autonomy',
  'budget',
  'kpis',
] as const

export function charterView(
  value: unknown,
  { actuals, datasets, now }: { actuals: readonly KpiValue[]; datasets: Blueprint['datasets']; now: Instant },
): CharterView {
  const charter = Charter.parse(value ?? {})
  const examples = datasets.flatMap(({ rows }) => rows)
  return {
    isKept: value !== undefined,
    charter,
    kpis: (charter.kpis ?? []).map((kpi) =>
      standingOf(
        kpi,
        actuals.find((one) => one.kpi === kpi.name),
        now,
      ),
    ),
    filled: COUNTED.filter((name) => isFilled(charter[name])).length,
    of: COUNTED.length,
    requirements: (charter.stakeholders ?? []).flatMap(({ name, requirements }) =>
      (requirements ?? []).map(({ id, text }) => ({
        id,
        text,
        from: name,
        // A case says which requirements it shows: {"metadata": {"requirements": ["S1"]}}.
        cases: examples
          .filter(({ metadata }) => [metadata?.requirements].flat().includes(id))
          .map((example) => example.id),
      })),
    ),
  }
}

function standingOf(kpi: Kpi, actual: KpiValue | undefined, now: Instant): KpiStanding {
  const smart = smartOf(kpi, now.slice(0, 10))
  const [from, to] = [numberOf(kpi.baseline), numberOf(kpi.target)]
  const progress = !actual || from === null || to === null || from === to ? null : (actual.value - from) / (to - from)
  return {
    ...kpi,
    smart,
    isSmart: smart.every(({ holds }) => holds),
    actual: actual ? actualOf(actual) : null,
    progress,
    state: stateOf(kpi, { actual, progress, now }),
  }
}

const actualOf = ({ value, n, low, high, measuredAt, source }: KpiValue): KpiStanding['actual'] => ({
  ...{ value, n, low, high, measuredAt, source },
})

function stateOf(
  kpi: Kpi,
  { actual, progress, now }: { actual: KpiValue | undefined; progress: number | null; now: Instant },
): KpiStanding['state'] {
  if (!actual) return 'not-measured'
  if (isCrossed(kpi, actual.value, kpi.killAt)) return 'stop'
  if (isCrossed(kpi, actual.value, kpi.alertAt)) return 'alert'
  if (isOld(kpi, actual.measuredAt, now)) return 'old'
  return progress !== null && progress >= 1 ? 'reached' : 'on-its-way'
}
