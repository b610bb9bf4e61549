/** The classification: which role we have, whether a practice is prohibited, how high the risk, what follows. */
import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import { Answers } from '../assessment/questions.ts'
import type { LawFacts } from '../law/law-facts.ts'
import { documentKind } from './document-kind.ts'
import { emptyFields, exampleFlag, text } from './fields.ts'

export const Classification = z.strictObject({
  example: exampleFlag,
  role: z.enum(['provider', 'deployer', 'both', 'unsure']).nullish(),
  /** Prohibited practices that apply (Article 5 of the EU AI Act); an empty list after the screen says none. */
  prohibitedPractices: z.array(z.string()).nullish(),
  riskClass: z.enum(['minimal', 'limited', 'high', 'unacceptable', 'unsure']).nullish(),
  /** Why this class and no other. */
  reasons: text,
  /** Duties to tell people (Article 50); an empty list says that none applies. */
  transparencyDuties: z.array(z.string()).nullish(),
  jurisdictions: z.array(z.string()).nullish(),
  sectorRules: z.array(z.string()).nullish(),
  /** Answers to the questions of the laws, by the id of the question (`airworthy law questions`). */
  answers: Answers.nullish(),
})
export type Classification = z.infer<typeof Classification>

export const classification = documentKind({
  name: 'classification',
  check: 'gov.classification',
  duty: 'risk',
  schema: Classification,
  alsoReads: ['profile', 'privacy'],
  dependsOn: () => [],
  read(value: Classification, { law }) {
    const lists = (['prohibitedPractices', 'transparencyDuties', 'sectorRules'] as const).filter(
      (name) => !Array.isArray(value[name]),
    )
    const gaps = [
      ...emptyFields(value, ['role', 'riskClass', 'reasons', 'jurisdictions']),
      ...lists,
      ...(value.role === 'unsure' ? ['role is unsure'] : []),
      ...(value.riskClass === 'unsure' ? ['riskClass is unsure'] : []),
      ...(law && Object.keys(value.answers ?? {}).length > 0 ? lawGaps(law) : []),
    ]
    const practices = value.prohibitedPractices ?? []
    const isFound = law?.laws.some(({ riskClass }) => riskClass?.found?.id === 'unacceptable') ?? false
    const prohibited = practices.length > 0 || value.riskClass === 'unacceptable' || isFound
    return {
      facts: {
        answered: { value: gaps.length === 0 },
        prohibited: { value: prohibited },
        riskClass: { value: value.riskClass ?? null },
      },
      summary: prohibited
        ? `Prohibited: ${practices.join(', ') || 'the risk is unacceptable'}. It may not go on.`
        : gaps.length === 0
          ? `Role ${value.role}, risk class ${value.riskClass}, no prohibited practice.`
          : `The classification is not complete: ${gaps.join(', ')}.`,
    }
  },
})

/** Whoever began with the questions of the laws has to end with them. */
const lawGaps = ({ unanswered, differences }: LawFacts): string[] => [
  ...(unanswered.length > 0 ? [`${plural(unanswered.length, 'question')} of the laws without an answer`] : []),
  ...differences,
]
