/** What somebody needs of a model, and what each known one says to it. Pure. */
import { z } from 'zod'
import { Stage } from '../../core/stage.ts'
import { Price } from '../../kernel/money.ts'
import type { RuleFinding } from '../approvals/index.ts'
import type { CardField, FactName } from '../cards/index.ts'
import { Modality } from '../cards/index.ts'
import { type Budget, budgetVerdict, MonthlyCost, monthlyCostOf, Volume } from './budget.ts'
import { bySort, judgeOwn, OwnCriteria, OwnFigures, SortBy } from './own-figures.ts'

/**
 * embedded: in this program · self-hosted: on our own machines · cloud: in a cloud's model service · api: at whoever
 * made or resells it.
 */
export const ServingMode = z.enum(['embedded', 'self-hosted', 'cloud', 'api'])
export type ServingMode = z.infer<typeof ServingMode>

const whole = z.number().int().min(0).max(1_000_000_000)

const Wanted = z.strictObject({
  /** A part of its name. */
  text: z.string().max(200).optional(),
  takes: z.array(Modality).max(6).default([]),
  gives: z.array(Modality).max(6).default([]),
  contextAtLeast: whole.optional(),
  outputAtLeast: whole.optional(),
  /** Each that is named must be so. */
  must: z.array(z.enum(['tools', 'structuredOutput', 'tunable', 'snapshot'])).default([]),
  servingModes: z.array(ServingMode).max(4).default([]),
  /** SPDX ids; `*` stands for anything. */
  licences: z.array(z.string().min(1).max(100)).max(50).default([]),
  /** What it would be used for: the rules of the installation are asked. */
  use: z
    .strictObject({
      stage: Stage.default('production'),
      use: z.enum(['commercial', 'non-commercial']).default('commercial'),
      dataClass: z.enum(['none', 'contact', 'sensitive', 'unknown']).default('unknown'),
      residency: z.array(z.string().min(1).max(50)).max(50).default([]),
    })
    .optional(),
  /** Only models that are approved for the stage already. */
  approvedOnly: z.boolean().default(false),
  budget: z
    .strictObject({
      /** Dollars a month. */
      dollarsPerMonth: Price,
      volume: Volume,
    })
    .optional(),
  /** What experiments on own cases must have said; names whose figures are shown and sorted by, too. */
  measured: OwnCriteria.optional(),
  /** Within an outcome; by price when left out. */
  sortBy: SortBy.optional(),
})
export const Criteria = Wanted.refine(
  ({ sortBy = 'price', measured }) => sortBy === 'price' || measured !== undefined,
  { path: ['sortBy'], message: 'sorts by what was measured; say under measured for which application and suite' },
)
export type Criteria = z.infer<typeof Criteria>

export const Reason = z.object({
  /** The criterion: a field, `budget`, `rule …`, `approval`, `measured`, `quality`, `latency`, `cost`. */
  criterion: z.string(),
  /** out: it does not meet it · unknown: nobody can say. */
  kind: z.enum(['out', 'unknown']),
  why: z.string(),
})
export type Reason = z.infer<typeof Reason>

export const Candidate = z.object({
  model: z.string(),
  servingMode: ServingMode,
  /** open: nothing speaks against it, and something that was asked for is not known. */
  outcome: z.enum(['kept', 'open', 'eliminated']),
  reasons: z.array(Reason),
  monthly: MonthlyCost.nullable(),
  /** On the own cases that were named; null where none were, or where it was not measured on them. */
  measured: OwnFigures.nullable().default(null),
  approval: z.string(),
  /** Fields that are known, of those that a complete card has. */
  known: z.number().int(),
  of: z.number().int(),
})
export type Candidate = z.infer<typeof Candidate>

/** What is known of one model when it is held against criteria. */
export type Known = {
  readonly model: string
  readonly servingMode: ServingMode
  readonly fields: readonly CardField[]
  readonly approval: { readonly state: string; readonly stages: readonly string[] }
  readonly completeness: { readonly known: number; readonly of: number }
  /** What the rules say of the use; nothing when no use was named. */
  readonly findings: readonly RuleFinding[]
}

/** What was asked for first: kept, then open, then eliminated; within them as it is sorted, the cheapest, by name. */
export const judgeAll = (
  known: readonly Known[],
  criteria: Criteria,
  own: ReadonlyMap<string, OwnFigures> = new Map(),
): Candidate[] =>
  known
    .filter(({ model }) => !criteria.text || model.toLowerCase().includes(criteria.text.toLowerCase()))
    .map((one) => judge(one, criteria, own.get(one.model) ?? null))
    .sort(
      (one, other) =>
        ORDER[one.outcome] - ORDER[other.outcome] ||
        bySort(criteria.sortBy ?? 'price', one.measured, other.measured) ||
        Number(one.monthly?.high ?? Number.MAX_VALUE) - Number(other.monthly?.high ?? Number.MAX_VALUE) ||
        one.model.localeCompare(other.model),
    )

