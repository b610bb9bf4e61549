/** One arm of an experiment as a study takes it. */
import { Failure } from '../../kernel/failure.ts'
import type { Experiment } from '../experiment.ts'
import type { StudyArm } from './study.ts'

/** Throws `evals.study-invalid` where the experiment has not ended or has no such arm. */
export async function readArm(
  id: StudyArm['id'],
  getExperiment: (id: Experiment['id']) => Promise<Experiment>,
): Promise<{ arm: StudyArm; experiment: Experiment }> {
  const [asked = '', name = ''] = id.split(':')
  const experiment = await getExperiment(asked as Experiment['id'])
  const arm = experiment.arms.find((one) => one.arm === name)
  if (experiment.state !== 'succeeded')
    throw invalid(`${experiment.id} is ${experiment.state}. Take arms of experiments that have ended.`)
  if (!arm)
    throw invalid(
      `${id}: the experiment has no arm ${name}. It has ${experiment.arms.map((one) => one.arm).join(', ')}.`,
    )
  const { label, release, behaviour } = arm
  const isRelease = name === 'candidate' || (name === 'control' && experiment.against !== 'baseline')
  return { arm: { id, experiment: experiment.id, label, release, behaviour, isRelease }, experiment }
}

const invalid = (message: string) => new Failure('invalid', 'evals.study-invalid', message)
