/** Routes of rounds of choosing: what was tried for an application in each, what came of it, and what led to the next. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { ComparedModel, ModelComparison, ShortlistId, Weighing, Weights } from '../shortlists/index.ts'

export const ModelRoundId = idOf('mrd')
export type ModelRoundId = z.infer<typeof ModelRoundId>

const Why = z.string().trim().min(10, 'say in at least 10 characters why').max(2000)

/** A shortlist as it stood. */
const ShortlistStep = z.object({
  kind: z.literal('shortlist'),
  shortlist: ShortlistId,
  title: z.string(),
  /** Models that were looked at, and those that were left. */
  looked: z.number().int(),
  left: z.array(z.string()),
  chosen: z.string().nullable(),
})

/** Models on own cases as they compared, and what they came to under weights. */
const ComparisonStep = ModelComparison.pick({
  suite: true,
  evaluator: true,
  unit: true,
  better: true,
  reference: true,
}).extend({
  kind: z.literal('comparison'),
  items: z.array(
    ComparedModel.pick({
      model: true,
      experiment: true,
      release: true,
      quality: true,
      difference: true,
      latencyMs: true,
      costPerTaskMicroUsd: true,
    }),
  ),
  weighing: Weighing.nullable(),
})

const TunedFigure = z.object({
  id: z.string(),
  title: z.string(),
  n: z.number().int(),
  mean: z.number().nullable(),
  interval: Interval.nullable(),
})

/** A tuning of a prompt that ended: the prompt as it was and the one that was chosen, on the build split. */
export const TuningStep = z.object({
  kind: z.literal('tuning'),
  tuning: z.string(),
  prompt: z.string(),
  suite: z.string(),
  evaluator: z.string(),
  unit: z.string(),
  calls: z.number().int(),
  /** The model that proposed instructions; null where none was named. */
  proposer: z.string().nullable(),
  present: TunedFigure,
  best: TunedFigure,
})
export type TuningStep = z.infer<typeof TuningStep>

/** Anything else that was adapted, in words, with the release that has it. */
const AdaptationStep = z.object({ kind: z.literal('adaptation'), what: z.string(), release: ReleaseId.nullable() })

const kept = { by: ActorId, at: Instant }
export const RoundStep = z.discriminatedUnion('kind', [
  ShortlistStep.extend(kept),
  ComparisonStep.extend(kept),
  TuningStep.extend(kept),
  AdaptationStep.extend(kept),
])
export type RoundStep = z.infer<typeof RoundStep>

/** chosen: another model · kept: the present one stays · adapted: the same model with another prompt or tuning · dropped: nothing came of it. */
export const OutcomeKind = z.enum(['chosen', 'kept', 'adapted', 'dropped'])

export const RoundOutcome = z.object({
  kind: OutcomeKind,
  model: z.string().nullable(),
  reason: z.string(),
  ...kept,
})

export const ModelRound = z.object({
  id: ModelRoundId,
  organisation: Organisation,
  application: Name,
  /** Counted from 1 within the application. */
  number: z.number().int(),
  title: z.string(),
  /** What led to it; null for the first. */
  ledBy: z.string().nullable(),
  /** In the order in which they were kept; each as it stood then. */
  steps: z.array(RoundStep),
  /** Null while it is open. */
  outcome: RoundOutcome.nullable(),
  createdBy: ActorId,
  createdAt: Instant,
})
export type ModelRound = z.infer<typeof ModelRound>

const application = z.object({ name: Name })
const one = z.object({ id: ModelRoundId })

export const openModelRound = route({
  name: 'openModelRound',
  method: 'POST',
  path: '/api/v1/applications/:name/model-rounds',
  summary: 'Open a round of choosing or adapting a model, with what led to it',
  permission: 'build',
  mcp: true,
  example: { title: 'A smaller model for the desk', ledBy: 'The model in use costs twice what the charter promises.' },
  params: application,
  body: z.strictObject({
    title: z.string().trim().min(3).max(200),
    /** Demanded from the second round on. */
    ledBy: Why.optional(),
  }),
  returns: { 201: ModelRound },
})

export const listModelRounds = route({
  name: 'listModelRounds',
  method: 'GET',
  path: '/api/v1/applications/:name/model-rounds',
  summary: 'The rounds in which models were chosen and adapted for an application, the newest first',
  permission: 'view',
  mcp: true,
  params: application,
  returns: { 200: z.object({ items: z.array(ModelRound) }) },
})

export const addToModelRound = route({
  name: 'addToModelRound',
  method: 'POST',
  path: '/api/v1/model-rounds/:id/steps',
  summary: 'Keep a shortlist, a comparison, a tuning or another adaptation in a round, as it stands now',
  permission: 'build',
  example: { kind: 'comparison', suite: 'questions', weights: { quality: 5, cost: 3 } },
  params: one,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('shortlist'), shortlist: ShortlistId }),
    z.strictObject({
      kind: z.literal('comparison'),
      suite: z.string().min(1).max(200),
      reference: z.string().max(300).optional(),
      /** Takes the hours of people from there. */
      shortlist: ShortlistId.optional(),
      weights: Weights.optional(),
    }),
    z.strictObject({ kind: z.literal('tuning'), tuning: z.string().min(1).max(200) }),
    z.strictObject({ kind: z.literal('adaptation'), what: Why, release: ReleaseId.optional() }),
  ]),
  returns: { 200: ModelRound },
})
export type StepAsk = z.output<(typeof addToModelRound)['body']>

export const closeModelRound = route({
  name: 'closeModelRound',
  method: 'POST',
  path: '/api/v1/model-rounds/:id/outcome',
  summary: 'Close a round with what came of it',
  permission: 'build',
  mcp: true,
  example: { kind: 'kept', reason: 'The smaller one was worse on seven of ten topics.' },
  params: one,
  body: z.strictObject({
    kind: OutcomeKind,
    /** Demanded where another one was chosen. */
    model: z.string().min(1).max(300).optional(),
    reason: Why,
  }),
  returns: { 200: ModelRound },
})

export const exportModelRounds = route({
  name: 'exportModelRounds',
  method: 'GET',
  path: '/api/v1/applications/:name/model-rounds/paper',
  summary: 'All rounds of an application as Markdown, the first one first',
  permission: 'view',
  params: application,
  returns: { 200: z.object({ file: z.literal('model-rounds.md'), content: z.string() }) },
})
