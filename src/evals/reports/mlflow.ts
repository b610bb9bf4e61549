/**
 * An experiment as an MLflow run, in the form of its REST API (`runs/get`): parameters, metrics, tags, and the dataset
 * as an input. What comes from here goes back in without loss (`readMlflowRun`).
 */
import { z } from 'zod'
import { epochMs } from '../../kernel/time.ts'
import type { Experiment } from '../experiment.ts'

const Pair = z.object({ key: z.string(), value: z.string() })
export const MlflowRun = z.object({
  run: z.object({
    info: z.object({
      run_id: z.string(),
      run_name: z.string().optional(),
      experiment_id: z.string(),
      status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']),
      start_time: z.number(),
      end_time: z.number().optional(),
      lifecycle_stage: z.string().optional(),
    }),
    data: z.object({
      metrics: z
        .array(z.object({ key: z.string(), value: z.number(), timestamp: z.number(), step: z.number() }))
        .default([]),
      params: z.array(Pair).default([]),
      tags: z.array(Pair).default([]),
    }),
    inputs: z
      .object({
        dataset_inputs: z.array(
          z.object({
            tags: z.array(Pair).default([]),
            dataset: z.object({
              name: z.string(),
              digest: z.string(),
              source_type: z.string(),
              source: z.string(),
              schema: z.string().optional(),
              profile: z.string().optional(),
            }),
          }),
        ),
      })
      .optional(),
  }),
})
export type MlflowRun = z.infer<typeof MlflowRun>

const STATUS = {
  queued: 'SCHEDULED',
  running: 'RUNNING',
  paused: 'SCHEDULED',
  succeeded: 'FINISHED',
  failed: 'FAILED',
  cancelled: 'KILLED',
} as const

export function mlflowRunOf(experiment: Experiment): MlflowRun {
  const { id, application, suite, state, createdAt, startedAt, finishedAt, arms, tags, registered } = experiment
  const at = epochMs(finishedAt ?? createdAt)
  const metric = (key: string, value: number | null | undefined) =>
    value === null || value === undefined ? [] : [{ key, value, timestamp: at, step: 0 }]
  return {
    run: {
      info: {
        run_id: id,
        run_name: `${application} ${suite}`,
        experiment_id: `${application}/${suite}`,
        status: STATUS[state],
        start_time: epochMs(startedAt ?? createdAt),
        ...(finishedAt && { end_time: epochMs(finishedAt) }),
        lifecycle_stage: 'active',
      },
      data: {
        metrics: [
          ...arms.flatMap(({ arm, scores, latencyMs, costMicroUsd }) => [
            ...scores.flatMap(({ evaluator, mean, interval, n }) => {
              const name = `${arm}/${evaluator.replace('#', '-')}`
              return [
                ...metric(name, mean),
                ...metric(`${name}/low`, interval?.low),
                ...metric(`${name}/high`, interval?.high),
                ...metric(`${name}/n`, n),
              ]
            }),
            ...metric(`${arm}/latency_p95_ms`, latencyMs?.p95),
            ...metric(`${arm}/cost_micro_usd`, costMicroUsd === null ? null : Number(costMicroUsd)),
          ]),
          ...experiment.comparison.flatMap((one) =>
            metric(`difference/${one.evaluator.replace('#', '-')}`, one.difference),
          ),
        ],
        params: pairs({
          release: experiment.release,
          against: experiment.against ?? 'none',
          repeats: String(experiment.repeats),
          seed: String(experiment.seed),
          primary: experiment.primary,
          intervals: experiment.intervals,
          ...(registered && { margin: String(registered.margin), n: String(registered.n) }),
        }),
        tags: pairs({
          'mlflow.runName': `${application} ${suite}`,
          ...Object.fromEntries(
            Object.entries(experiment.environment).map(([key, value]) => [`airworthy.${key}`, value]),
          ),
          'airworthy.measures': experiment.measures,
          'airworthy.verdict': experiment.comparison[0]?.verdict ?? 'none',
          ...(tags['git.commit'] !== undefined && { 'mlflow.source.git.commit': tags['git.commit'] }),
          ...(tags['git.branch'] !== undefined && { 'mlflow.source.git.branch': tags['git.branch'] }),
          ...tags,
        }),
      },
      inputs: {
        dataset_inputs: [
          {
            tags: pairs({ 'mlflow.data.context': 'eval' }),
            dataset: {
              name: experiment.dataset,
              // MLflow keeps 36 characters of a digest at most.
              digest: registered?.datasetDigest.replace('sha256:', '').slice(0, 36) ?? '',
              source_type: 'airworthy',
              source: JSON.stringify({ dataset: experiment.dataset, digest: registered?.datasetDigest ?? null }),
            },
          },
        ],
      },
    },
  }
}

const pairs = (values: Readonly<Record<string, string>>): { key: string; value: string }[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }))
