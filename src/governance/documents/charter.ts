/** The charter: why this application exists, for whom, what would count as success, and when to stop. */
import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import { Kpi } from '../charter/kpi.ts'
import { counted, documentKind } from './document-kind.ts'
import { amount, emptyFields, exampleFlag, isFilled, text, texts } from './fields.ts'

/** Somebody with an interest, and what they ask for; a requirement is met by cases that name its id. */
const Stakeholder = z.strictObject({
  name: z.string().min(1),
  role: text,
  interest: text,
  requirements: z.array(z.strictObject({ id: z.string().min(1), text: z.string().min(1) })).nullish(),
})

const Budget = z.strictObject({ usdPerMonth: amount, tokensPerMonth: amount, personDays: amount, oneOff: amount })

export const Charter = z.strictObject({
  example: exampleFlag,
  problem: text,
  /** Who uses it. */
  users: z.union([z.string(), z.array(z.string())]).nullish(),
  /** Who is affected without using it. */
  affected: texts,
  intendedUse: text,
  outOfScope: texts,
  foreseeableMisuse: texts,
  kpis: z.array(Kpi).nullish(),
  value: text,
  stakeholders: z.array(Stakeholder).nullish(),
  budget: Budget.nullish(),
  /** What would be done without a model. */
  alternativeWithoutAi: text,
  owner: text,
  sponsor: text,
  nonGoals: texts,
  stopCriteria: texts,
  successCriteria: texts,
  jurisdictions: texts,
  dataNeeded: texts,
  /** How much it decides by itself. */
  autonomy: z.enum(['suggests', 'drafts', 'acts-with-approval', 'acts']).nullish(),
})
export type Charter = z.infer<typeof Charter>

const REQUIRED = ['problem', 'users', 'owner', 'nonGoals', 'stopCriteria'] as const

export const charter = documentKind({
  name: 'charter',
  check: 'biz.charter',
  duty: 'business-owner',
  schema: Charter,
  alsoReads: [],
  dependsOn: () => [],
  read(value: Charter) {
    const missing = emptyFields(value, REQUIRED)
    const kpis = value.kpis ?? []
    const whole = kpis.filter(({ baseline, target }) => isFilled(baseline) && isFilled(target)).length
    const gaps = [
      ...missing.map((name) => `${name} is empty`),
      ...(whole === 0 ? ['no KPI has both a baseline and a target'] : []),
    ]
    return {
      facts: {
        complete: { value: gaps.length === 0 },
        kpisWithBaselineAndTarget: counted(whole, kpis.length),
        missing: counted(missing.length, REQUIRED.length),
      },
      summary:
        gaps.length === 0
          ? `The charter is complete, with ${plural(whole, 'KPI')} that ${whole === 1 ? 'has' : 'have'} a baseline and a target.`
          : `The charter is not complete: ${gaps.join(', ')}.`,
    }
  },
})
