/** Routes of a swapped model: what changed against the release before, and the probes that ask both. */
import { z } from 'zod'
import { ReleaseId } from '../../core/release.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { route } from '../../wire/route.ts'
import { ExperimentId, Quote } from '../experiment.ts'
import { Comparison, ComparisonVerdict } from '../results.ts'

const Used = z.object({ model: z.string(), parameters: z.record(z.string(), z.unknown()) })

/** A case on which the two releases answer differently. */
export const DifferingAnswer = z.object({
  example: z.string(),
  before: z.string(),
  now: z.string(),
  /** Of the primary score, now less before; null where one has none. */
  difference: z.number().nullable(),
})
export type DifferingAnswer = z.infer<typeof DifferingAnswer>

export const Probe = z.object({
  suite: z.string(),
  /** proposed: nobody ran it on both · running · measured · failed. */
  state: z.enum(['proposed', 'running', 'measured', 'failed']),
  experiment: ExperimentId.nullable(),
  /** Null where it was measured, or where it cannot run. */
  quote: Quote.nullable(),
  /** Why it cannot run, or failed. */
  why: z.string().nullable(),
  /** Of the primary evaluator, now less before; null until it is measured. */
  comparison: Comparison.nullable(),
  /** Of the primary evaluator: `share`, `ms`, …; null until it is measured. */
  unit: z.string().nullable(),
  /** Those with the largest differences first; what is held out is left out. */
  differing: z.array(DifferingAnswer),
})
export type Probe = z.infer<typeof Probe>

export const ModelSwap = z.object({
  release: ReleaseId,
  /** The release in force where this one would go next, else the one that was frozen before it; null for the first. */
  against: ReleaseId.nullable(),
  /** Models that are other ones, or have other parameters; null on the side that does not have them. */
  models: z.array(z.object({ name: z.string(), before: Used.nullable(), now: Used.nullable() })),
  /** Prompts whose words changed, as by a conversion. */
  prompts: z.array(z.string()),
  /** own: suites that say `probe: true` · default: all suites, because none says so. */
  set: z.enum(['own', 'default']),
  probes: z.array(Probe),
  /** none: nothing to ask · open: not all is measured · else the least good of the probes. */
  verdict: z.enum(['none', 'open', ...ComparisonVerdict.options]),
  /** Of what is proposed together; null where nothing is. */
  quote: z
    .object({
      calls: z.number().int(),
      /** Null when a price is not known. */
      costMicroUsd: MicroUsd.nullable(),
      minutes: z.number(),
    })
    .nullable(),
})
export type ModelSwap = z.infer<typeof ModelSwap>

const params = z.object({ id: ReleaseId })

export const getModelSwap = route({
  name: 'getModelSwap',
  method: 'GET',
  path: '/api/v1/releases/:id/model-swap',
  summary: 'Which models and prompts are others than in the release before, and what probes on both say or would take',
  permission: 'view',
  mcp: true,
  params,
  returns: { 200: ModelSwap },
})

export const runModelSwapProbes = route({
  name: 'runModelSwapProbes',
  method: 'POST',
  path: '/api/v1/releases/:id/model-swap/runs',
  summary: 'Ask both releases the probes that are proposed, pair by pair',
  permission: 'build',
  mcp: true,
  example: { maxCostMicroUsd: '500000' },
  params,
  body: z.strictObject({
    /** Of all probes together; above it, or with an unknown price, nothing begins. */
    maxCostMicroUsd: MicroUsd.optional(),
  }),
  returns: {
    201: z.object({ kind: z.literal('started'), experiments: z.array(ExperimentId) }),
    409: z.object({ kind: z.literal('over-budget'), quote: ModelSwap.shape.quote }),
  },
})
