/**
 * The files of an mlruns folder as runs: `meta.yaml`, one file a metric with `time value step` a line, one file a
 * parameter and a tag, and the datasets that a run names.
 */
import { z } from 'zod'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import type { Problem } from '../../kernel/failure.ts'
import { mlflowRun, type RunAnswer } from './mlflow.ts'
import type { ReadRun } from './row.ts'
import { unreadable } from './unreadable.ts'

type Files = Readonly<Record<string, string>>

const Meta = z.looseObject({
  run_id: z.string().optional(),
  run_uuid: z.string().optional(),
  run_name: z.string().nullish(),
  experiment_id: z.union([z.string(), z.number()]).nullish(),
  status: z.union([z.number(), z.string()]).nullish(),
  start_time: z.number().nullish(),
  end_time: z.number().nullish(),
})
const Dataset = z.looseObject({
  name: z.string(),
  digest: z.union([z.string(), z.number()]).transform(String),
  source: z.string().default(''),
  source_type: z.string().default(''),
})
/** By their numbers in `meta.yaml`. */
const STATUSES = ['', 'RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const
const META = 'meta.yaml'

export function readMlruns(files: Files): ReadRun[] {
  const problems: Problem[] = []
  const runs = Object.keys(files)
    .filter((path) => path === META || path.endsWith(`/${META}`))
    .sort()
    .flatMap((path) => {
      const meta = readYaml({ path, text: files[path] ?? '', schema: Meta, problems })
      const id = meta?.run_id ?? meta?.run_uuid
      // An experiment and a dataset have a meta.yaml too.
      return meta && id !== undefined ? [runOf(files, path.slice(0, -META.length), { ...meta, id })] : []
    })
  const [problem] = problems
  if (problem) throw unreadable('mlflow', `${problem.file} line ${problem.line}: ${problem.message}.`)
  if (runs.length === 0) throw unreadable('mlflow', 'none of the files is the meta.yaml of a run.')
  return runs
}

function runOf(files: Files, folder: string, meta: z.infer<typeof Meta> & { id: string }): ReadRun {
  const status = typeof meta.status === 'number' ? STATUSES[meta.status] : meta.status
  const known = STATUSES.find((one) => one !== '' && one === status)
  if (!known) throw unreadable('mlflow', `${folder}${META} has the status ${meta.status}.`)
  const below = (name: string): [key: string, text: string][] =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(`${folder}${name}/`))
      .map(([path, text]) => [path.slice(folder.length + name.length + 1), text])
  const pairs = (name: string) => below(name).map(([key, text]) => ({ key, value: text.replace(/\r?\n$/, '') }))
  const run: RunAnswer = {
    info: {
      run_id: meta.id,
      run_name: meta.run_name ?? '',
      status: known,
      start_time: meta.start_time ?? null,
      end_time: meta.end_time ?? null,
    },
    data: {
      metrics: below('metrics').flatMap(([key, text]) => metricsOf(key, text, folder)),
      params: pairs('params'),
      tags: pairs('tags'),
    },
    inputs: { dataset_inputs: datasetsOf(files, folder, below('inputs')).map((dataset) => ({ dataset })) },
  }
  return { ...mlflowRun(run), producer: { name: 'mlflow', version: 'mlruns' } }
}

function metricsOf(key: string, text: string, folder: string): RunAnswer['data']['metrics'] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const [timestamp, given = '', step] = line.trim().split(/\s+/)
      const value = /^[-+]?(nan|inf(inity)?)$/i.test(given) ? null : Number(given)
      if (given === '' || Number.isNaN(value) || !/^\d+$/.test(timestamp ?? ''))
        throw unreadable('mlflow', `${folder}metrics/${key} line ${at + 1} is not \`time value step\`.`)
      return { key, value, timestamp: Number(timestamp), step: step === undefined ? 0 : Number(step) }
    })
}

/** `inputs/<id>/meta.yaml` names a dataset by its id, which lies beside the runs of the experiment. */
function datasetsOf(files: Files, folder: string, inputs: readonly [key: string, text: string][]) {
  const beside = folder.replace(/[^/]*\/$/, '')
  return inputs.flatMap(([path, text]) => {
    const problems: Problem[] = []
    const Input = z.looseObject({ source_id: z.string().optional() })
    const id = readYaml({ path, text, schema: Input, problems })?.source_id
    const file = `${beside}datasets/${id}/${META}`
    const described = files[file]
    const dataset =
      described === undefined ? undefined : readYaml({ path: file, text: described, schema: Dataset, problems })
    return dataset ? [dataset] : []
  })
}
