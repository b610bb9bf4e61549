/**
 * How an experiment puts its examples in order, the worst first: kept when a run ends in whatever way, from the numbers
 * that it gathered, and otherwise counted by a job from the rows that are kept.
 */
import type { Release, ReleaseId } from '../../core/release.ts'
import type { JobRun } from '../../store/jobs.ts'
import type { LooseFile } from '../../store/loose-file.ts'
import { allPlaces, type Logged, measuresOf } from '../columns/index.ts'
import { type CountingDeps, counted } from '../counting.ts'
import type { EvalsDeps } from '../deps.ts'
import { prepareEvaluators } from '../evaluators/index.ts'
import { type Experiment, ExperimentId } from '../experiment.ts'
import { createNumberLog, numbersOf } from '../numbers/index.ts'
import { rankApart } from '../summarise-apart.ts'
import { keepWorst, type OfExperiment, type OrderDraft } from './worst.ts'

const ORDER_EXAMPLES = 'evals.order-examples'

type KeepDeps = Pick<EvalsDeps, 'db' | 'blobs' | 'clock' | 'newId'>
export type OrderDeps = KeepDeps &
  CountingDeps & {
    readonly get: (id: ExperimentId) => Promise<Experiment>
    readonly releaseOf: (id: ReleaseId) => Promise<Release>
  }
type OrderAsk = Pick<OrderDraft, 'places' | 'measures'> & {
  readonly experiment: Pick<Experiment, 'id' | 'organisation'>
  readonly logged: Logged
  /** The file with the order, where it is known already. */
  readonly ranking?: LooseFile
}

/** Keeps the order that follows from these numbers; nothing where there is no control to differ from. */
export async function keepOrder({ db, blobs, clock, newId }: KeepDeps, ask: OrderAsk): Promise<void> {
  const { experiment, places, measures, logged } = ask
  if (!logged.arms.some(({ arm }) => arm === 'control')) return
  await using own = ask.ranking ? undefined : await blobs.loose()
  await using scratch = own && (await blobs.loose())
  if (own && scratch)
    await rankApart({
      ...{ logged, measures, ranking: own.descriptor },
      scratch: { descriptor: scratch.descriptor },
    })
  const ranking = own ?? ask.ranking
  if (!ranking) return
  const { id, organisation } = experiment
  const order = { experiment: id, organisation, generation: newId('ord'), rows: rowsIn(logged), at: clock() }
  await keepWorst(db, { order, places, measures, ranking })
}

const rowsIn = ({ arms }: Logged): number => arms.reduce((sum, { rows }) => sum + rows, 0)

/** Registers the job. What it returns throws `evals.counting` until the order is there. */
export function createCountOrder(deps: OrderDeps): (of: OfExperiment) => Promise<void> {
  deps.jobs.handle(ORDER_EXAMPLES, (run) => orderExamples(deps, run))
  return async ({ id, application, progress }) => {
    const key = `${id} ${progress.done}`
    const input = { application, experiment: id }
    await counted(deps, { what: `The order of ${id}`, kind: ORDER_EXAMPLES, key, input })
    // Once is enough: whoever asks again found no order of these rows.
    await deps.jobs.forget(ORDER_EXAMPLES, key)
  }
}

/** The place of an example is its number less one; those that never ran have no difference, and come last. */
async function orderExamples({ get, releaseOf, ...deps }: OrderDeps, run: JobRun): Promise<void> {
  const experiment = await get(ExperimentId.parse(run.job.input.experiment))
  const { manifest } = await releaseOf(experiment.release)
  const suite = manifest.suites.find(({ name }) => name === experiment.suite)
  const examples = manifest.datasets.find(({ name }) => name === experiment.dataset)?.rows ?? 0
  const measures = measuresOf(prepareEvaluators(suite?.evaluators ?? []))
  const arms = experiment.arms.map(({ arm }) => arm)
  await using log = createNumberLog({ arms, measures, examples, repeats: experiment.repeats }, deps.blobs.loose)
  let done = 0
  for await (const page of numbersOf(deps.db, {
    experiment: experiment.id,
    evaluators: measures.map(({ key }) => key),
  })) {
    run.signal.throwIfAborted()
    for (const row of page) await log.add(row.exampleNumber - 1, row)
    done += page.length
    await run.progress(done, experiment.progress.done, `order of ${experiment.suite}`)
  }
  await keepOrder(deps, { experiment, places: allPlaces(examples), measures, logged: log.logged() })
}
