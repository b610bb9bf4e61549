/** The classification: which role we have, whether a practice is prohibited, how high the risk, what follows. */
import { z } from 'zod'
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
})
export type Classification = z.infer<typeof Classification>

export const classification = documentKind({
  name: 'classification',
  check: 'gov.classification',
  duty: 'risk',
  schema: Classification,
  alsoReads: ['profile'],
  dependsOn: () => [],
  read(value: Classification) {
    const lists = (['prohibitedPractices', 'transparencyDuties', 'sectorRules'] as const).filter(
      (name) => !Array.isArray(value[name]),
    )
    const gaps = [
      ...emptyFields(value, ['role', 'riskClass', 'reasons', 'jurisdictions']),
      ...lists,
      ...(value.role === 'unsure' ? ['role is unsure'] : []),
      ...(value.riskClass === 'unsure' ? ['riskClass is unsure'] : []),
    ]
    const practices = value.prohibitedPractices ?? []
    const prohibited = practices.length > 0 || value.riskClass === 'unacceptable'
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
