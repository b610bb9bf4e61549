/** What the job of an experiment needs beside the slice's own dependencies, and how others hear of it. */
import type { ExamplesOf, HoldoutOf } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import type { Experiment, ExperimentId } from './experiment.ts'
import type { Waiting } from './in-batches/index.ts'
import type { Gathered } from './numbers/index.ts'

/** The numbers of experiments that run in this process. */
export type Running = Map<ExperimentId, Gathered>

export type RunDeps = EvalsDeps & {
  readonly examplesOf: ExamplesOf
  readonly holdout: HoldoutOf
  readonly running: Running
  /** Looks after batches that providers have. */
  readonly waiting: Pick<Waiting, 'wake'>
}

export const tell = (
  { publish }: Pick<EvalsDeps, 'publish'>,
  { id, application }: Pick<Experiment, 'id' | 'application'>,
): void => publish({ topic: 'experiment', id, application })
