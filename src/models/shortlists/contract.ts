/** Routes of finding a model: searches, shortlists with every elimination and its reason, comparisons on own cases. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { idOf } from '../../kernel/ids.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ModelName } from '../cards/index.ts'
import { Candidate, Criteria, ServingMode } from './criteria.ts'
import { Weighing, Weights } from './weighing.ts'

export const ShortlistId = idOf('msl')
export type ShortlistId = z.infer<typeof ShortlistId>

const Why = z.string().trim().min(10, 'say in at least 10 characters why').max(2000)

export const Elimination = z.object({ model: z.string(), reason: z.string(), by: ActorId, at: Instant })

/** What it takes people to run a model, in hours, as somebody here reckons. */
export const Effort = z.object({
  model: z.string(),
  setUpHours: z.number().min(0).max(100_000),
  hoursPerMonth: z.number().min(0).max(10_000),
  by: ActorId,
  at: Instant,
})

export const ShortlistDecision = z.object({
  chosen: z.string(),
  reasons: z.array(z.string()),
  /** What somebody had to say against it. */
  dissent: z.string().nullable(),
  revisitWhen: z.string().nullable(),
  /** The models that were compared, summed up under the weights that were chosen, as they stood then. */
  weighing: Weighing.extend({ suite: z.string() }).nullable().default(null),
  by: ActorId,
  at: Instant,
})

export type ShortlistDecision = z.infer<typeof ShortlistDecision>

export const Shortlist = z.object({
  id: ShortlistId,
  organisation: Organisation,
  title: z.string(),
  application: Name.nullable(),
  criteria: Criteria,
  /** As they stood then; eliminated ones with the reason. */
  candidates: z.array(Candidate),
  /** By people, after the search. */
  eliminations: z.array(Elimination),
  efforts: z.array(Effort),
  decision: ShortlistDecision.nullable(),
  createdBy: ActorId,
  createdAt: Instant,
})
export type Shortlist = z.infer<typeof Shortlist>

export const searchModels = route({
  name: 'searchModels',
  method: 'POST',
  path: '/api/v1/model-searches',
  summary: 'Hold every known model against what is needed, the budget among it; nothing is kept',
  permission: 'view',
  mcp: true,
  example: {
    takes: ['text'],
    contextAtLeast: 32000,
    budget: {
      dollarsPerMonth: '100',
      volume: {
        requestsPerMonth: { low: 10000, high: 30000 },
        inputTokens: { low: 500, high: 1500 },
        outputTokens: { low: 100, high: 300 },
      },
    },
  },
  body: Criteria,
  returns: { 200: z.object({ items: z.array(Candidate) }) },
})

export const createShortlist = route({
  name: 'createShortlist',
  method: 'POST',
  path: '/api/v1/model-shortlists',
  summary: 'Keep a search as a shortlist: who was held against what, who fell out, and why',
  permission: 'build',
  mcp: true,
  body: z.strictObject({
    title: z.string().trim().min(3).max(200),
    application: Name.optional(),
    criteria: Criteria,
  }),
  returns: { 201: Shortlist },
})

export const listShortlists = route({
  name: 'listShortlists',
  method: 'GET',
  path: '/api/v1/model-shortlists',
  summary: 'List shortlists of models, the newest first',
  permission: 'view',
  query: Page.extend({ cursor: ShortlistId.optional(), application: Name.optional() }),
  returns: { 200: pageOf(Shortlist) },
})

export const getShortlist = route({
  name: 'getShortlist',
  method: 'GET',
  path: '/api/v1/model-shortlists/:id',
  summary: 'One shortlist of models with every elimination and its reason',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ShortlistId }),
  returns: { 200: Shortlist },
})

export const eliminateFromShortlist = route({
  name: 'eliminateFromShortlist',
  method: 'POST',
  path: '/api/v1/model-shortlists/:id/eliminations',
  summary: 'Take a model off a shortlist, with the reason',
  permission: 'build',
  params: z.object({ id: ShortlistId }),
  body: z.strictObject({ model: ModelName, reason: Why }),
  returns: { 200: Shortlist },
})

export const reckonEffort = route({
  name: 'reckonEffort',
  method: 'POST',
  path: '/api/v1/model-shortlists/:id/efforts',
  summary: 'Say what it takes people to run a model of a shortlist, in hours',
  permission: 'build',
  params: z.object({ id: ShortlistId }),
  body: z.strictObject({
    model: ModelName,
    setUpHours: Effort.shape.setUpHours,
    hoursPerMonth: Effort.shape.hoursPerMonth,
  }),
  returns: { 200: Shortlist },
})

