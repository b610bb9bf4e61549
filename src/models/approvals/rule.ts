/**
 * Rules over what a card says, as data: when a rule applies, what it demands, and the sentence for whoever is refused.
 * Pure: the same rule, card and use give the same finding. What is not known never meets a demand.
 */
import { z } from 'zod'
import { Stage } from '../../core/stage.ts'
import { DAY, epochMs, type Instant } from '../../kernel/time.ts'
import { type CardField, FactName, Standing } from '../cards/index.ts'
import { matches } from '../pattern.ts'

export const Use = z.enum(['commercial', 'non-commercial'])
/** As the profile of an application says it: `personalData`. */
export const DataClass = z.enum(['none', 'contact', 'sensitive', 'unknown'])

/** What a model would be used for. */
export const UseContext = z.object({
  stage: Stage,
  use: Use,
  dataClass: DataClass,
  /** Where what is sent may be processed; empty when nobody restricts it. */
  residency: z.array(z.string()),
  /** Somebody accepts that the name may come to mean another model. */
  aliasAccepted: z.boolean(),
})
export type UseContext = z.infer<typeof UseContext>

const Demand = z.discriminatedUnion('kind', [
  /** Each of these fields is known. */
  z.strictObject({ kind: z.literal('known'), fields: z.array(FactName).min(1) }),
  z.strictObject({
    kind: z.literal('equals'),
    field: FactName,
    value: z.union([z.string(), z.number(), z.boolean()]),
  }),
  /** `*` stands for anything, so that `*-NC-*` forbids a family. */
  z.strictObject({ kind: z.literal('none-of'), field: FactName, values: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('one-of'), field: FactName, values: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('at-most'), field: FactName, value: z.number() }),
  z.strictObject({ kind: z.literal('at-least'), field: FactName, value: z.number() }),
  /** Every region of the field lies in one of those that the use allows. */
  z.strictObject({ kind: z.literal('within-residency'), field: FactName }),
  /** The date lies so many days ahead, or is `none`. */
  z.strictObject({ kind: z.literal('days-ahead'), field: FactName, days: z.number().int().positive() }),
])
type Demand = z.infer<typeof Demand>

export const PolicyRule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'a rule has 2 to 63 lower-case letters, digits and hyphens'),
  title: z.string().trim().min(3).max(200),
  /** All that is said must hold; what is left out holds always. */
  applies: z
    .strictObject({
      stages: z.array(Stage).min(1).optional(),
      uses: z.array(Use).min(1).optional(),
      dataClasses: z.array(DataClass).min(1).optional(),
      /** Only where residency is restricted. */
      whereResidencyIsSaid: z.literal(true).optional(),
      /** Only where nobody accepts an alias. */
      unlessAliasAccepted: z.literal(true).optional(),
    })
    .default({}),
  demands: Demand,
  /** fail: it blocks · warn: it is said. */
  severity: z.enum(['fail', 'warn']),
  /** Why the rule is there, for whoever is refused. */
  reason: z.string().trim().min(10).max(500),
  /** What to do instead. */
  remedy: z.string().trim().min(10).max(500),
  /** False switches a rule of the program off. */
  enabled: z.boolean().default(true),
})
export type PolicyRule = z.infer<typeof PolicyRule>

export const RulePack = z.object({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  note: z.string(),
  rules: z.array(PolicyRule),
})

export const RuleFinding = z.object({
  rule: z.string(),
  title: z.string(),
  verdict: z.enum(['PASS', 'FAIL', 'WARN', 'NOT_APPLICABLE']),
  /** What was found, and why it matters when it does not pass. */
  reason: z.string(),
  remedy: z.string().nullable(),
  /** What the answer rests on. */
  rests: z.array(z.object({ field: FactName, standing: Standing })),
})
export type RuleFinding = z.infer<typeof RuleFinding>

export const judgeRules = (
  rules: readonly PolicyRule[],
  fields: readonly CardField[],
  context: UseContext,
  now: Instant,
): RuleFinding[] => rules.filter(({ enabled }) => enabled).map((rule) => judgeRule(rule, fields, context, now))

/** The fields that a demand looks at. */
export const fieldsOfDemand = (demand: Demand): readonly FactName[] =>
  demand.kind === 'known' ? demand.fields : [demand.field]

