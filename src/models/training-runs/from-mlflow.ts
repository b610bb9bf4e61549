/** What a run of MLflow says of a training: its parameters, tags, data and figures, in our fields. Pure. */
import { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import type { TrainingRunFile } from './training-run.ts'

/** As the reader of MLflow gives a run. */
export type MlflowRun = {
  readonly run: string
  readonly state: string
  readonly startedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly figures: readonly {
    readonly name: string
    readonly value: number | null
    readonly low: number | null
    readonly high: number | null
    readonly n: number | null
  }[]
  readonly parameters: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly datasets: readonly { readonly name: string; readonly digest: string; readonly source: string }[]
}

/** Names under which trainers log the seed and what they began with. */
const SEEDS = ['seed', 'random_seed', 'random_state']
const BASES = ['base_model', 'base_model_name_or_path', 'model_name_or_path', '_name_or_path']

const MOST_SOURCE = 2000

/** @param versionOf the version of a dataset of this installation that has a digest */
export function fileOfMlflow(
  { startedAt, finishedAt, figures, parameters, tags, datasets }: MlflowRun,
  versionOf: (digest: Digest) => { dataset: string; version: number } | undefined,
): TrainingRunFile {
  const seed = firstOf(parameters, SEEDS)
  const base = firstOf(parameters, BASES)
  const revision = tags['mlflow.source.git.commit']
  const repository = tags['mlflow.source.git.repoURL']
  const measured = figures.flatMap(({ name, value, n, low, high }) =>
    value === null ? [] : [{ name, value, n: n !== null && Number.isInteger(n) && n >= 0 ? n : null, low, high }],
  )
  return {
    ...(base && { base: [base] }),
    ...(seed !== undefined && /^-?\d{1,15}$/.test(seed) && { seed: Number(seed) }),
    ...(revision && { code: { revision, repository: repository || null } }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(startedAt !== null && { startedAt }),
    ...(finishedAt !== null && { endedAt: finishedAt }),
    ...(measured.length > 0 && { figures: measured }),
    ...(datasets.length > 0 && {
      datasets: datasets.map(({ name, digest, source }) => {
        const parsed = Digest.safeParse(digest)
        const here = parsed.success ? versionOf(parsed.data) : undefined
        if (here) return { ...here, digest }
        return {
          name: name || 'without a name',
          ...(digest !== '' && { digest }),
          ...(source !== '' && { source: source.slice(0, MOST_SOURCE) }),
        }
      }),
    }),
  }
}

const firstOf = (texts: Readonly<Record<string, string>>, names: readonly string[]): string | undefined =>
  names.map((name) => texts[name]).find((value) => value !== undefined && value !== '')
