/** Routes of measuring: datasets, evaluators, experiments and their rows. */
import { z } from 'zod'
import { DatasetPart, Example, Split } from '../core/dataset.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { ServingMode } from '../core/serving.ts'
import { Digest } from '../kernel/digest.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import {
  Against,
  EvaluatorInfo,
  Experiment,
  ExperimentId,
  ExperimentRow,
  ExperimentState,
  IntervalMethod,
  Quote,
} from './experiment.ts'
import { ArmName, Variant } from './variant.ts'

export const createExperiment = route({
  name: 'createExperiment',
  method: 'POST',
  path: '/api/v1/releases/:id/experiments',
  summary: 'Measure a release with one of its suites, beside its baseline or another release',
  permission: 'build',
  example: { suite: 'answers', dryRun: true },
  mcp: true,
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    suite: z.string().min(1),
    /** Left out: the named baseline if the release has one and is not the baseline itself. Null: nothing. */
    against: Against.nullish(),
    /** Measured beside the release on the same examples, all in one table. */
    variants: z.array(Variant).max(12).default([]),
    repeats: z.number().int().min(1).max(100).default(1),
    /** Takes answers again that the same parts gave to the same question before, and pays only for the rest. */
    reuse: z.boolean().default(false),
    /** batch: answers come in batches of their provider, within a day and for less. */
    serving: ServingMode.default('real-time'),
    /** Ends as soon as the primary score is decided; the interval holds however often it is looked at. */
    stopEarly: z.boolean().default(false),
    /** Tags of the run, such as `git.commit`. */
    tags: z.record(z.string().min(1).max(200), z.string().max(2000)).default({}),
    intervals: IntervalMethod.default('clustered-t'),
    /** Only says what it would take. */
    dryRun: z.boolean().default(false),
    maxCostMicroUsd: MicroUsd.optional(),
  }),
  returns: {
    201: Experiment,
    200: z.object({ kind: z.literal('quote'), quote: Quote }),
    409: z.object({ kind: z.literal('over-budget'), quote: Quote }),
  },
})

export const listExperiments = route({
  name: 'listExperiments',
  method: 'GET',
  path: '/api/v1/experiments',
  summary: 'Experiments, the newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    application: Name.optional(),
    release: ReleaseId.optional(),
    suite: z.string().optional(),
    state: ExperimentState.optional(),
  }),
  returns: { 200: pageOf(Experiment) },
})

export const getExperiment = route({
  name: 'getExperiment',
  method: 'GET',
  path: '/api/v1/experiments/:id',
  summary: 'One experiment with progress, scores and comparison',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  returns: { 200: Experiment },
})

export const listExperimentRows = route({
  name: 'listExperimentRows',
  method: 'GET',
  path: '/api/v1/experiments/:id/rows',
  summary: 'The rows of an experiment: what was asked, answered and scored',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  query: Page.extend({
    arm: ArmName.optional(),
    example: z.string().optional(),
    /** Only rows that this evaluator scored or failed to score; also the one that `difference` is about. */
    evaluator: z.string().optional(),
    order: z.enum(['dataset', 'worst-difference-first']).default('dataset'),
    /** Only rows whose run or evaluator failed (`true`), or only those without a failure. */
    failed: z.enum(['true', 'false']).optional(),
    /** Shows held-out rows too, counted as a read of the holdout; for the roles that the dataset names. */
    holdout: z.enum(['true', 'false']).optional(),
  }),
  returns: { 200: pageOf(ExperimentRow) },
})

export const getDifferences = route({
  name: 'getDifferences',
  method: 'GET',
  path: '/api/v1/experiments/:id/differences',
  summary: 'How candidate and control differ on all examples, as a picture of at most 400 bars',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  query: z.object({
    /** The score that they differ in; the primary one when left out. */
    evaluator: z.string().optional(),
  }),
  returns: {
    200: z.object({
      /** Examples that have the score in both arms. */
      n: z.number().int(),
      /** Of them, where the candidate's score is lower than the control's. */
      lower: z.number().int(),
      same: z.number().int(),
      higher: z.number().int(),
      /** The largest difference, below or above. */
      largest: z.number(),
      /** Examples beside each other when sorted, the lowest difference first; each bar stands for as many. */
      bars: z.array(z.object({ mean: z.number(), cases: z.number().int(), example: z.string() })),
    }),
  },
})

export const cancelExperiment = route({
  name: 'cancelExperiment',
  method: 'POST',
  path: '/api/v1/experiments/:id/cancel',
  summary: 'Stop an experiment; its rows stay',
  permission: 'build',
  mcp: { destructive: true },
  params: z.object({ id: ExperimentId }),
  returns: { 200: Experiment },
})

export const resumeExperiment = route({
  name: 'resumeExperiment',
  method: 'POST',
  path: '/api/v1/experiments/:id/resume',
  summary: 'Go on with an experiment that failed or was cancelled; only what is missing or failed is run',
  permission: 'build',
  mcp: true,
  example: {},
  params: z.object({ id: ExperimentId }),
  body: z.strictObject({ maxCostMicroUsd: MicroUsd.optional() }),
  returns: { 200: Experiment },
})

export const listDatasets = route({
  name: 'listDatasets',
  method: 'GET',
  path: '/api/v1/applications/:name/datasets',
  summary: 'The datasets of an application, as its newest release froze them',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(DatasetPart) }) },
})

export const listExamples = route({
  name: 'listExamples',
  method: 'GET',
  path: '/api/v1/applications/:name/datasets/:dataset/examples',
  summary: 'The examples of a dataset in file order',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name, dataset: z.string() }),
  query: Page.extend({ split: Split.optional() }),
  returns: { 200: pageOf(Example) },
})

export const convertDataset = route({
  name: 'convertDataset',
  method: 'POST',
  path: '/api/v1/datasets/conversions',
  summary: 'Check rows of CSV or JSON lines and give them as the JSON lines of a blueprint; all bad rows are named',
  permission: 'build',
  body: z.strictObject({ name: z.string().min(1), format: z.enum(['csv', 'jsonl']), content: z.string() }),
  maxBodyBytes: 32 * 1024 * 1024,
  returns: {
    200: z.object({
      name: z.string(),
      digest: Digest,
      rows: z.number().int(),
      splits: DatasetPart.shape.splits,
      /** Text of `datasets/<name>.jsonl`. */
      content: z.string(),
    }),
  },
})

export const listEvaluators = route({
  name: 'listEvaluators',
  method: 'GET',
  path: '/api/v1/evaluators',
  summary: 'The evaluators that suites can use',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(EvaluatorInfo) }) },
})

// The SDK names its types after what a contract exports.
export {
  Combined,
  EvaluatorInfo,
  Experiment,
  ExperimentArm,
  ExperimentRow,
  ExperimentState,
  Quote,
  QuotePart,
  RowScore,
  Score,
} from './experiment.ts'
export { Comparison, FurtherComparison, Registration, Reliability, Slice } from './results.ts'
export { Variant } from './variant.ts'

export const evalsRoutes = [
  createExperiment,
  listExperiments,
  getExperiment,
  listExperimentRows,
  getDifferences,
  cancelExperiment,
  resumeExperiment,
  listDatasets,
  listExamples,
  convertDataset,
  listEvaluators,
]