const ORDER = { kept: 0, open: 1, eliminated: 2 } as const

function judge(one: Known, criteria: Criteria, measured: OwnFigures | null): Candidate {
  const valueIn = (name: FactName) => one.fields.find((field) => field.name === name)?.value ?? null
  const monthly = criteria.budget
    ? monthlyCostOf(criteria.budget.volume, { input: valueIn('priceInput'), output: valueIn('priceOutput') })
    : null
  const reasons = [
    ...ofFields(criteria, valueIn),
    ...(criteria.servingModes.length > 0 && !criteria.servingModes.includes(one.servingMode)
      ? [out('servingMode', `It is served as ${one.servingMode}, not as ${criteria.servingModes.join(' or ')}.`)]
      : []),
    ...one.findings.flatMap(({ rule, title, verdict, reason, rests }): Reason[] => {
      if (verdict !== 'FAIL') return []
      const isUnknown = rests.some(({ standing }) => standing === 'unknown')
      return [{ criterion: `rule ${rule}`, kind: isUnknown ? 'unknown' : 'out', why: `${title}: ${reason}` }]
    }),
    ...(criteria.approvedOnly ? ofApproval(one, criteria.use?.stage ?? 'production') : []),
    ...(criteria.budget ? ofBudget(criteria.budget, monthly) : []),
    ...(criteria.measured ? judgeOwn(criteria.measured, measured) : []),
  ]
  const outcome = reasons.some(({ kind }) => kind === 'out') ? 'eliminated' : reasons.length > 0 ? 'open' : 'kept'
  const { known, of } = one.completeness
  return {
    model: one.model,
    servingMode: one.servingMode,
    outcome,
    reasons,
    monthly,
    measured,
    approval: one.approval.state,
    known,
    of,
  }
}

const out = (criterion: string, why: string): Reason => ({ criterion, kind: 'out', why })
const unknown = (criterion: string): Reason => ({ criterion, kind: 'unknown', why: `Nobody says its ${criterion}.` })

function ofFields(criteria: Criteria, valueIn: (name: FactName) => CardField['value']): Reason[] {
  const contains = (name: FactName, wanted: readonly string[]): Reason[] => {
    if (wanted.length === 0) return []
    const value = valueIn(name)
    if (!Array.isArray(value)) return [unknown(name)]
    const found = value.filter((word) => typeof word === 'string')
    const missing = wanted.filter((word) => !found.includes(word))
    return missing.length === 0 ? [] : [out(name, `${name} is ${found.join(', ')}, without ${missing.join(', ')}.`)]
  }
  const atLeast = (name: FactName, least: number | undefined): Reason[] => {
    if (least === undefined) return []
    const value = valueIn(name)
    if (typeof value !== 'number') return [unknown(name)]
    return value >= least ? [] : [out(name, `${name} is ${value}, less than ${least}.`)]
  }
  const licence = valueIn('licence')
  return [
    ...contains('modalitiesIn', criteria.takes),
    ...contains('modalitiesOut', criteria.gives),
    ...atLeast('contextTokens', criteria.contextAtLeast),
    ...atLeast('outputTokens', criteria.outputAtLeast),
    ...criteria.must.flatMap((name) => {
      const value = valueIn(name)
      return value === true ? [] : value === false ? [out(name, `${name} is no.`)] : [unknown(name)]
    }),
    ...(criteria.licences.length === 0
      ? []
      : typeof licence !== 'string'
        ? [unknown('licence')]
        : criteria.licences.some((pattern) => matches(pattern, licence))
          ? []
          : [out('licence', `licence is ${licence}, not ${criteria.licences.join(' or ')}.`)]),
  ]
}

function ofApproval({ approval }: Known, stage: Stage): Reason[] {
  if (stage === 'sandbox' || approval.state === 'installation') return []
  if (approval.state === 'approved' && approval.stages.includes(stage)) return []
  return [out('approval', `It is not approved for ${stage}: ${approval.state}.`)]
}

function ofBudget(budget: Budget, monthly: MonthlyCost | null): Reason[] {
  const verdict = budgetVerdict(budget, monthly)
  if (verdict === 'fits') return []
  if (verdict === 'unknown' || !monthly)
    return [{ criterion: 'budget', kind: 'unknown', why: 'Its price is not known.' }]
  const range = `$${monthly.low} to $${monthly.high} a month`
  return verdict === 'exceeds'
    ? [out('budget', `It takes ${range}, above $${budget.dollarsPerMonth} even at the least volume.`)]
    : [
        {
          criterion: 'budget',
          kind: 'unknown',
          why: `It takes ${range}: whether $${budget.dollarsPerMonth} are enough depends on the volume.`,
        },
      ]
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(text.toLowerCase())
}
