/** The end of an experiment: figures, failure clusters, evidence and audit entry in one transaction; all are there or none. */

import { lastUserTurn } from '../core/conversation.ts'
import { type Example, turnsOf } from '../core/dataset.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import type { NewId } from '../kernel/ids.ts'
import { inTransaction } from '../store/database.ts'
import { asCombined, draftEvidence, type Measured } from './evidence.ts'
import type { Experiment } from './experiment.ts'
import { type ExperimentPlan, planExperiment } from './experiment-plan.ts'
import { informsOnly, undecidedByJudges } from './judges/index.ts'
import { qualityOf } from './quality.ts'
import { type RunDeps, tell } from './run-deps.ts'
import { sliceValues } from './slice-values.ts'
import type { StopRule } from './stop-rule.ts'
import {
  changeExperiment,
  findExperiment,
  listFailedRows,
  listMeasuring,
  listSummaryRows,
  newestMeasuring,
} from './store.ts'
import { summariseApart } from './summarise-apart.ts'
import type { SummaryInput, SummaryRow } from './summary.ts'
import { addClusters, clusterFailures, type FailureCluster } from './triage/index.ts'

const PASS_AT = 0.5

type Ended = { experiment: Experiment; plan: ExperimentPlan; release: Release; stop: StopRule | undefined }

export async function finish(deps: RunDeps, { experiment, plan, release, stop }: Ended): Promise<void> {
  const rows = await listSummaryRows(deps.db, experiment.id)
  const ask = summaryAsk(experiment, plan)
  const own = await summariseApart({ ...ask, rows })
  const change = {
    state: 'succeeded' as const,
    arms: labelled(experiment, own.arms),
    comparison: stop ? own.comparison.map((one, at) => (at === 0 ? decidedBy(one, stop) : one)) : own.comparison,
    further: own.further,
    slices: own.slices,
    stoppedEarly: stop?.decided
      ? `Decided after ${stop.pairs} of ${plan.examples.length} pairs: ${stop.decided.verdict}. The rest was not run.`
      : null,
    combined: await combine(deps, { experiment, rows, ask }),
    finishedAt: deps.clock(),
  }
  const clusters = await clustersOf(deps, { experiment, plan })
  const fresh = (await findExperiment(deps.db, experiment.id)) ?? experiment
  const ended = { ...fresh, ...change }
  const undecided = await undecidedByJudges(deps.db, release)
  const drafts = [await draftOf(deps, { ended, plan, release }), await qualityOf(deps, { ended, release, clusters })]
  await inTransaction(deps.db, async (tx) => {
    // False when it was cancelled in the meantime: then it proves nothing.
    if (!(await changeExperiment(tx, experiment.id, ['running'], change))) return
    await addClusters(tx, clusters)
    for (const draft of drafts.flat()) if (draft) await deps.recordEvidence(tx, informsOnly(draft, undecided))
    await deps.record(tx, {
      actor: experiment.createdBy,
      action: 'evals.finish-experiment',
      subject: experiment.id,
      application: experiment.application,
      detail: { suite: experiment.suite, verdict: change.comparison[0]?.verdict ?? null },
    })
  })
  tell(deps, experiment)
}

type SummaryAsk = Omit<SummaryInput, 'rows'>

const summaryAsk = (experiment: Experiment, plan: ExperimentPlan): SummaryAsk => ({
  arms: plan.arms.map(({ arm }) => arm),
  // In the order of the dataset, also where the run drew another one.
  examples: plan.examples
    .toSorted((one, other) => one.number - other.number)
    .map(({ example }) => ({
      id: example.id,
      cluster: example.cluster,
      ...(plan.suite.slices && { slices: sliceValues(example, plan.suite.slices) }),
    })),
  measures: plan.evaluators.map(({ key, evaluator: { version, kind, unit, better } }) => ({
    key,
    version,
    kind,
    unit,
    better,
  })),
  suite: plan.suite,
  intervals: experiment.intervals,
  seed: experiment.seed,
})

const labelled = (
  experiment: Experiment,
  arms: readonly Omit<Experiment['arms'][number], 'label' | 'release' | 'behaviour'>[],
) => experiment.arms.map((arm) => ({ ...arm, ...arms.find((one) => one.arm === arm.arm) }))