export const decideShortlist = route({
  name: 'decideShortlist',
  method: 'POST',
  path: '/api/v1/model-shortlists/:id/decision',
  summary: 'Choose a model of a shortlist; the others are its alternatives, with why they were not chosen',
  permission: 'build',
  params: z.object({ id: ShortlistId }),
  body: z.strictObject({
    chosen: ModelName,
    reasons: z.array(Why).min(1).max(20),
    /** Why not, for each model that was neither eliminated nor chosen. */
    alternatives: z
      .array(z.strictObject({ model: ModelName, reason: Why }))
      .max(200)
      .default([]),
    dissent: z.string().trim().min(3).max(2000).optional(),
    revisitWhen: z.string().trim().min(3).max(500).optional(),
    /** What counts how much, over the models as they are compared on a suite of the application. */
    weighing: z.strictObject({ suite: z.string().min(1).max(200), weights: Weights }).optional(),
  }),
  returns: { 200: Shortlist },
})

export const getShortlistDecision = route({
  name: 'getShortlistDecision',
  method: 'GET',
  path: '/api/v1/model-shortlists/:id/decision',
  summary: 'The decision of a shortlist as the lines of decision.yaml that it answers',
  permission: 'view',
  params: z.object({ id: ShortlistId }),
  returns: { 200: z.object({ file: z.literal('decision.yaml'), content: z.string() }) },
})

/** A figure over cases that were run; null when there is none. */
const Measured = z.object({ value: z.number(), n: z.number().int() }).nullable()

export const ComparedModel = z.object({
  model: z.string(),
  servingMode: ServingMode,
  /** The newest experiment in which it answered. */
  experiment: z.string(),
  release: ReleaseId,
  arm: z.string(),
  /** The evaluator by which the suite decides. */
  quality: z.object({
    value: z.number().nullable(),
    interval: Interval.nullable(),
    n: z.number().int(),
    errors: z.number().int(),
  }),
  /** Less the reference, case by case; null for the reference itself. */
  difference: z
    .object({
      value: z.number().nullable(),
      interval: Interval.nullable(),
      verdict: z.enum(['better', 'worse', 'equivalent', 'undecided']),
      pairs: z.number().int(),
    })
    .nullable(),
  /** Milliseconds to the first piece of text, the median of probes. */
  firstTokenMs: Measured,
  /** Milliseconds to the whole answer, the median. */
  latencyMs: Measured,
  /** Tokens that were written, by the time that answers took. */
  tokensPerSecond: Measured,
  costPerTaskMicroUsd: MicroUsd.nullable(),
  effort: Effort.pick({ setUpHours: true, hoursPerMonth: true }).nullable(),
  compliance: z.object({
    approval: z.string(),
    licence: z.string().nullable(),
    regions: z.array(z.string()),
    trainsOnInputs: z.boolean().nullable(),
  }),
  /** Public figures of its card: imported, and the model may have seen the tests. */
  publicBenchmarks: z.array(z.object({ dataset: z.string(), metric: z.string(), value: z.number() })),
})
export type ComparedModel = z.infer<typeof ComparedModel>

export const ModelComparison = z.object({
  application: Name,
  suite: z.string(),
  evaluator: z.string().nullable(),
  unit: z.string().nullable(),
  better: z.enum(['higher', 'lower']).nullable(),
  reference: z.string().nullable(),
  items: z.array(ComparedModel),
  /** What to know when reading it. */
  notes: z.array(z.string()),
})
export type ModelComparison = z.infer<typeof ModelComparison>

export const compareModels = route({
  name: 'compareModels',
  method: 'GET',
  path: '/api/v1/model-comparisons',
  summary: 'Models compared on the own cases of an application, from experiments that ran, paired by case',
  permission: 'view',
  mcp: true,
  query: z.object({
    application: Name,
    suite: z.string().min(1).max(200),
    /** The model that the others are compared with; the cheapest that was measured when left out. */
    reference: z.string().max(300).optional(),
    /** Takes the hours from there. */
    shortlist: ShortlistId.optional(),
  }),
  returns: { 200: ModelComparison },
})

export const weighModels = route({
  name: 'weighModels',
  method: 'POST',
  path: '/api/v1/model-weighings',
  summary: 'Sum compared models up under weights of your own: who leads, how surely, and what would turn it',
  permission: 'view',
  mcp: true,
  example: { application: 'support-assistant', suite: 'questions', weights: { quality: 5, cost: 3, effort: 1 } },
  body: z.strictObject({
    application: Name,
    suite: z.string().min(1).max(200),
    shortlist: ShortlistId.optional(),
    weights: Weights,
  }),
  returns: { 200: Weighing },
})
