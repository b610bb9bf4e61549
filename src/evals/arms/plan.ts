/** Which arms are compared with which, and that they can be: of one application and one dataset, and measured. */
import type { DatasetPart } from '../../core/dataset.ts'
import type { SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Database } from '../../store/database.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import { prepareEvaluators } from '../evaluators/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import type { ComparedArm } from './contract.ts'

export type ArmsDeps = {
  readonly get: (id: ExperimentId) => Promise<Experiment>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly examplesOf: ExamplesOf
  readonly db: Database
}

const MOST_ARMS = 12

/** One arm that was asked for, with the name that it has among the others. */
type Asked = {
  readonly id: ComparedArm['id']
  readonly experiment: ExperimentId
  readonly arm: string
  readonly as: string
}
export type Source = {
  readonly experiment: Experiment
  readonly suite: SuitePart
  readonly dataset: DatasetPart
  readonly definitions: Definitions
}
/** What makes the score of an evaluator what it is, by the evaluator's key. */
type Definitions = ReadonlyMap<string, string>

/** The experiments that are named, for whoever asks what may be seen. Throws `evals.arms-invalid`. */
export const experimentsOf = (arms: string): ExperimentId[] => [
  ...new Set(readArms(arms, undefined).map(({ experiment }) => experiment)),
]

export type ArmsAsk = { readonly arms: string; readonly reference?: string | undefined }
export type Planned = {
  readonly asked: readonly Asked[]
  readonly first: Asked
  readonly sources: ReadonlyMap<ExperimentId, Source>
  readonly base: Source
}

/** How many rows a comparison looks at. Throws where the arms cannot be compared. */
export async function rowsCompared(ask: ArmsAsk, deps: ArmsDeps): Promise<number> {
  const { sources } = await planComparison(ask, deps)
  return [...sources.values()].reduce((sum, { experiment }) => sum + experiment.progress.done, 0)
}

/** Throws where the arms cannot be compared. */
export async function planComparison({ arms, reference }: ArmsAsk, deps: ArmsDeps): Promise<Planned> {
  const asked = readArms(arms, reference)
  const sources = new Map<ExperimentId, Source>()
  for (const { experiment } of asked)
    if (!sources.has(experiment)) sources.set(experiment, await sourceOf(experiment, deps))
  const [first] = asked
  const base = first && sources.get(first.experiment)
  if (!base) throw invalid('Name at least two arms.')
  demandAlike(asked, sources, base)
  return { asked, first, sources, base }
}

/** The reference first; it is called `candidate`, which is what a summary compares others with. */
function readArms(text: string, reference: string | undefined): Asked[] {
  const ids = [...new Set(text.split(',').filter(Boolean))]
  if (reference !== undefined && !ids.includes(reference))
    throw invalid(`The reference ${reference} is none of the arms. Name one of ${ids.join(', ')}.`)
  if (ids.length < 2 || ids.length > MOST_ARMS)
    throw invalid(
      `Name two to ${MOST_ARMS} arms, each as exp_…:candidate, with commas between them; ${ids.length} were named.`,
    )
  const sorted = ids.toSorted((one, other) => Number(other === reference) - Number(one === reference))
  return sorted.map((id, at) => {
    const [experiment, arm] = id.split(':')
    if (!experiment || !arm)
      throw invalid(`${id} is no arm. Write the experiment and its arm, such as exp_…:candidate.`)
    return { id, experiment: experiment as ExperimentId, arm, as: at === 0 ? 'candidate' : `arm-${at}` }
  })
}

async function sourceOf(id: ExperimentId, deps: ArmsDeps): Promise<Source> {
  const experiment = await deps.get(id)
  if (experiment.state !== 'succeeded')
    throw new Failure(
      'conflict',
      'evals.experiment-unfinished',
      `Experiment ${id} is ${experiment.state}. Compare those that have ended.`,
    )
  const { manifest } = await deps.releaseOf(experiment.release)
  const suite = manifest.suites.find(({ name }) => name === experiment.suite)
  const part = manifest.datasets.find(({ name }) => name === experiment.dataset)
  if (!suite || !part)
    throw new Error(`The release of ${id} has lost its suite or dataset, though it was measured with them.`)
  const prepared = prepareEvaluators(suite.evaluators)
  const definitions = new Map(
    prepared.map(({ key, evaluator, judge }, at) => [
      key,
      digestOf({
        id: evaluator.id,
        version: versionIn(experiment, key),
        options: suite.evaluators[at]?.options ?? {},
        judge: judge?.digest ?? null,
      }),
    ]),
  )
  return { experiment, suite, definitions, dataset: part }
}

export const versionIn = ({ arms }: Experiment, key: string): number | null =>
  arms.flatMap(({ scores }) => scores).find(({ evaluator }) => evaluator === key)?.version ?? null

function demandAlike(asked: readonly Asked[], sources: ReadonlyMap<ExperimentId, Source>, base: Source): void {
  for (const { id, experiment, arm } of asked) {
    const source = sources.get(experiment)
    if (!source?.experiment.arms.some((one) => one.arm === arm))
      throw invalid(
        `${id}: the experiment has no arm ${arm}. It has ${source?.experiment.arms.map((one) => one.arm).join(', ')}.`,
      )
    if (source.experiment.application !== base.experiment.application)
      throw invalid(`${id} is of ${source.experiment.application}, not of ${base.experiment.application}.`)
    if (source.dataset.name !== base.dataset.name)
      throw invalid(
        `${id} was measured on ${source.dataset.name}, not on ${base.dataset.name}: other questions cannot be compared case by case.`,
      )
  }
}

const invalid = (message: string) => new Failure('invalid', 'evals.arms-invalid', message)
