/** Routes of drills of faults: what users of a release see on a bad day. */
import { z } from 'zod'
import { EvidenceId } from '../../core/evidence.ts'
import { Fault, NO_FAULT } from '../../core/fault.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Stage } from '../../core/stage.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

export const DrillDialect = z.enum(['chat', 'messages', 'responses'])
export type DrillDialect = z.infer<typeof DrillDialect>

/** How a client asks. */
export const AskForm = z.object({ dialect: DrillDialect, stream: z.boolean() })
export type AskForm = z.infer<typeof AskForm>

/**
 * good: somebody else's answer, and it says whose · poorer: less than usual on purpose, and it says so · refused: the
 * error of the client's dialect · broken: anything else · unguarded: words that a guardrail did not see · not-tried: the
 * fault did not happen, or nobody knows what came of it.
 */
export const FaultOutcome = z.enum(['good', 'poorer', 'refused', 'broken', 'unguarded', 'not-tried'])
export type FaultOutcome = z.infer<typeof FaultOutcome>

export const FaultCase = AskForm.extend({
  /** `none` is the same question on a good day. */
  fault: Fault.or(z.literal(NO_FAULT)),
  outcome: FaultOutcome,
  /** What the user sees. */
  says: z.string(),
  status: z.number().int().nullable(),
  /** The trace of the request; null where there was none. */
  trace: z.string().nullable(),
  ms: z.number(),
  /** Null when a price is not known. */
  costMicroUsd: MicroUsd.nullable(),
})
export type FaultCase = z.infer<typeof FaultCase>

export const FaultPlan = z.object({
  faults: z.array(Fault),
  /** Faults that cannot happen to this release, and why. */
  leftOut: z.array(z.object({ fault: Fault, why: z.string() })),
  forms: z.array(AskForm),
  /** An answer that takes longer hangs. */
  clockSeconds: z.number(),
  question: z.string(),
})
export type FaultPlan = z.infer<typeof FaultPlan>

export const FaultQuote = z.object({
  calls: z.number().int(),
  /** At most. Null when a price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  seconds: z.number().int(),
})
export type FaultQuote = z.infer<typeof FaultQuote>

export const FaultResult = z.object({
  stage: Stage,
  cases: z.array(FaultCase),
  /** Kinds of faults of which every form was tried. */
  tried: z.array(Fault),
  /** Null where it was not tried all over, so that nobody knows. */
  broken: z.number().int().nullable(),
  unguarded: z.number().int().nullable(),
  /** Whether suites of their own measured all fallbacks; null while one was not run, or where there is no fallback. */
  fallbackEvaluated: z.boolean().nullable(),
  words: z.array(z.string()),
  evidence: EvidenceId,
})
export type FaultResult = z.infer<typeof FaultResult>

export const FaultDrill = z.object({
  /** The job; `/api/v1/jobs/:id/cancel` ends it. */
  id: z.string(),
  application: Name,
  release: ReleaseId,
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable(), message: z.string() }),
  error: z.string().nullable(),
  plan: FaultPlan,
  quote: FaultQuote,
  /** Null before the end. */
  result: FaultResult.nullable(),
  createdAt: Instant,
})
export type FaultDrill = z.infer<typeof FaultDrill>

export const StartFaultDrill = z.strictObject({
  /** All that can happen to the release when left out; with fewer the evidence says less. */
  faults: z.array(Fault).min(1).optional(),
  dialects: z.array(DrillDialect).min(1).default(['chat', 'messages', 'responses']),
  /** What is asked; the first example of a suite that is not held out, when left out. */
  question: z.string().trim().min(1).max(10_000).optional(),
  clockSeconds: z.number().min(1).max(600).default(60),
  maxCostMicroUsd: MicroUsd.optional(),
  dryRun: z.boolean().default(false),
})
export type StartFaultDrill = z.infer<typeof StartFaultDrill>

const Told = { quote: FaultQuote, plan: FaultPlan }

export const startFaultDrill = route({
  name: 'startFaultDrill',
  method: 'POST',
  path: '/api/v1/releases/:id/fault-drills',
  summary:
    'Make provider, guardrails and index fail for requests of a drill alone, and record evidence for rel.resilience',
  permission: 'build',
  mcp: true,
  example: { faults: ['provider-503', 'guardrail-breaks'], dryRun: true },
  params: z.object({ id: ReleaseId }),
  body: StartFaultDrill,
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string(), ...Told }),
    200: z.object({ kind: z.literal('quote'), ...Told }),
    409: z.object({ kind: z.literal('over-budget'), ...Told }),
  },
})

export const listFaultDrills = route({
  name: 'listFaultDrills',
  method: 'GET',
  path: '/api/v1/releases/:id/fault-drills',
  summary: 'The last drills of faults of a release, with what users saw of each fault, newest first',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ items: z.array(FaultDrill) }) },
})
