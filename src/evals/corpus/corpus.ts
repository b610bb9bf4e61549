/** Figures over all answers of each arm of an experiment. Over many rows a job counts them, and its answer is kept. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Database } from '../../store/database.ts'
import { countedApart, type OnRows } from '../counted-apart.ts'
import { type CountingDeps, counted } from '../counting.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { EvalsDeps } from '../deps.ts'
import { type Experiment, ExperimentId } from '../experiment.ts'
import { CorpusFigures } from './contract.ts'
import type { CorpusEnd, CorpusPlan, CorpusRow } from './counts.ts'
import { answersOf } from './store.ts'

const COUNT_CORPUS = 'evals.count-corpus'
/** So many rows are counted while somebody waits: half a second. */
export const ROWS_AT_ONCE = 1_000

export type CorpusDeps = CountingDeps &
  Pick<EvalsDeps, 'programVersion' | 'blobs'> & {
    readonly get: (id: ExperimentId) => Promise<Experiment>
    readonly releaseOf: (id: ReleaseId) => Promise<Release>
    readonly examplesOf: ExamplesOf
  }

/** Registers the job. What it returns throws `evals.counting` while one counts. */
export function createCorpusFigures(deps: CorpusDeps): (experiment: Experiment) => Promise<CorpusFigures> {
  deps.jobs.handle(COUNT_CORPUS, async ({ job, signal, progress }) => {
    const experiment = await deps.get(z.object({ experiment: ExperimentId }).parse(job.input).experiment)
    return figuresOf(deps, experiment, (done) => {
      signal.throwIfAborted()
      return progress(done, experiment.progress.done, `corpus of ${experiment.suite}`)
    })
  })
  return async (experiment) => {
    const { id, application, state, progress } = experiment
    if (state === 'queued' || state === 'running')
      throw new Failure(
        'conflict',
        'evals.experiment-unfinished',
        `Experiment ${id} is ${state}. Its corpus is counted when it has ended.`,
      )
    if (progress.done <= ROWS_AT_ONCE) return figuresOf(deps, experiment)
    const job = await counted(deps, {
      what: `The corpus of ${id}`,
      kind: COUNT_CORPUS,
      key: `${id} ${progress.done} ${deps.programVersion}`,
      input: { application, experiment: id },
    })
    return CorpusFigures.parse(job.result)
  }
}

async function figuresOf(
  { db, releaseOf, examplesOf }: CorpusDeps,
  { id, release, dataset, arms, seed }: Experiment,
  onRows: OnRows = async () => {},
): Promise<CorpusFigures> {
  const part = (await releaseOf(release)).manifest.datasets.find(({ name }) => name === dataset)
  if (!part) throw new Error(`The release of ${id} has lost its dataset, though it was measured with it.`)
  const plan = { arms: arms.map(({ arm }) => arm), pairs: [], margin: 0, seed }
  const rows = rowsOf({ db, examplesOf, experiment: id, part })
  const found = await corpusApart(plan, rows, { onRows, lastWord: () => [] })
  return { experiment: id, arms: found.arms }
}

export const corpusApart = (
  plan: CorpusPlan,
  pages: AsyncIterable<readonly CorpusRow[]>,
  asked: { onRows: OnRows; lastWord: () => Parameters<CorpusEnd>[0] },
): Promise<ReturnType<CorpusEnd>> =>
  countedApart({ file: new URL('./corpus-worker.ts', import.meta.url), plan }, pages, asked)

/** The answers of an experiment with what was expected of them, a page at a time. */
export async function* rowsOf({
  db,
  examplesOf,
  experiment,
  part,
}: {
  db: Database
  examplesOf: ExamplesOf
  experiment: ExperimentId
  part: Parameters<ExamplesOf['pick']>[0]
}): AsyncGenerator<readonly (CorpusRow & { readonly example: string })[]> {
  for await (const page of answersOf(db, experiment)) {
    const examples = await examplesOf.pick(
      part,
      page.map(({ exampleNumber }) => exampleNumber - 1),
    )
    yield page.map(({ arm, example: id, exampleNumber, answer, error }, at) => {
      const example = examples[at]
      const cluster = example?.cluster ?? `example ${exampleNumber}`
      const references = example ? referencesOf(example) : []
      return { arm, example: id, exampleNumber, answer, references, cluster, isFailed: error !== null }
    })
  }
}
