/** What `airworthy.yaml` and the other files of a blueprint may say. Unknown keys are mistakes, not extras. */
import { z } from 'zod'
import { Price } from '../../kernel/money.ts'
import { Duty } from '../actor.ts'
import { Adapter } from '../adapter.ts'
import { AnswerCaching } from '../answer-caching.ts'
import { EvaluatorUse, Split, Suite } from '../dataset.ts'
import { Disclosure } from '../disclosure.ts'
import { Step, Target } from '../flow.ts'
import { Guardrails } from '../guardrail.ts'
import { EmbeddingModel, LiveIndexes } from '../live-index.ts'
import { StageAccess } from '../live-table.ts'
import { Name } from '../names.ts'
import { Overlay } from '../overlay.ts'
import { RolloutPlan } from '../rollout.ts'
import { Serving } from '../serving.ts'
import { Stage } from '../stage.ts'

export const Profile = z.strictObject({
  industry: z.string().optional(),
  /** Countries or regions of the users, for example [EU]. */
  users: z.array(z.string()).default([]),
  audience: z.enum(['internal', 'customers', 'public']).default('internal'),
  personalData: z.enum(['none', 'contact', 'sensitive', 'unknown']).default('unknown'),
  /** False for a use that earns nobody anything; a licence may depend on it. Commercial when not said. */
  commercial: z.boolean().optional(),
  /** Where what users send may be processed, for example [eu]; anywhere when not said. */
  residency: z.array(z.string().min(1).max(50)).optional(),
  /** Where the organisation itself is, for example [CH]. */
  geography: z.array(z.string()).optional(),
  /** Laws that it is under, for example [gdpr, eu-ai-act]. */
  regimes: z.array(z.string()).optional(),
  /** Standards of security that it is run under, for example [iso-27001]. */
  securityStandards: z.array(z.string()).optional(),
  /** What its answers are about, for example recruitment. */
  domain: z.string().optional(),
  /** Who runs the model and where. */
  deployment: z.enum(['hosted-model', 'managed-service', 'own-cloud', 'on-premises', 'device']).optional(),
  /** What it does with an answer. */
  autonomy: z.enum(['answers', 'suggests', 'acts-with-approval', 'acts-alone']).optional(),
})
export type Profile = z.infer<typeof Profile>

/** The six of GDPR, article 6(1). */
export const LawfulBasis = z.enum([
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
])

/** What the data of an application's users is for, on which lawful basis, and how long it is kept. */
export const PrivacyDeclaration = z.strictObject({
  purpose: z.string().min(1).optional(),
  lawfulBasis: LawfulBasis.optional(),
  retention: z
    .strictObject({
      /** Traces and feedback that are older than so many days are taken away once a day. */
      tracesDays: z.number().int().min(1).max(3650).optional(),
    })
    .default({}),
})
export type PrivacyDeclaration = z.infer<typeof PrivacyDeclaration>

export const Settings = z.strictObject({
  name: Name.optional(),
  description: z.string().default(''),
  template: z.string().optional(),
  profile: Profile.prefault({}),
  /** Who signs for what: duty to a person's name or e-mail address. */
  duties: z.partialRecord(Duty, z.string().min(1)).default({}),
  /** The people who build it; `train.builders` asks for a training record of each. */
  builders: z.array(z.string().min(1)).default([]),
  /** Models by the name that flows use. */
  models: z
    .record(
      z.string(),
      z.strictObject({
        model: z.string().regex(/^[a-z0-9-]+\/.+$/, 'a model is provider/model'),
        parameters: z.record(z.string(), z.unknown()).default({}),
        /** What was tuned on top of it; nothing where it is not said. */
        adapter: Adapter.optional(),
      }),
    )
    .default({}),
  /** Steps here, or a file of flows/ by its name. */
  flow: z.union([z.string(), z.array(Step).min(1)]).optional(),
  /** The flow that every release must beat, named and cheap: for example the first sentence of the first passage. */
  baseline: z.union([z.string(), z.array(Step).min(1)]).optional(),
  knowledge: z
    .strictObject({
      analyser: z.enum(['english', 'plain']).default('english'),
      k1: z.number().min(0).default(1.2),
      b: z.number().min(0).max(1).default(0.75),
      /** Longest passage in words, for documents that are not split into passages already. */
      passageWords: z.number().int().min(20).max(2000).default(180),
      /** Which model made the vectors that the passages bring along; none where they bring none. */
      embedding: EmbeddingModel.optional(),
    })
    .optional(),
  /** Indexes that are searched elsewhere and not frozen. */
  liveIndexes: LiveIndexes.optional(),
  target: Target.optional(),
  gates: Overlay.default({}),
  rollouts: z.partialRecord(Stage, RolloutPlan).default({}),
  /** Who may use which stage, and what others get; everybody where it is not said. */
  access: z.partialRecord(Stage, StageAccess).optional(),
  privacy: PrivacyDeclaration.optional(),
  /** What people who use it are told; nothing when it is not said. */
  disclosure: Disclosure.optional(),
  /** What is looked for in questions and answers, and what is done about it; nothing when it is not said. */
  guardrails: Guardrails.optional(),
  /** Whether somebody waits for each answer, and what it is meant to bear; real time when it is not said. */
  serving: Serving.optional(),
  /** Answers that are given again; none when it is not said. */
  cache: AnswerCaching.optional(),
  /** Hard caps, enforced by the gateway. A new application has the defaults of the installation. */
  limits: z
    .strictObject({ requestsPerMinute: z.number().int().positive().optional(), usdPerMonth: Price.optional() })
    .default({}),
})
export type Settings = z.infer<typeof Settings>

export const FlowFile = z.strictObject({ steps: z.array(Step).min(1) })

export const SuiteFile = z.strictObject({
  description: z.string().optional(),
  dataset: z.string().min(1),
  splits: z.array(Split).min(1).default(['regress']),
  evaluators: z.array(z.union([z.string(), EvaluatorUse])).min(1),
  primary: z.string().optional(),
  margin: z.number().positive().default(0.05),
  ...Suite.pick({
    fallback: true,
    target: true,
    prompt: true,
    kind: true,
    threshold: true,
    passAt: true,
    slices: true,
    sliceFloor: true,
    published: true,
    probe: true,
  }).shape,
})

/** Files that people answer for; each is optional. Their content is checked by `governance`. */
export const DOCUMENTS = [
  'charter',
  'assessment',
  'decision',
  'classification',
  'risks',
  'approvals',
  'inventory',
  'roadmap',
  'resources',
  'task',
  'impact',
  'oversight',
  'dpia',
  'card',
  'pilot',
  'change',
  'retirement',
  'threats',
] as const
export type DocumentName = (typeof DOCUMENTS)[number]
