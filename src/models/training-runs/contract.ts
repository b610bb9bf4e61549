/** Routes of training runs: what a model of our own was made from, and whether that is known whole. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ModelName } from '../cards/index.ts'
import { ModelLineage } from './lineage.ts'
import { TrainingRun, TrainingRunFile, TrainingRunId } from './training-run.ts'

const MEBIBYTE = 1024 * 1024

/** Without what is long. */
export const TrainingRunSummary = TrainingRun.omit({ parameters: true, weights: true })
export type TrainingRunSummary = z.infer<typeof TrainingRunSummary>

const TrainingRunRecord = z
  .strictObject({
    model: ModelName,
    run: TrainingRunFile.optional(),
    /** In place of `run` the same as the text of a file. */
    content: z.string().min(1).optional(),
    mlflow: z.string().min(1).optional(),
    replaces: TrainingRunId.optional(),
  })
  .superRefine(({ run, content, mlflow }, context) => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['run'], message })
    if (run !== undefined && content !== undefined) wrong('send either run or content')
    else if ([run, content, mlflow].every((one) => one === undefined)) wrong('send run, content or mlflow')
  })
export type TrainingRunRecord = z.infer<typeof TrainingRunRecord>

export const recordTrainingRun = route({
  name: 'recordTrainingRun',
  method: 'POST',
  path: '/api/v1/model-training-runs',
  summary: 'Record what a model of our own was made from and how; a record never changes, a new one takes its place',
  permission: 'operate',
  maxBodyBytes: 8 * MEBIBYTE,
  example: {
    model: 'vllm/support-7b',
    run: {
      method: 'LoRA',
      base: ['Qwen/Qwen2.5-7B-Instruct'],
      datasets: [{ dataset: 'tickets', version: 3 }],
      code: { revision: '4f2a91c0' },
      parameters: { rank: 16 },
      seed: 42,
    },
  },
  body: TrainingRunRecord,
  returns: { 201: TrainingRun, 200: TrainingRun },
})

export const listTrainingRuns = route({
  name: 'listTrainingRuns',
  method: 'GET',
  path: '/api/v1/model-training-runs',
  summary: 'Training runs, the newest first: of one model, or of all that learned from a dataset',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    cursor: TrainingRunId.optional(),
    model: z.string().max(300).optional(),
    dataset: Name.optional(),
  }),
  returns: { 200: pageOf(TrainingRunSummary) },
})

export const getTrainingRun = route({
  name: 'getTrainingRun',
  method: 'GET',
  path: '/api/v1/model-training-runs/:id',
  summary: 'One training run with its parameters and the digests of what came out',
  permission: 'view',
  params: z.object({ id: TrainingRunId }),
  returns: { 200: TrainingRun },
})

export const getModelLineage = route({
  name: 'getModelLineage',
  method: 'GET',
  path: '/api/v1/model-lineage/:model*',
  summary: 'What a model was made from, part by part, and exactly what is missing',
  permission: 'view',
  mcp: true,
  params: z.object({ model: z.string().min(1).max(300) }),
  returns: { 200: ModelLineage },
})
