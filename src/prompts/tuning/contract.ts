/** Routes of tuning: variants, parameters and a model's proposals with successive halving, on the build split alone. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

/** present: the prompt as it is · built-in: an instruction that often helps · examples: of the build split · model: proposed by one. */
export const Origin = z.enum(['present', 'built-in', 'examples', 'model'])
export type Origin = z.infer<typeof Origin>

/** A model that proposes instructions. */
export const Proposer = z.strictObject({
  /** `provider/model`, of the catalogue. */
  model: z.string().regex(/^[^/]+\/.+/, 'is not of the form provider/model'),
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** How many proposals it is asked for. */
  count: z.number().int().min(1).max(12).default(4),
  /** What the application is for; the description of the suite when left out. */
  task: z.string().trim().min(1).max(2000).optional(),
})
export type Proposer = z.infer<typeof Proposer>

/** One proposal of a model, as it came. */
export const Proposal = z.object({
  /** With which the ids of its variants begin. */
  id: z.string(),
  /** Put behind the words of the system, or in place of those before its first placeholder. */
  how: z.enum(['add', 'rewrite']),
  text: z.string(),
  /** What the model said it is good for. */
  why: z.string(),
  /** Why it became no variant; null where it did. */
  refused: z.string().nullable(),
})
export type Proposal = z.infer<typeof Proposal>

/** What a proposing model was asked, and what it answered. */
export const Proposing = z.object({
  model: z.string(),
  /** What the provider said answered; null when nothing did. */
  snapshot: z.string().nullable(),
  /** Of the words that it was asked with. */
  question: Digest,
  /** Ids of the cases of the build split whose answers it was shown. */
  shown: z.array(z.string()),
  questions: z.number().int(),
  /** Why there is no proposal; null where there are some. */
  problem: z.string().nullable(),
  proposals: z.array(Proposal),
})
export type Proposing = z.infer<typeof Proposing>

/** Questions to models, by who is asked; together they are the calls that a budget counts. */
export const Questions = z.object({
  /** Of the steps of the application that ask a model or a target. */
  application: z.number().int(),
  judge: z.number().int(),
  proposer: z.number().int(),
})
export type Questions = z.infer<typeof Questions>

export const TunedVariant = z.object({
  id: z.string(),
  title: z.string(),
  /** Null where it was tuned before origins were kept. */
  origin: Origin.nullable().default(null),
  /** Examples with a score. */
  n: z.number().int(),
  /** Of the suite's primary evaluator; null without a score. */
  mean: z.number().nullable(),
  interval: Interval.nullable(),
  /** Mean of one answer, in micro-dollars; null when a price is not known. */
  costMicroUsd: z.number().nullable(),
  latencyMs: z.number(),
  errors: z.number().int(),
  /** Why the first of those failed; null where none did, and where it was tuned before this was kept. */
  problem: z.string().nullable().default(null),
  /** The round after which it fell out; null for the one that was left. */
  outAfter: z.number().int().nullable(),
  /** Of those that were tried on the most examples, no other beats it in quality, cost and time at once. */
  pareto: z.boolean(),
})
export type TunedVariant = z.infer<typeof TunedVariant>

export const TuningResult = z.object({
  split: z.literal('build'),
  evaluator: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  calls: z.number().int(),
  /** The calls by who was asked; null where it was tuned before they were told apart. */
  questions: Questions.nullable().default(null),
  rounds: z.array(z.object({ variants: z.number().int(), examples: z.number().int() })),
  variants: z.array(TunedVariant),
  /** Null where no model was named to propose. */
  proposing: Proposing.nullable().default(null),
  best: z.string(),
  /** The best as the text of a .prompt file. */
  prompt: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** The cap that ended it before its budget, and when it opens again; null where none did. */
  stopped: z.string().nullable().default(null),
  /** What this is, and what it is not. */
  note: z.string(),
})
export type TuningResult = z.infer<typeof TuningResult>

export const startTuning = route({
  name: 'startTuning',
  method: 'POST',
  path: '/api/v1/releases/:id/tunings',
  summary:
    'Try variants of a prompt, proposals of a model among them, on the build split, halving after each round, under a budget of calls',
  permission: 'build',
  example: { suite: 'questions', budget: 60, sweep: { temperature: [0, 0.7] }, dryRun: true },
  mcp: true,
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    suite: z.string().min(1),
    prompt: z.string().min(1).optional(),
    sweep: z.record(z.string(), z.array(z.unknown()).min(1).max(10)).default({}),
    /** The most questions to models: of the application, of a judge and of the proposing model together. */
    budget: z.number().int().min(1).max(100_000),
    /** Asks a model for instructions, with answers of the build split that scored worst. */
    proposer: Proposer.optional(),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string() }),
    200: z.object({
      kind: z.literal('quote'),
      variants: z.number().int(),
      examples: z.number().int(),
      /** At most. */
      calls: z.number().int(),
      questions: Questions,
      /** Null when a price is not known; unknown is never 0. */
      costMicroUsd: MicroUsd.nullable(),
      rounds: TuningResult.shape.rounds,
    }),
  },
})

/** How far a tuning is, without what it found. */
export const TuningState = z.object({
  id: z.string(),
  application: Name,
  release: ReleaseId,
  suite: z.string(),
  prompt: z.string(),
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  error: z.string().nullable(),
  createdAt: Instant,
})
export type TuningState = z.infer<typeof TuningState>

export const listTunings = route({
  name: 'listTunings',
  method: 'GET',
  path: '/api/v1/applications/:name/tunings',
  summary: 'The last hundred tunings of the prompts of an application, newest first',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(TuningState) }) },
})

export const getTuning = route({
  name: 'getTuning',
  method: 'GET',
  path: '/api/v1/tunings/:id',
  summary: 'How far a tuning is, and what it found: every variant with its score, cost and time',
  permission: 'view',
  mcp: true,
  params: z.object({ id: z.string().min(1) }),
  returns: {
    200: TuningState.extend({ result: TuningResult.nullable() }),
  },
})
