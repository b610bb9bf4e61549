/** Reading an experiment: its arms and the scores in them. */
import type { Experiment, ExperimentArm, Score } from '../../../sdk/index.ts'

export const armOf = (experiment: Experiment, arm: string): ExperimentArm | undefined =>
  experiment.arms.find((one) => one.arm === arm)

export const scoreOf = (experiment: Experiment, evaluator: string, arm = 'candidate'): Score | undefined =>
  armOf(experiment, arm)?.scores.find((score) => score.evaluator === evaluator)

/** The evaluator that decides, first; then the others as they come. */
export function evaluatorsOf(experiment: Experiment): string[] {
  const all = experiment.arms.flatMap(({ scores }) => scores.map(({ evaluator }) => evaluator))
  return [...new Set([experiment.primary, ...all])]
}

export const isRunning = ({ state }: Pick<Experiment, 'state'>): boolean => state === 'queued' || state === 'running'
