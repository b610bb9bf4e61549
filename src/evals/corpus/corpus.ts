/**
 * Figures over all answers of each arm. Answers are read a page at a time and counted in a thread of their own; over many
 * rows a job does it, and its answer is kept.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type CountingDeps, counted } from '../counting.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { EvalsDeps } from '../deps.ts'
import { type Experiment, ExperimentId } from '../experiment.ts'
import { type CorpusArm, CorpusFigures } from './contract.ts'
import type { CorpusRow } from './counts.ts'
import { answersOf } from './store.ts'

const COUNT_CORPUS = 'evals.count-corpus'
/** So many rows are counted while somebody waits: half a second. */
const ROWS_AT_ONCE = 1_000
/** What is held does not grow with the answers, but one of them may be large. */
const MOST_MEGABYTES = 256

export type CorpusDeps = CountingDeps &
  Pick<EvalsDeps, 'programVersion'> & {
    readonly get: (id: ExperimentId) => Promise<Experiment>
    readonly releaseOf: (id: ReleaseId) => Promise<Release>
    readonly examplesOf: ExamplesOf
  }
type OnRows = (done: number) => Promise<void>

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
  const worker = new Worker(new URL('./corpus-worker.ts', import.meta.url), {
    workerData: { arms: arms.map(({ arm }) => arm), seed },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  // It may break while a page is read, when nobody waits for a word of it.
  const broken = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that counts answers has ended without figures.')))
  })
  broken.catch(() => {})
  const ask = async (message: readonly CorpusRow[] | 'end'): Promise<unknown[]> => {
    worker.postMessage(message)
    return Promise.race([once(worker, 'message'), broken])
  }
  try {
    let done = 0
    for await (const page of answersOf(db, id)) {
      const examples = await examplesOf.pick(
        part,
        page.map(({ exampleNumber }) => exampleNumber - 1),
      )
      const rows = page.map(({ arm, exampleNumber, answer, error }, at): CorpusRow => {
        const example = examples[at]
        const cluster = example?.cluster ?? `example ${exampleNumber}`
        const references = example ? referencesOf(example) : []
        return { arm, exampleNumber, answer, references, cluster, isFailed: error !== null }
      })
      await ask(rows)
      done += page.length
      await onRows(done)
    }
    const [found] = (await ask('end')) as [CorpusArm[]]
    return { experiment: id, arms: found }
  } finally {
    await worker.terminate()
  }
}
