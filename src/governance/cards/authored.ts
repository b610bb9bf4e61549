/** `card.yaml`: what only a person can say of the application. Everything else on a card is computed or stands elsewhere. */
import { z } from 'zod'
import { exampleFlag, text, texts } from '../documents/fields.ts'

export const AuthoredCard = z.strictObject({
  example: exampleFlag,
  /** What it cannot do, and where it fails. */
  limitations: texts,
  /** What whoever uses it should do because of that. */
  recommendations: texts,
  /** Whom to ask, and how. */
  contact: text,
  /** Who watches it, who may override and stop it, and how. */
  oversight: text,
  /** How it is watched when it is live: what, how often, what follows. */
  monitoring: text,
  /** Changes that were foreseen and need no new assessment. */
  foreseenChanges: texts,
  /** Standards that were applied. */
  standards: texts,
  /** Why the metrics fit what it is for. */
  metricsFit: text,
  /** On what it runs and in which form it is given to others. */
  delivery: text,
  /** Instructions of the provider that are followed, for a deployer. */
  instructions: text,
  /** Who was told that it is used, and when: workers, and people who are affected. */
  informed: texts,
  /** Papers that are kept elsewhere, by number or address. */
  references: z
    .strictObject({
      conformityAssessment: text,
      declarationOfConformity: text,
      registration: text,
      rightsAssessment: text,
    })
    .default({}),
  /** Figures that were said elsewhere, in a slide or a contract; each is held against the evidence. */
  claims: z
    .array(
      z.strictObject({ check: z.string(), fact: z.string(), value: z.union([z.number(), z.boolean(), z.string()]) }),
    )
    .default([]),
})
export type AuthoredCard = z.infer<typeof AuthoredCard>
