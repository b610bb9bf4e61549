/** Routes of timings: what a model takes in each way of asking it, as it was measured on own questions. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { ModelName } from '../cards/index.ts'

/**
 * chat: whole answers, one after the other · stream: the same, as they come · concurrent: many at a time ·
 * batch: through the provider's interface for batches.
 */
export const TimingMode = z.enum(['chat', 'stream', 'concurrent', 'batch'])
export type TimingMode = z.infer<typeof TimingMode>

/** Milliseconds over the answers that came; the interval is of the median (Dvoretzky, Kiefer and Wolfowitz). */
const Times = z.object({ n: z.number().int(), median: z.number(), p95: z.number(), interval: Interval }).nullable()

export const ModeFigures = z.object({
  mode: TimingMode,
  asked: z.number().int(),
  /** Answers that did not come. */
  errors: z.number().int(),
  /** Why the first of them did not; null when all came. */
  problem: z.string().nullable(),
  /** Requests under way at once; null where the provider decides. */
  atATime: z.number().int().nullable(),
  /** From the first request to the last answer. */
  wallMs: z.number(),
  /** Of one answer; null in a batch, which says nothing of a single one, and where none came. */
  latencyMs: Times,
  /** To the first piece of text; null where answers come whole. */
  firstTokenMs: Times,
  /** Written by all answers together, over `wallMs`; null where none came. */
  tokensPerSecond: z.number().nullable(),
  answersPerMinute: z.number().nullable(),
  /** Of an answer in the mean; null when a price is not known, as that of a batch may be. */
  costMicroUsd: MicroUsd.nullable(),
})
export type ModeFigures = z.infer<typeof ModeFigures>

export const ModelTiming = z.object({
  id: z.string(),
  model: z.string(),
  application: Name,
  suite: z.string(),
  questions: z.number().int(),
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  error: z.string().nullable(),
  /** A mode that is over, in the order in which they were asked; null before the end. */
  modes: z.array(ModeFigures).nullable(),
  createdAt: Instant,
})
export type ModelTiming = z.infer<typeof ModelTiming>

export const startModelTiming = route({
  name: 'startModelTiming',
  method: 'POST',
  path: '/api/v1/applications/:name/model-timings',
  summary: 'Measure a model in each way of asking it: chat, stream, many at a time, and as a batch',
  permission: 'build',
  mcp: true,
  example: { model: 'scripted/echo', suite: 'questions', questions: 10, modes: ['chat', 'stream'], dryRun: true },
  params: z.object({ name: Name }),
  body: z.strictObject({
    model: ModelName,
    parameters: z.record(z.string(), z.unknown()).default({}),
    /** Its questions are asked as they stand, never those that are held out. */
    suite: z.string().min(1).max(200),
    questions: z.number().int().min(1).max(1000).default(20),
    modes: z.array(TimingMode).min(1).max(4).default(['chat', 'stream', 'concurrent']),
    /** Requests under way at once in the mode `concurrent`. */
    atATime: z.number().int().min(2).max(256).default(16),
    dryRun: z.boolean().default(false),
  }),
  returns: {
    202: z.object({ kind: z.literal('started'), id: z.string() }),
    200: z.object({
      kind: z.literal('quote'),
      questions: z.number().int(),
      calls: z.number().int(),
      /** Null when a price is not known; unknown is never 0. */
      costMicroUsd: MicroUsd.nullable(),
    }),
  },
})

export const listModelTimings = route({
  name: 'listModelTimings',
  method: 'GET',
  path: '/api/v1/applications/:name/model-timings',
  summary: 'The last hundred timings of models on the questions of an application, newest first',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(ModelTiming) }) },
})
