/** What laws ask of one application, as people read it. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Verdict } from '../../core/verdict.ts'
import { Instant } from '../../kernel/time.ts'
import { LawObligation, LawPack, LawQuestion } from './pack.ts'

/** may-apply: an answer is missing or unknown, so nobody may leave it out. */
export const Reach = z.enum(['applies', 'may-apply', 'does-not-apply'])
export type Reach = z.infer<typeof Reach>

const RiskClass = LawPack.shape.classes.element.omit({ when: true })

export const LiveObligation = LawObligation.omit({ when: true, from: true, evidence: true }).extend({
  state: Reach,
  from: z.iso.date(),
  /** Why it is this day, where the law has several. */
  fromBecause: z.string().nullable(),
  isInForce: z.boolean(),
  /** Checks whose evidence is relevant to it, each with its verdict now; null where no gate asks it. Never "met". */
  relevant: z.array(z.object({ check: z.string(), verdict: Verdict.nullable() })),
})
export type LiveObligation = z.infer<typeof LiveObligation>

export const LawReading = LawPack.pick({
  law: true,
  title: true,
  version: true,
  asOf: true,
  note: true,
  sources: true,
  milestones: true,
  groups: true,
}).extend({
  isOld: z.boolean(),
  state: Reach,
  scope: z.string(),
  /** The class that the answers speak for, and graver ones that are not excluded yet; null where the law has none. */
  riskClass: z.object({ found: RiskClass.nullable(), mayBe: z.array(RiskClass) }).nullable(),
  /** Whether an assessment of privacy is due; null where the law has no screening. */
  screening: z
    .object({
      criteria: z.number().int(),
      met: z.array(z.string()),
      open: z.array(z.string()),
      due: z.enum(['yes', 'no', 'unknown']),
      says: z.string(),
      reference: z.string(),
    })
    .nullable(),
  questions: z.array(
    LawQuestion.extend({
      answer: z.string().nullable(),
      saidBy: z.enum(['person', 'declaration']).nullable(),
    }),
  ),
  obligations: z.array(LiveObligation),
})
export type LawReading = z.infer<typeof LawReading>

export const LawView = z.object({
  application: Name,
  at: Instant,
  /** Said on every paper and page. */
  caution: z.string(),
  laws: z.array(LawReading),
  unanswered: z.number().int(),
  /** Where the classification says something else than the answers. */
  differences: z.array(z.string()),
})
export type LawView = z.infer<typeof LawView>

export const CAUTION =
  'This is no legal advice. It lists what evidence is relevant to; it never says that a law is met. Ask a lawyer where it matters.'
