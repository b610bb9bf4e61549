/** Class figures of an experiment that has ended. Over many rows a job counts them, and its answer is kept. */
import { z } from 'zod'
import type { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { type CorpusDeps, ROWS_AT_ONCE, rowsOf } from '../corpus/index.ts'
import { countedApart, type OnRows } from '../counted-apart.ts'
import { counted } from '../counting.ts'
import { type Experiment, ExperimentId } from '../experiment.ts'
import { corrected } from '../summary.ts'
import { ClassFigures } from './contract.ts'
import type { ClassEnd, ClassPlan, ClassRow } from './counts.ts'
import { labelsOf } from './labels.ts'
import { expectedReader, readingOf } from './reading.ts'
import { numbersAsked } from './store.ts'

const COUNT_CLASSES = 'evals.count-classes'
/** Labels that the confusion names. */
const SHOWN_LABELS = 30
const NO_PROBABILITY =
  'The calibration is not known, because no answer names a probability. Let answers be JSON, and name its fields in the evaluator classification (`field`, `probability`).'

/** Registers the job. What it returns throws `evals.counting` while one counts. */
export function createClassFigures(deps: CorpusDeps): (experiment: Experiment) => Promise<ClassFigures> {
  deps.jobs.handle(COUNT_CLASSES, async ({ job, signal, progress }) => {
    const experiment = await deps.get(z.object({ experiment: ExperimentId }).parse(job.input).experiment)
    return figuresOf(deps, experiment, (done) => {
      signal.throwIfAborted()
      return progress(done, experiment.progress.done, `labels of ${experiment.suite}`)
    })
  })
  return async (experiment) => {
    const { id, application, state, progress } = experiment
    if (state === 'queued' || state === 'running')
      throw new Failure(
        'conflict',
        'evals.experiment-unfinished',
        `Experiment ${id} is ${state}. Its labels are counted when it has ended.`,
      )
    if (progress.done <= ROWS_AT_ONCE) return figuresOf(deps, experiment)
    const job = await counted(deps, {
      what: `What ${id} told of its labels`,
      kind: COUNT_CLASSES,
      key: `${id} ${progress.done} ${deps.programVersion}`,
      input: { application, experiment: id },
    })
    return ClassFigures.parse(job.result)
  }
}

async function figuresOf(
  { db, releaseOf, examplesOf }: CorpusDeps,
  experiment: Experiment,
  onRows: OnRows = async () => {},
): Promise<ClassFigures> {
  const { id, release } = experiment
  const { manifest } = await releaseOf(release)
  const part = manifest.datasets.find(({ name }) => name === experiment.dataset)
  const suite = manifest.suites.find(({ name }) => name === experiment.suite)
  if (!part || !suite) throw new Error(`The release of ${id} has lost its suite or dataset.`)
  const reading = readingOf(suite)
  const pages = async function* (): AsyncGenerator<readonly (Example | undefined)[]> {
    for await (const numbers of numbersAsked(db, id))
      yield await examplesOf.pick(
        part,
        numbers.map((number) => number - 1),
      )
  }
  const { labels, reason } = await labelsOf(pages(), expectedReader(reading))
  const shown = labels.slice(0, SHOWN_LABELS).map(({ name }) => name)
  const others = labels.length - shown.length
  const about = { experiment: id, reading: reading.by, labels: labels.length, shown, others, margin: suite.margin }
  if (reason !== null) return { ...about, note: reason, arms: [], comparisons: [] }
  const arms = experiment.arms.map(({ arm }) => arm)
  const to = arms.find((arm) => arm === 'control') ?? arms[0]
  const pairs = to === undefined ? [] : arms.filter((arm) => arm !== to).map((arm) => ({ arm, to }))
  const plan: ClassPlan = { arms, pairs, labels, shown: shown.length, reading, margin: suite.margin }
  const found = await countedApart<ClassRow, undefined, ReturnType<ClassEnd>>(
    { file: new URL('./classes-worker.ts', import.meta.url), plan },
    rowsOf({ db, examplesOf, experiment: id, part }),
    { onRows, lastWord: () => undefined },
  )
  return {
    ...about,
    note: found.arms.every(({ calibration }) => calibration === null) ? NO_PROBABILITY : null,
    arms: found.arms,
    comparisons: corrected(pairs.map((pair, at) => ({ ...pair, comparison: found.pairs[at] ?? [] }))),
  }
}
