/** The decision record: what the assessment answered, which technique was chosen, which were rejected and why. */

import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import { type Answers, isAnswered } from '../assessment/questions.ts'
import { Hosting } from '../hosting/hosting.ts'
import { counted, documentKind } from './document-kind.ts'
import { date, exampleFlag, isFilled, text, texts } from './fields.ts'

/**
 * The points of the assessment (S1.3.1 to S1.3.5), each with the question of assessment.yaml that answers it as well. In
 * decision.yaml each has an answer, or `{unknown, test}`: what will find out.
 */
const ANSWERED_BY = {
  domainKnowledge: 'domainDepth',
  domainExperts: 'expertHours',
  steps: 'steps',
  variability: 'variability',
  dataAvailable: 'labelledExamples',
  dataPrivacy: 'personalData',
  reasoning: 'reasoning',
  explanations: 'explanations',
  deployment: 'deployment',
} as const
type Point = keyof typeof ANSWERED_BY
export const ASSESSMENT_QUESTIONS = Object.keys(ANSWERED_BY) as [Point, ...Point[]]

const Answer = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ unknown: z.literal(true), test: z.string().min(1, 'say what will find it out') }),
])
const Option = z.strictObject({ option: z.string().min(1), reasons: texts })

export const Decision = z.strictObject({
  example: exampleFlag,
  context: text,
  assessment: z.partialRecord(z.enum(ASSESSMENT_QUESTIONS), Answer.nullable()).nullish(),
  chosen: Option.nullish(),
  rejected: z.array(Option).nullish(),
  /** The cheap thing that the chosen one must beat. */
  baseline: text,
  experiments: texts,
  dissent: text,
  revisitWhen: text,
  revisitOn: date,
  signers: texts,
  hosting: Hosting.nullish(),
})
export type Decision = z.infer<typeof Decision>

export const decision = documentKind({
  name: 'decision',
  check: 'strat.decision',
  duty: 'technical-lead',
  schema: Decision,
  alsoReads: ['assessment'],
  dependsOn: () => [],
  read(value: Decision, { documents }) {
    const asked = (documents?.assessment as { answers?: Answers } | undefined)?.answers ?? {}
    // `unknown` is an answer there: its question names the test that finds out.
    const open = ASSESSMENT_QUESTIONS.filter(
      (point) => !isFilled(value.assessment?.[point]) && !isAnswered(asked[ANSWERED_BY[point]]),
    )
    const rejected = (value.rejected ?? []).filter(({ reasons }) => isFilled(reasons)).length
    const baselineNamed = isFilled(value.baseline)
    const gaps = [
      ...(open.length > 0 ? [`the assessment leaves open ${open.join(', ')}`] : []),
      ...(isFilled(value.chosen?.reasons) ? [] : ['no option is chosen with reasons']),
      ...(rejected === 0 ? ['no option is rejected with reasons'] : []),
      ...(baselineNamed ? [] : ['no baseline is named']),
    ]
    const isChosen = isFilled(value.chosen?.reasons)
    const answered = (ASSESSMENT_QUESTIONS.length - open.length) / ASSESSMENT_QUESTIONS.length
    return {
      facts: {
        // Answers without a choice decide nothing yet, so the record never counts as answered whole.
        answered: counted(isChosen ? answered : Math.min(answered, 0.99), ASSESSMENT_QUESTIONS.length),
        baselineNamed: { value: baselineNamed },
        rejectedOptions: counted(rejected),
        experiments: counted(value.experiments?.length ?? 0),
        dissentRecorded: { value: isFilled(value.dissent) },
        revisitNamed: { value: isFilled(value.revisitWhen) || isFilled(value.revisitOn) },
      },
      summary:
        gaps.length === 0
          ? `Decided for ${value.chosen?.option}, against ${plural(rejected, 'other')}; to beat: ${value.baseline}.`
          : `The decision is not complete: ${gaps.join(', ')}.`,
    }
  },
})
