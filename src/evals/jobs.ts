/**
 * The job that runs an experiment. It may be started again at any time (a crash, a restart): rows that
 * are kept are not run again, and an experiment that has ended stays as it is.
 */
import { isCapReached } from '../core/cap-reached.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { compareMoney, type MicroUsd, sumMoney } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { isAway } from '../store/database-error.ts'
import type { JobRun } from '../store/jobs.ts'
import { createAnswering, createPace } from './answers/index.ts'
import { measuresOf } from './columns/index.ts'
import { createDoneRows } from './done-rows.ts'
import { type Experiment, ExperimentId, type RowOutcome } from './experiment.ts'
import { type ExperimentPlan, planExperiment } from './experiment-plan.ts'
import { finish } from './finish.ts'
import { createGathered, type Gathered, numbersOf, readCases } from './numbers/index.ts'
import { inOrder, shuffledNumbers } from './planned-examples.ts'
import { keepOrder } from './row-pages/index.ts'
import { runBatches } from './run-batches.ts'
import { type RunDeps, tell } from './run-deps.ts'
import { runRows } from './run-rows.ts'
import { spendingOf } from './spending.ts'
import { createStopRule, type StopRule } from './stop-rule.ts'
import { addRows, changeExperiment, findExperiment } from './store.ts'

export const RUN_EXPERIMENT = 'evals.run-experiment'
export const CONCURRENCY = 8
/** People are told at most this often; the experiment's own progress is exact with every commit. */
const TELL_MS = 250

export const createExperimentRunner =
  (deps: RunDeps) =>
  async (run: JobRun): Promise<{ experiment: ExperimentId } | undefined> => {
    const id = ExperimentId.parse(run.job.input.experiment)
    const isOurs = await changeExperiment(deps.db, id, ['queued', 'running'], { state: 'running', error: null })
    const experiment = isOurs ? await findExperiment(deps.db, id) : undefined
    if (!experiment) return undefined
    if (experiment.startedAt === null) await changeExperiment(deps.db, id, ['running'], { startedAt: deps.clock() })
    tell(deps, experiment)
    let gathered: Gathered | undefined
    try {
      const release = await deps.releaseOf(experiment.release)
      const plan = await planExperiment({ ...experiment, release }, deps)
      const stopping = experiment.registered?.stopping
      const order = stopping ? await shuffledNumbers(plan.examples, experiment.seed) : undefined
      const stop = stopping && order ? createStopRule(plan, order, stopping) : undefined
      gathered = createGathered(
        await readCases(plan, deps.blobs.loose),
        {
          arms: plan.arms.map(({ arm }) => arm),
          measures: measuresOf(plan.evaluators),
          repeats: experiment.repeats,
        },
        deps.blobs.loose,
      )
      deps.running.set(id, gathered)
      const left = await runMissingRows(deps, { experiment, plan, run, stop, order, gathered })
      if (left === 'waiting') {
        deps.waiting.wake()
        return { experiment: id }
      }
      if (left !== 'nothing') {
        await pause(deps, experiment, left)
        return { experiment: id }
      }
      await finish(deps, { experiment, plan, release, stop, gathered })
      return { experiment: id }
    } catch (thrown) {
      // A restart or a cancellation is no failure; the state says which of them it was. A database that is away is none
      // either: the job waits for it, and goes on with the rows that are missing.
      if (isAway(thrown)) throw thrown
      const isCancelled = run.signal.aborted && (await findExperiment(deps.db, id))?.state === 'cancelled'
      if (!run.signal.aborted || isCancelled) await keepOrderSoFar(deps, experiment)
      if (run.signal.aborted) throw thrown
      if (isCapReached(thrown)) {
        await pause(
          deps,
          experiment,
          `A cap is reached. ${thrown.message} Its rows stay; resume it then, and nothing is asked twice.`,
        )
        return { experiment: id }
      }
      await changeExperiment(deps.db, id, ['running'], {
        state: 'failed',
        error: messageOf(thrown),
        finishedAt: deps.clock(),
      })
      tell(deps, experiment)
      throw thrown instanceof Failure
        ? thrown
        : new Failure('unavailable', 'evals.experiment-broken', messageOf(thrown), { cause: thrown })
    } finally {
      deps.running.delete(id)
      await gathered?.[Symbol.asyncDispose]()
    }
  }

async function pause(deps: RunDeps, experiment: Experiment, why: string): Promise<void> {
  const { id, application, createdBy: actor, suite } = experiment
  await inTransaction(deps.db, async (tx) => {
    if (!(await changeExperiment(tx, id, ['running'], { state: 'paused', error: why }))) return
    await deps.record(tx, { actor, action: 'evals.pause-experiment', subject: id, application, detail: { suite, why } })
  })
  tell(deps, experiment)
}

