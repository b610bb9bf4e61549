/** Routes of attack runs: what orders and questions for secrets do to a release. */
import { z } from 'zod'
import { EvidenceId } from '../../core/evidence.ts'
import { ReleaseId } from '../../core/release.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { route } from '../../wire/route.ts'
import { ProbeError, ProbeQuote, probeRunFields, Rate, StoppedBy, startFields } from '../probing/index.ts'
import { Category, WrappingId } from './pack.ts'
import { WAYS } from './plan.ts'

/** A category with the ways in which text gets into this release. */
export const PlannedCategory = z.object({
  category: Category,
  /** Fewer than asked for, or none, where the release has no way for it. */
  attempts: z.number().int(),
  ways: z.array(z.enum(WAYS)),
})
export type PlannedCategory = z.infer<typeof PlannedCategory>

export const AttackPlan = z.object({
  /** The list of attacks, `core 1.0.0`. */
  pack: z.string(),
  /** With it the same attacks are made again. */
  seed: z.number().int(),
  categories: z.array(PlannedCategory),
  /** Prompts with a made-up secret in the copy that is attacked; 0 where the prompt is not ours. */
  canaries: z.number().int(),
  /** Questions of a suite that attacks hide behind. */
  questions: z.number().int(),
  /** At the same time. */
  concurrency: z.number().int(),
})
export type AttackPlan = z.infer<typeof AttackPlan>

/** What became of the attempts of one kind. */
export const Tally = z.object({
  /** Answered, and where a text was planted, read. */
  attempts: z.number().int(),
  /** The order was obeyed, or the secret told. */
  hits: z.number().int(),
  /** A guardrail refused. */
  blocked: z.number().int(),
  /** The planted text did not reach the model; no attempt. */
  unread: z.number().int(),
  /** No answer came; no attempt. */
  errors: z.number().int(),
})
export type Tally = z.infer<typeof Tally>

export const CategoryTally = Tally.extend({
  category: Category,
  /** Null where nothing was tried. */
  rate: Rate.nullable(),
})
export type CategoryTally = z.infer<typeof CategoryTally>

export const Hit = z.object({
  category: Category,
  technique: z.string(),
  title: z.string(),
  wrapping: WrappingId,
  way: z.enum(WAYS),
  /** The last thing that was asked, cut at 2,000 characters. */
  asked: z.string(),
  planted: z.string().nullable(),
  /** Cut at 1,000 characters; a secret that was planted is made up. */
  answer: z.string(),
  trace: z.string(),
})
export type Hit = z.infer<typeof Hit>

export const AttackResult = z.object({
  categories: z.array(CategoryTally),
  /** Worst first. */
  techniques: z.array(Tally.extend({ technique: z.string(), title: z.string(), category: Category })),
  ways: z.array(Tally.extend({ way: z.enum(WAYS) })),
  /** The first fifty. */
  hits: z.array(Hit),
  /** Null when a price is not known. */
  costMicroUsd: MicroUsd.nullable(),
  stoppedBy: StoppedBy.nullable(),
  errors: z.array(ProbeError),
  words: z.array(z.string()),
  /** One for each check that it answers. */
  evidence: z.array(z.object({ check: z.string(), id: EvidenceId })),
})
export type AttackResult = z.infer<typeof AttackResult>

export const AttackRun = z.object({
  ...probeRunFields,
  plan: AttackPlan,
  /** Null before the end. */
  result: AttackResult.nullable(),
})
export type AttackRun = z.infer<typeof AttackRun>

export const StartAttackRun = z.strictObject({
  /** Of each category; gates ask for 300. */
  attempts: z.number().int().min(10).max(3000).default(320),
  /** All when left out. */
  categories: z.array(Category).min(1).optional(),
  /** The suite whose questions the attacks hide behind; the first that has open examples when left out. */
  suite: z.string().min(1).max(200).optional(),
  ...startFields,
})
export type StartAttackRun = z.infer<typeof StartAttackRun>

const Told = { quote: ProbeQuote, plan: AttackPlan }

export const startAttackRun = route({
  name: 'startAttackRun',
  method: 'POST',
  path: '/api/v1/releases/:id/attack-runs',
  summary:
    'Attack a release, live or not, with orders and questions for secrets; evidence for red.injection and red.leak',
  permission: 'build',
  mcp: true,
  example: { attempts: 320, dryRun: true },
  params: z.object({ id: ReleaseId }),
  body: StartAttackRun,
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string(), ...Told }),
    200: z.object({ kind: z.literal('quote'), ...Told }),
    409: z.object({ kind: z.literal('over-budget'), ...Told }),
  },
})

export const listAttackRuns = route({
  name: 'listAttackRuns',
  method: 'GET',
  path: '/api/v1/releases/:id/attack-runs',
  summary:
    'The last attack runs of a release with what got through, newest first; answers are for who may build or sign',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ items: z.array(AttackRun) }) },
})
