/**
 * The job that runs an experiment. It may be started again at any time (a crash, a restart): rows that
 * are kept are not run again, and an experiment that has ended stays as it is.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { compareMoney, type MicroUsd, sumMoney } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { isAway } from '../store/database-error.ts'
import type { JobRun } from '../store/jobs.ts'
import type { ExamplesOf } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import { draftEvidence, type Measured } from './evidence.ts'
import { type Experiment, ExperimentId, type RowOutcome } from './experiment.ts'
import { type ExperimentPlan, planExperiment } from './experiment-plan.ts'
import { runRows } from './run-rows.ts'
import { addRows, changeExperiment, findExperiment, listRowKeys, listSummaryRows, newestMeasuring } from './store.ts'
import { summariseApart } from './summarise-apart.ts'

export const RUN_EXPERIMENT = 'evals.run-experiment'
export const CONCURRENCY = 8
/** People are told at most this often; the experiment's own progress is exact with every commit. */
const TELL_MS = 250

export type RunDeps = EvalsDeps & { readonly examplesOf: ExamplesOf }

export const createExperimentRunner =
  (deps: RunDeps) =>
  async (run: JobRun): Promise<{ experiment: ExperimentId } | undefined> => {
    const id = ExperimentId.parse(run.job.input.experiment)
    const isOurs = await changeExperiment(deps.db, id, ['queued', 'running'], { state: 'running', error: null })
    const experiment = isOurs ? await findExperiment(deps.db, id) : undefined
    if (!experiment) return undefined
    if (experiment.startedAt === null) await changeExperiment(deps.db, id, ['running'], { startedAt: deps.clock() })
    tell(deps, experiment)
    try {
      const release = await deps.releaseOf(experiment.release)
      const plan = await planExperiment({ release, suite: experiment.suite, against: experiment.against }, deps)
      await runMissingRows(deps, { experiment, plan, run })
      await finish(deps, { experiment, plan, release })
      return { experiment: id }
    } catch (thrown) {
      // A restart or a cancellation is no failure; the state says which of them it was. A database that is away is none
      // either: the job waits for it, and goes on with the rows that are missing.
      if (run.signal.aborted || isAway(thrown)) throw thrown
      await changeExperiment(deps.db, id, ['running'], {
        state: 'failed',
        error: messageOf(thrown),
        finishedAt: deps.clock(),
      })
      tell(deps, experiment)
      throw thrown instanceof Failure
        ? thrown
        : new Failure('unavailable', 'evals.experiment-broken', messageOf(thrown), { cause: thrown })
    }
  }

async function runMissingRows(
  deps: RunDeps,
  { experiment, plan, run }: { experiment: Experiment; plan: ExperimentPlan; run: JobRun },
): Promise<void> {
  const { id, maxCostMicroUsd } = experiment
  const keyOf = ({ arm, example, repeat }: Pick<RowOutcome, 'arm' | 'example' | 'repeat'>) =>
    `${arm} ${repeat} ${example}`
  const done = new Set((await listRowKeys(deps.db, id)).map(keyOf))
  let spent = experiment.spentMicroUsd
  let toldAt = Number.NEGATIVE_INFINITY
  await runRows({
    experiment: id,
    organisation: experiment.organisation,
    plan,
    repeats: experiment.repeats,
    concurrency: deps.concurrency ?? CONCURRENCY,
    runFlow: async (ask) => {
      const outcome = await deps.runFlow(ask)
      spent = sumMoney([spent, outcome.costMicroUsd ?? '0'])
      return outcome
    },
    signal: run.signal,
    isDone: (key) => done.has(keyOf(key)),
    mayStart: () => demandMoney(spent, maxCostMicroUsd),
    keep: async (rows) => {
      const cost = sumMoney(rows.map(({ costMicroUsd }) => costMicroUsd ?? '0'))
      const progress = await inTransaction(deps.db, (tx) => addRows(tx, { experiment: id, rows, cost }))
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
  })
}

function demandMoney(spent: MicroUsd, most: MicroUsd | null): void {
  if (most === null || compareMoney(spent, most) < 0 || compareMoney(spent, '0') === 0) return
  throw new Failure(
    'limited',
    'evals.budget-reached',
    `The experiment has spent ${spent} of ${most} micro-dollars and stopped. Its rows stay; start it again with a higher maxCostMicroUsd.`,
  )
}

/** Scores, comparison, evidence and audit entry in one transaction: all are there or none. */
async function finish(
  deps: RunDeps,
  { experiment, plan, release }: { experiment: Experiment; plan: ExperimentPlan; release: Release },
): Promise<void> {
  const summary = await summariseApart({
    arms: plan.arms.map(({ arm }) => arm),
    rows: await listSummaryRows(deps.db, experiment.id),
    examples: plan.examples.map(({ example: { id, cluster } }) => ({ id, cluster })),
    measures: plan.evaluators.map(({ key, evaluator: { version, kind, unit, better } }) => ({
      key,
      version,
      kind,
      unit,
      better,
    })),
    suite: { primary: plan.suite.primary, margin: plan.suite.margin },
    intervals: experiment.intervals,
    seed: experiment.seed,
  })
  const arms = experiment.arms.map((arm) => ({ ...arm, ...summary.arms.find((one) => one.arm === arm.arm) }))
  const change = { state: 'succeeded' as const, arms, comparison: summary.comparison, finishedAt: deps.clock() }
  const fresh = (await findExperiment(deps.db, experiment.id)) ?? experiment
  const draft = await draftOf(deps, { ended: { ...fresh, ...change }, plan, release })
  await inTransaction(deps.db, async (tx) => {
    // False when it was cancelled in the meantime: then it proves nothing.
    if (!(await changeExperiment(tx, experiment.id, ['running'], change))) return
    if (draft) await deps.recordEvidence(tx, draft)
    await deps.record(tx, {
      actor: experiment.createdBy,
      action: 'evals.finish-experiment',
      subject: experiment.id,
      application: experiment.application,
      detail: { suite: experiment.suite, verdict: summary.comparison[0]?.verdict ?? null },
    })
  })
  tell(deps, experiment)
}

/** What this experiment and the newest ones of the release's other suites prove together. */
async function draftOf(
  deps: RunDeps,
  { ended, plan, release }: { ended: Experiment; plan: ExperimentPlan; release: Release },
): Promise<EvidenceDraft | undefined> {
  const { against } = plan
  if (against === null) return undefined
  const measured: Measured[] = []
  const unmeasured: string[] = []
  for (const { name } of release.manifest.suites) {
    const isOwn = name === ended.suite
    const other = isOwn ? plan : await planExperiment({ release, suite: name, against }, deps)
    const experiment = isOwn ? ended : await newestMeasuring(deps.db, other.measures, ['succeeded'])
    if (experiment) measured.push({ experiment, inputs: other.inputs })
    else unmeasured.push(name)
  }
  return draftEvidence({ release, against, measured, unmeasured, newest: ended, by: ended.createdBy })
}

export const tell = (
  { publish }: Pick<EvalsDeps, 'publish'>,
  { id, application }: Pick<Experiment, 'id' | 'application'>,
): void => publish({ topic: 'experiment', id, application })