/** Of a run that ends before its end: nobody has to read its rows again to see the worst of them. */
async function keepOrderSoFar(deps: RunDeps, experiment: Experiment): Promise<void> {
  const gathered = deps.running.get(experiment.id)
  if (!gathered?.isWhole()) return
  const { places, measures } = gathered
  // Why the run ended is what is told; an order that is not kept is counted when somebody asks for it.
  await keepOrder(deps, { experiment, places, measures, logged: gathered.logged() }).catch(() => {})
}

/** nothing: all rows are there · waiting: providers have batches of it · else why it pauses. */
type Left = 'nothing' | 'waiting' | (string & {})

async function runMissingRows(
  deps: RunDeps,
  {
    experiment,
    plan,
    run,
    stop,
    order,
    gathered,
  }: {
    experiment: Experiment
    plan: ExperimentPlan
    run: JobRun
    stop: StopRule | undefined
    /** Numbers of examples, where the run drew another order than that of the dataset. */
    order: Int32Array | undefined
    gathered: Gathered
  },
): Promise<Left> {
  const { id, maxCostMicroUsd, organisation } = experiment
  const { primary } = plan.suite
  const done = createDoneRows(plan, experiment.repeats)
  const keys = gathered.measures.map(({ key }) => key)
  const primaryAt = keys.indexOf(primary)
  for await (const page of numbersOf(deps.db, { experiment: id, evaluators: keys }))
    for (const row of page) {
      done.add(row)
      await gathered.add(row)
      stop?.see({ ...row, score: row.isFailed ? null : (row.scores[primaryAt] ?? null) })
    }
  let spent = experiment.spentMicroUsd
  let toldAt = Number.NEGATIVE_INFINITY
  const pace = createPace({ most: deps.concurrency ?? CONCURRENCY })
  const answering = createAnswering({
    ...deps,
    pace,
    experiment: id,
    isReusing: experiment.isReusing,
    isResumed: run.job.input.isResumed === true,
    runFlow: async (ask) => {
      const outcome = await deps.runFlow(ask)
      spent = sumMoney([spent, outcome.costMicroUsd ?? '0'])
      return outcome
    },
  })
  const rows = {
    experiment: id,
    organisation,
    plan,
    examples: () => (order ? inOrder(plan.examples, order) : plan.examples.pieces()),
    repeats: experiment.repeats,
    concurrency: deps.concurrency ?? CONCURRENCY,
    answering,
    signal: run.signal,
    ...(deps.reachFor && { reach: deps.reachFor(experiment) }),
    isDone: done.has,
    mayStart: () => demandMoney(spent, maxCostMicroUsd),
    isDecided: () => stop?.decided !== undefined,
    keep: async (rows: readonly RowOutcome[]) => {
      const judges = rows.flatMap(({ scores }) => Object.values(scores).map(({ costMicroUsd }) => costMicroUsd ?? '0'))
      spent = sumMoney([spent, ...judges])
      const took = spendingOf(rows, plan)
      const { added, progress } = await inTransaction(deps.db, (tx) => addRows(tx, { experiment: id, rows, ...took }))
      await gathered.addKept(rows, added)
      for (const row of rows) done.add(row)
      for (const { arm, exampleNumber, error, scores } of rows)
        stop?.see({ arm, exampleNumber, score: error === null ? (scores[primary]?.score ?? null) : null })
      const now = monotonicMs()
      if (!progress || (now - toldAt < TELL_MS && progress.done < progress.total)) return
      toldAt = now
      await run.progress(
        progress.done,
        progress.total,
        `${experiment.suite}: ${progress.done} of ${progress.total} rows`,
      )
      tell(deps, experiment)
    },
  }
  if (experiment.serving === 'real-time') {
    await runRows(rows)
    return 'nothing'
  }
  const { isAside, waiting, failed, capReached } = await runBatches(deps, {
    experiment,
    rows,
    onAnswer({ outcome }) {
      spent = sumMoney([spent, outcome.costMicroUsd ?? '0'])
    },
    hasKept: answering.hasKept,
  })
  await runRows({ ...rows, isDone: (row) => done.has(row) || isAside(row) })
  if (waiting > 0) return 'waiting'
  if (capReached) throw capReached
  return failed === 0
    ? 'nothing'
    : `${failed} rows failed or expired in their batch. The others stay; resume it to ask those again, one by one.`
}

function demandMoney(spent: MicroUsd, most: MicroUsd | null): void {
  if (most === null || compareMoney(spent, most) < 0 || compareMoney(spent, '0') === 0) return
  throw new Failure(
    'limited',
    'evals.budget-reached',
    `The experiment has spent ${spent} of ${most} micro-dollars and stopped. Its rows stay; start it again with a higher maxCostMicroUsd.`,
  )
}