function judgeRule(rule: PolicyRule, fields: readonly CardField[], context: UseContext, now: Instant): RuleFinding {
  const { id, title, demands, severity, reason, remedy } = rule
  const names = fieldsOfDemand(demands)
  const read = fields.filter(({ name }) => names.includes(name))
  const base = { rule: id, title, rests: read.map(({ name, standing }) => ({ field: name, standing })) }
  const inapplicable = whyNotApplicable(rule, context)
  if (inapplicable) return { ...base, verdict: 'NOT_APPLICABLE', reason: inapplicable, remedy: null }
  const unknown = read.filter(({ value }) => value === null).map(({ name }) => name)
  const isUnanswered = unknown.length > 0 && demands.kind !== 'known'
  const wrong =
    unknown.length > 0
      ? `Not known: ${unknown.join(', ')}.`
      : read.flatMap((field) => violation(demands, field, context, now) ?? [])[0]
  if (wrong === undefined)
    return {
      ...base,
      verdict: 'PASS',
      reason: read.map(({ name, value }) => `${name} is ${shown(value)}`).join(', '),
      remedy: null,
    }
  return {
    ...base,
    verdict: severity === 'fail' ? 'FAIL' : 'WARN',
    reason: `${wrong} ${isUnanswered ? 'So nobody can say whether this holds.' : reason}`,
    remedy,
  }
}

function whyNotApplicable({ applies }: PolicyRule, context: UseContext): string | undefined {
  if (applies.stages && !applies.stages.includes(context.stage)) return `It is for ${applies.stages.join(', ')}.`
  if (applies.uses && !applies.uses.includes(context.use)) return `It is for ${applies.uses.join(', ')} use.`
  if (applies.dataClasses && !applies.dataClasses.includes(context.dataClass))
    return `It is for personal data of the classes ${applies.dataClasses.join(', ')}.`
  if (applies.whereResidencyIsSaid && context.residency.length === 0) return 'Nobody restricts where it may run.'
  if (applies.unlessAliasAccepted && context.aliasAccepted) return 'The alias was accepted.'
  return undefined
}

/** The sentence for a known value that does not meet the demand. */
function violation(
  demand: Demand,
  { name, value }: CardField,
  { residency }: UseContext,
  now: Instant,
): string | undefined {
  const is = `${name} is ${shown(value)}`
  switch (demand.kind) {
    case 'known':
      return undefined
    case 'equals':
      return value === demand.value ? undefined : `${is}, not ${shown(demand.value)}.`
    case 'none-of': {
      const forbidden = textsOf(value).find((text) => demand.values.some((pattern) => matches(pattern, text)))
      return forbidden === undefined ? undefined : `${is}.`
    }
    case 'one-of': {
      const strange = textsOf(value).filter((text) => !demand.values.some((pattern) => matches(pattern, text)))
      return strange.length === 0 ? undefined : `${is}, not one of ${demand.values.join(', ')}.`
    }
    case 'at-most':
      return Number(value) <= demand.value ? undefined : `${is}, more than ${demand.value}.`
    case 'at-least':
      return Number(value) >= demand.value ? undefined : `${is}, less than ${demand.value}.`
    case 'within-residency': {
      const outside = textsOf(value).filter((region) => !residency.some((allowed) => liesIn(region, allowed)))
      return outside.length === 0
        ? undefined
        : `It runs in ${outside.join(', ')}, and ${residency.join(', ')} is allowed.`
    }
    case 'days-ahead': {
      if (value === 'none') return undefined
      const left = Math.floor((Date.parse(`${value}T00:00:00.000Z`) - epochMs(now)) / DAY)
      return left >= demand.days ? undefined : `${is}, ${left < 0 ? 'which has passed' : `in ${left} days`}.`
    }
  }
}

/** `eu` holds `eu-west-1` and `EU`; what runs inside this program leaves no region. */
const liesIn = (region: string, allowed: string): boolean => {
  const [is, may] = [region.toLowerCase(), allowed.toLowerCase()]
  return is === may || is.startsWith(`${may}-`) || is.startsWith(`${may}/`) || is === 'this machine'
}

const textsOf = (value: CardField['value']): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [String(value)]

const shown = (value: CardField['value']): string =>
  value === true
    ? 'yes'
    : value === false
      ? 'no'
      : Array.isArray(value)
        ? value.map((one) => (typeof one === 'string' ? one : one.metric)).join(', ')
        : String(value)
