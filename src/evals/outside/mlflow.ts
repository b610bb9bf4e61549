/**
 * MLflow runs in and out: the answer of its REST interface (`runs/get`, `runs/search`).
 *
 * A metric that has `/low`, `/high` or `/n` beside it is one figure with its interval and n, which is how experiments go
 * out from here; so what went out comes in with the same figures, and goes out again unchanged.
 */
import { z } from 'zod'
import { epochMs, type Instant, instantOf } from '../../kernel/time.ts'
import type { OutsideFigure, OutsideRun, ReadRun } from './row.ts'
import { unreadable } from './unreadable.ts'

/** Whole numbers of 64 bits come as texts from some servers. */
const Whole = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
])
/** JSON has no word for these. */
const Value = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(() => null)])
const Pair = z.looseObject({ key: z.string(), value: z.string().default('') })

export const RunAnswer = z.looseObject({
  info: z.looseObject({
    run_id: z.string().min(1),
    run_name: z.string().optional(),
    experiment_id: z.string().optional(),
    status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']),
    start_time: Whole.nullish(),
    end_time: Whole.nullish(),
  }),
  data: z
    .looseObject({
      metrics: z
        .array(z.looseObject({ key: z.string(), value: Value, timestamp: Whole.nullish(), step: Whole.nullish() }))
        .max(20_000)
        .default([]),
      params: z.array(Pair).max(10_000).default([]),
      tags: z.array(Pair).max(10_000).default([]),
    })
    .default({ metrics: [], params: [], tags: [] }),
  inputs: z
    .looseObject({
      dataset_inputs: z
        .array(
          z.looseObject({
            dataset: z.looseObject({
              name: z.string().default(''),
              digest: z.string().default(''),
              source_type: z.string().default(''),
              source: z.string().default(''),
            }),
          }),
        )
        .default([]),
    })
    .nullish(),
})
export type RunAnswer = z.infer<typeof RunAnswer>

const Answer = z.union([
  z.looseObject({ run: RunAnswer }).transform(({ run }) => [run]),
  z.looseObject({ runs: z.array(RunAnswer).min(1).max(1_000) }).transform(({ runs }) => runs),
])

const STATES = {
  SCHEDULED: 'scheduled',
  RUNNING: 'running',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
} as const
const PARTS = ['low', 'high', 'n'] as const

export function readMlflow(content: string): ReadRun[] {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw unreadable('mlflow', 'it is not JSON.')
  }
  const parsed = Answer.safeParse(value)
  if (parsed.success) return parsed.data.map(mlflowRun)
  const [first] = parsed.error.issues.flatMap((issue) => ('errors' in issue ? issue.errors.flat() : [issue]))
  throw unreadable('mlflow', `\`${first?.path.join('.') ?? ''}\`: ${first?.message ?? 'it is no run.'}.`)
}

export function mlflowRun({ info, data, inputs }: RunAnswer): ReadRun {
  const tags = recordOf(data.tags)
  return {
    producer: { name: 'mlflow', version: 'rest 2.0' },
    run: info.run_id,
    name: info.run_name || tags['mlflow.runName'] || info.run_id,
    state: STATES[info.status],
    startedAt: instantFrom(info.start_time),
    finishedAt: instantFrom(info.end_time),
    figures: figuresOf(data.metrics),
    parameters: recordOf(data.params),
    tags,
    datasets: (inputs?.dataset_inputs ?? []).map(({ dataset }) => ({
      name: dataset.name,
      digest: dataset.digest,
      source: dataset.source,
      sourceType: dataset.source_type,
    })),
    tests: [],
    counts: null,
  }
}

/** The answer of `runs/get`, as MLflow would give it. */
export function mlflowAnswerOf(run: ReadRun & Partial<Pick<OutsideRun, 'id'>>) {
  const status = Object.entries(STATES).find(([, state]) => state === run.state)?.[0]
  const metrics = run.figures.flatMap(({ name, value, low, high, n, step, at }) => {
    const about = { timestamp: at === null ? 0 : epochMs(at), step }
    const parts = { low, high, n }
    return [
      { key: name, value: value ?? ('NaN' as const), ...about },
      ...PARTS.flatMap((part) => {
        const figure = parts[part]
        return figure === null ? [] : [{ key: `${name}/${part}`, value: figure, ...about }]
      }),
    ]
  })
  return {
    run: {
      info: {
        run_id: run.run,
        run_name: run.name,
        status,
        ...(run.startedAt !== null && { start_time: epochMs(run.startedAt) }),
        ...(run.finishedAt !== null && { end_time: epochMs(run.finishedAt) }),
        lifecycle_stage: 'active',
      },
      data: { metrics, params: pairsOf(run.parameters), tags: pairsOf(run.tags) },
      inputs: {
        dataset_inputs: run.datasets.map(({ name, digest, source, sourceType }) => ({
          tags: [],
          dataset: { name, digest, source, source_type: sourceType },
        })),
      },
    },
  }
}

function figuresOf(metrics: RunAnswer['data']['metrics']): OutsideFigure[] {
  // A metric may be there for each step: the last one is the run's.
  const last = new Map<string, RunAnswer['data']['metrics'][number]>()
  for (const metric of metrics) {
    const before = last.get(metric.key)
    if (!before || (metric.step ?? 0) >= (before.step ?? 0)) last.set(metric.key, metric)
  }
  const isPart = (key: string) =>
    PARTS.some((part) => key.endsWith(`/${part}`) && last.has(key.slice(0, -part.length - 1)))
  return [...last.values()]
    .filter(({ key }) => !isPart(key))
    .map(({ key, value, step, timestamp }) => {
      const [low, high, n] = PARTS.map((part) => last.get(`${key}/${part}`)?.value ?? null)
      const at = instantFrom(timestamp)
      return { name: key, value, low: low ?? null, high: high ?? null, n: n ?? null, step: step ?? 0, at }
    })
}

const recordOf = (pairs: readonly { key: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]))

const pairsOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, value]) => ({ key, value }))

/** What cannot be a date is none; zero is what a run says that has not ended. */
function instantFrom(ms: number | null | undefined): Instant | null {
  const isDate = typeof ms === 'number' && ms > 0 && ms < Date.UTC(10_000, 0)
  return isDate ? instantOf(ms) : null
}