/** The interval that was looked at all the time is the one that counts. */
const decidedBy = (comparison: Experiment['comparison'][number], stop: StopRule): Experiment['comparison'][number] => ({
  ...comparison,
  interval: stop.interval,
  verdict: stop.decided?.verdict ?? 'undecided',
  pValue: null,
  method: stop.interval.method,
})

/** This run and all earlier ones that measured the same, repeats counted on; undefined while it is the only one. */
async function combine(
  deps: RunDeps,
  { experiment, rows, ask }: { experiment: Experiment; rows: readonly SummaryRow[]; ask: SummaryAsk },
): Promise<Experiment['combined']> {
  const before = (await listMeasuring(deps.db, experiment.measures)).filter(
    // A run that ended early chose its own n, and its interval is of another kind.
    ({ id, stoppedEarly }) => id !== experiment.id && stoppedEarly === null,
  )
  if (before.length === 0) return null
  const all: SummaryRow[] = [...rows]
  let repeats = experiment.repeats
  for (const { id, repeats: count } of before) {
    // An answer that was taken again is the same observation; its first row is here already.
    for (const row of await listSummaryRows(deps.db, id))
      if (!row.isReused) all.push({ ...row, repeat: row.repeat + repeats })
    repeats += count
  }
  const originals = all.filter(({ isReused }) => !isReused)
  const { arms, comparison } = await summariseApart({ ...ask, rows: originals.length > 0 ? originals : all })
  return {
    experiments: [...before.map(({ id }) => id), experiment.id],
    arms: labelled(experiment, arms),
    comparison,
  }
}

/** What did not pass in the release's own arm, by what is alike. */
async function clustersOf(
  { db, newId }: { db: RunDeps['db']; newId: NewId },
  { experiment, plan }: { experiment: Experiment; plan: ExperimentPlan },
): Promise<FailureCluster[]> {
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  // What is no share has no point from which a case passes.
  const passAt = plan.suite.passAt ?? (primary?.unit === 'share' && primary.better === 'higher' ? PASS_AT : null)
  const failed = await listFailedRows(db, { experiment: experiment.id, primary: plan.suite.primary, passAt })
  // Of held-out questions no word shows, in labels and terms neither.
  const isHidden = ({ split }: Example) => split === 'holdout' && plan.dataset.from !== undefined
  const shown = plan.examples.filter(({ example }) => !isHidden(example))
  const questions = new Map(shown.map(({ example }) => [example.id, lastUserTurn(turnsOf(example))]))
  const cases = failed.map((row) => {
    const question = questions.get(row.example)
    return question === undefined
      ? { ...row, question: '', detail: '', error: row.error && 'held out' }
      : { ...row, question }
  })
  return clusterFailures(cases).map(({ key: _, examples, ...found }) => ({
    id: newId('fcl'),
    organisation: experiment.organisation,
    experiment: experiment.id,
    ...found,
    examples,
    n: examples.length,
    owner: null,
    decision: null,
    note: null,
    decidedBy: null,
    decidedAt: null,
  }))
}

/** What this experiment and the newest ones of the release's other suites prove together. */
async function draftOf(
  deps: RunDeps,
  { ended, plan, release }: { ended: Experiment; plan: ExperimentPlan; release: Release },
): Promise<EvidenceDraft[]> {
  const { against } = plan
  if (against === null || ended.variants.length > 0) return []
  const measured: Measured[] = []
  const unmeasured: string[] = []
  for (const { name, splits } of release.manifest.suites) {
    // The exam is another check, and not run each time.
    if (splits.includes('holdout') && name !== ended.suite) continue
    const isOwn = name === ended.suite
    const other = isOwn ? plan : await planExperiment({ release, suite: name, against }, deps)
    const experiment = isOwn ? ended : await newestMeasuring(deps.db, other.measures, ['succeeded'])
    if (experiment) measured.push({ experiment: asCombined(experiment), inputs: other.inputs })
    else unmeasured.push(name)
  }
  return [draftEvidence({ release, against, measured, unmeasured, newest: ended, by: ended.createdBy })]
}
