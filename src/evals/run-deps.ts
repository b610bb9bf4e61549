/** What the job of an experiment needs beside the slice's own dependencies, and how others hear of it. */
import type { ExamplesOf, HoldoutOf } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import type { Experiment } from './experiment.ts'

export type RunDeps = EvalsDeps & { readonly examplesOf: ExamplesOf; readonly holdout: HoldoutOf }

export const tell = (
  { publish }: Pick<EvalsDeps, 'publish'>,
  { id, application }: Pick<Experiment, 'id' | 'application'>,
): void => publish({ topic: 'experiment', id, application })
