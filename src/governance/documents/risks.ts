/**
 * The risk register. A score is likelihood × severity, each 1 to 5; what remains after treatment may not
 * exceed the tolerance unless a named person accepted it until a day that is not past.
 */
import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import type { Instant } from '../../kernel/time.ts'
import { counted, documentKind } from './document-kind.ts'
import { date, exampleFlag, isFilled, text, texts } from './fields.ts'

/** The six that every register has (S3.38). */
export const SEED_RISKS = {
  'data-bias': 'Data bias',
  security: 'Security vulnerabilities',
  expertise: 'Lack of expertise',
  cost: 'Cost overruns',
  integration: 'Integration challenges',
  ethics: 'Ethical concerns',
} as const

/** The twelve of NIST AI 600-1, in short. */
const NIST_CATEGORIES = [
  'cbrn',
  'confabulation',
  'dangerous-content',
  'data-privacy',
  'environment',
  'harmful-bias',
  'human-ai-configuration',
  'information-integrity',
  'information-security',
  'intellectual-property',
  'obscene-content',
  'value-chain',
] as const

const SEEDS = Object.keys(SEED_RISKS) as (keyof typeof SEED_RISKS)[]
const Level = z.number().int().min(1).max(5).nullish()

const CATEGORIES = [...SEEDS, ...NIST_CATEGORIES, 'other'] as const

/** What a category is called: the six of the checklist by their own names, the others by their words. */
export const categoryTitle = (category: string): string =>
  (SEED_RISKS as Readonly<Record<string, string>>)[category] ??
  (category === 'cbrn' ? 'CBRN' : category.charAt(0).toUpperCase() + category.slice(1).replaceAll('-', ' '))

/** The category that is called so, or has this id; what is neither is refused where it is kept. */
export const categoryNamed = (name: string): string =>
  CATEGORIES.find((one) => categoryTitle(one).toLowerCase() === name.toLowerCase()) ?? name

export const Risk = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  /** Cause, event, consequence. */
  description: text,
  category: z.enum(CATEGORIES),
  source: text,
  affected: texts,
  owner: text,
  likelihood: Level,
  severity: Level,
  treatment: z.enum(['avoid', 'reduce', 'transfer', 'accept']).nullish(),
  /** What is done about it. */
  measures: texts,
  /** Checks that show whether the treatment works, for example `data.quality`. */
  controls: texts,
  residualLikelihood: Level,
  residualSeverity: Level,
  acceptedBy: text,
  acceptedUntil: date,
  earlyWarning: text,
  contingency: text,
  nextReview: date,
  status: z.enum(['open', 'treating', 'accepted', 'closed', 'materialised']).nullish(),
})
export type Risk = z.infer<typeof Risk>

export const Risks = z.strictObject({
  example: exampleFlag,
  /** The highest score that may remain, 1 to 25. */
  tolerance: z.number().min(1).max(25).default(8),
  risks: z
    .array(Risk)
    .refine((risks) => new Set(risks.map(({ id }) => id)).size === risks.length, 'two risks have the same id'),
})
export type Risks = z.infer<typeof Risks>

export const risks = documentKind({
  name: 'risks',
  check: 'risk.register',
  duty: 'risk',
  schema: Risks,
  alsoReads: [],
  dependsOn: () => [],
  read({ risks: all, tolerance }: Risks, { now }) {
    const missing = SEEDS.filter((seed) => !all.some(({ category }) => category === seed))
    const unrated = all.filter(({ likelihood, severity }) => !likelihood || !severity)
    const untreated = all.filter(
      ({ owner, treatment, controls, measures }) =>
        !isFilled(owner) || !treatment || !isFilled(controls) || (treatment === 'reduce' && !isFilled(measures)),
    )
    const above = all.filter((risk) => residualScore(risk) > tolerance && !isAccepted(risk, now))
    const gaps = [
      ...naming(missing, 'seed risk', 'missing'),
      ...naming(ids(unrated), 'risk', 'not rated'),
      ...naming(ids(untreated), 'risk', 'without owner, treatment or linked check'),
      ...naming(ids(above), 'risk', `above the tolerance of ${tolerance} and not accepted`),
    ]
    return {
      facts: {
        risks: counted(all.length),
        unrated: counted(unrated.length, all.length),
        untreated: counted(untreated.length, all.length),
        aboveTolerance: counted(above.length, all.length),
        missingSeedRisks: counted(missing.length, SEEDS.length),
      },
      summary:
        gaps.length === 0
          ? `${plural(all.length, 'risk')} rated, owned, treated and linked to checks; none above the tolerance of ${tolerance}.`
          : `The risk register is not complete: ${gaps.join('; ')}.`,
    }
  },
})

/** Without a rating after treatment the one before it counts, so that treating alone lowers nothing. */
export const residualScore = (risk: Risk): number =>
  (risk.residualLikelihood ?? risk.likelihood ?? 0) * (risk.residualSeverity ?? risk.severity ?? 0)

const isAccepted = ({ acceptedBy, acceptedUntil }: Risk, now: Instant): boolean =>
  isFilled(acceptedBy) && typeof acceptedUntil === 'string' && acceptedUntil >= now.slice(0, 10)

const ids = (some: readonly Risk[]): string[] => some.map(({ id }) => id)

const naming = (names: readonly string[], one: string, what: string): string[] =>
  names.length === 0 ? [] : [`${plural(names.length, one)} ${what} (${names.join(', ')})`]
