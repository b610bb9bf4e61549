/**
 * The assessment of privacy: the screening stands in the classification, where the laws are answered; what people
 * assessed because of it stands here. What is due and not approved is open, and what remains above the tolerance is told.
 */
import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import { counted, documentKind } from './document-kind.ts'
import { date, emptyFields, exampleFlag, text } from './fields.ts'

const Level = z.number().int().min(1).max(5)

const PrivacyRisk = z.strictObject({
  /** What could happen to people. */
  harm: z.string().min(1),
  likelihood: Level.nullish(),
  severity: Level.nullish(),
  measures: text,
  residualLikelihood: Level.nullish(),
  residualSeverity: Level.nullish(),
})

export const Dpia = z.strictObject({
  example: exampleFlag,
  screenedBy: text,
  screenedOn: date,
  /** What is done with which data of whom, and by whom. */
  description: text,
  /** Why it is needed, and why less would not do. */
  necessity: text,
  /** How people are told, can object, and get a copy or deletion. */
  rights: text,
  risks: z.array(PrivacyRisk).default([]),
  /** likelihood × severity that may remain. */
  tolerance: z.number().int().min(1).max(25).default(9),
  /** What the data protection officer, and people who are concerned, said. */
  consulted: text,
  approvedBy: text,
  approvedOn: date,
})
export type Dpia = z.infer<typeof Dpia>

const PARTS = ['description', 'necessity', 'rights', 'consulted', 'approvedBy', 'approvedOn'] as const

export const dpia = documentKind({
  name: 'dpia',
  check: 'priv.dpia',
  duty: 'privacy',
  schema: Dpia,
  alsoReads: ['classification', 'profile', 'privacy'],
  dependsOn: () => [],
  read(value: Dpia, { law }) {
    const screening = law?.laws.find((one) => one.screening !== null)?.screening
    const gaps = [
      ...emptyFields(value, ['screenedBy', 'screenedOn']),
      ...(screening ? screening.open.map((label) => `“${label}” is not answered`) : ['the screening was not read']),
    ]
    const missing = [...emptyFields(value, PARTS), ...(value.risks.length > 0 ? [] : ['risks'])]
    const isApproved = missing.length === 0
    // What nobody could say counts as due.
    const isOpen = screening?.due !== 'no' && !isApproved
    const above = value.risks.filter((risk) => remains(risk) > value.tolerance)
    return {
      facts: {
        screened: { value: gaps.length === 0 },
        openAssessment: { value: isOpen },
        residualAboveTolerance: counted(above.length, value.risks.length),
        criteriaMet: counted(screening?.met.length ?? 0, screening?.criteria),
      },
      summary:
        gaps.length > 0
          ? `The screening is not complete: ${gaps.join('; ')}.`
          : isOpen
            ? `An assessment is due (${screening?.met.length} of ${screening?.criteria} criteria) and not complete: ${missing.join(', ')}.`
            : above.length > 0
              ? `${plural(above.length, 'risk')} for people ${above.length === 1 ? 'remains' : 'remain'} above ${value.tolerance}: ${above.map(({ harm }) => harm).join(', ')}.`
              : `Screened: ${screening?.met.length} of ${screening?.criteria} criteria are met; ${screening?.due === 'yes' ? `the assessment was approved by ${value.approvedBy}` : 'no assessment is due'}.`,
    }
  },
})

/** Without a rating after the measures the first one counts, and without any the worst. */
const remains = (risk: z.infer<typeof PrivacyRisk>): number =>
  (risk.residualLikelihood ?? risk.likelihood ?? 5) * (risk.residualSeverity ?? risk.severity ?? 5)
