/** The end of an experiment: figures, failure clusters, evidence and audit entry in one transaction; all are there or none. */

import { lastUserTurn } from '../core/conversation.ts'
import { type Example, turnsOf } from '../core/dataset.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import type { NewId } from '../kernel/ids.ts'
import { inTransaction } from '../store/database.ts'
import { keepScores } from './arms/index.ts'
import { type Logged, type Places, readScores, type Scratch } from './columns/index.ts'
import { asCombined, draftEvidence, type Measured } from './evidence.ts'
import type { Experiment, ExperimentId } from './experiment.ts'
import { type ExperimentPlan, planExperiment } from './experiment-plan.ts'
import { informsOnly, undecidedByJudges } from './judges/index.ts'
import { createNumberLog, type Gathered, type NumberLog, numbersOf, type RowNumbers } from './numbers/index.ts'
import { qualityOf } from './quality.ts'
import { keepOrder } from './row-pages/index.ts'
import { type RunDeps, tell } from './run-deps.ts'
import type { StopRule } from './stop-rule.ts'
import { changeExperiment, findExperiment, listFailedRows, listMeasuring, newestMeasuring } from './store.ts'
import { summariseApart } from './summarise-apart.ts'
import type { SummaryInput } from './summary.ts'
import { addClusters, clusterFailures, type FailureCluster, MOST_CASES } from './triage/index.ts'
import type { ArmName } from './variant.ts'

const PASS_AT = 0.5

type Ended = {
  readonly experiment: Experiment
  readonly plan: ExperimentPlan
  readonly release: Release
  readonly stop: StopRule | undefined
  readonly gathered: Gathered
}

export async function finish(deps: RunDeps, { experiment, plan, release, stop, gathered }: Ended): Promise<void> {
  await using scratch = await deps.blobs.loose()
  const ask = summaryAsk(experiment, plan, { ...gathered, scratch })
  await using read = gathered.isWhole() ? undefined : await logOf(deps, [experiment], ask)
  const logged = (read ?? gathered).logged()
  const { places, measures } = gathered
  await using ranking = await deps.blobs.loose()
  const own = await summariseApart({ ...ask.input, logged, ranking: ranking.descriptor })
  await keepOrder(deps, { experiment, places, measures, logged, ranking })
  await keepPrimary(deps, { experiment, plan, logged, gathered })
  const change = {
    state: 'succeeded' as const,
    arms: labelled(experiment, own.arms),
    comparison: stop ? own.comparison.map((one, at) => (at === 0 ? decidedBy(one, stop) : one)) : own.comparison,
    further: own.further,
    slices: own.slices,
    stoppedEarly: stop?.decided
      ? `Decided after ${stop.pairs} of ${plan.examples.length} pairs: ${stop.decided.verdict}. The rest was not run.`
      : null,
    combined: await combine(deps, { experiment, ask }),
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

/** What a choice of a model asks again and again: the primary score of each arm. */
async function keepPrimary(
  deps: Pick<RunDeps, 'db' | 'blobs'>,
  { experiment, plan, logged, gathered }: Pick<Ended, 'experiment' | 'plan' | 'gathered'> & { logged: Logged },
): Promise<void> {
  const { cases, places, measures } = gathered
  const primaryAt = measures.findIndex(({ key }) => key === plan.suite.primary)
  await using scratch = await deps.blobs.loose()
  const columns = readScores(logged, primaryAt, scratch)
  await keepScores(deps, { experiment, columns, cases, places, rows: plan.dataset.rows })
}

type SummaryAsk = {
  /** Nothing that a thread could not be given. */
  readonly input: Omit<SummaryInput, 'logged' | 'ranking'>
  readonly armNames: readonly ArmName[]
  readonly places: Places
}

const summaryAsk = (
  { intervals, seed }: Experiment,
  { arms, suite }: ExperimentPlan,
  { cases, places, measures, scratch }: Pick<Gathered, 'cases' | 'places' | 'measures'> & { scratch: Scratch },
): SummaryAsk => ({
  input: { cases, measures, suite, intervals, seed, scratch: { descriptor: scratch.descriptor } },
  armNames: arms.map(({ arm }) => arm),
  places,
})

/** The numbers of these runs together. */
async function logOf(
  { db, blobs }: Pick<RunDeps, 'db' | 'blobs'>,
  runs: readonly Pick<Experiment, 'id' | 'repeats'>[],
  { input: { cases, measures }, armNames, places }: SummaryAsk,
  isMeant: (row: RowNumbers, run: ExperimentId) => boolean = () => true,
): Promise<NumberLog> {
  const repeats = runs.reduce((sum, run) => sum + run.repeats, 0)
  const log = createNumberLog({ arms: armNames, measures, examples: cases.count, repeats }, blobs.loose)
  for (const { id } of runs)
    for await (const page of numbersOf(db, { experiment: id, evaluators: measures.map(({ key }) => key) }))
      for (const row of page) if (isMeant(row, id)) await log.add(places.placeOf(row.exampleNumber), row)
  return log
}

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
  { experiment, ask }: { experiment: Experiment; ask: SummaryAsk },
): Promise<Experiment['combined']> {
  const before = (await listMeasuring(deps.db, experiment.measures)).filter(
    // A run that ended early chose its own n, and its interval is of another kind.
    ({ id, stoppedEarly }) => id !== experiment.id && stoppedEarly === null,
  )
  if (before.length === 0) return null
  const runs = [...before, experiment]
  // An answer that was taken again is the same observation; its first row is there already.
  await using originals = await logOf(deps, runs, ask, ({ isReused }) => !isReused)
  const hasOriginals = originals.logged().arms.some(({ rows }) => rows > 0)
  await using others = hasOriginals
    ? undefined
    : await logOf(deps, runs, ask, ({ isReused }, run) => !isReused || run === experiment.id)
  const { arms, comparison } = await summariseApart({ ...ask.input, logged: (others ?? originals).logged() })
  return { experiments: runs.map(({ id }) => id), arms: labelled(experiment, arms), comparison }
}

/** What did not pass in the release's own arm, by what is alike. */
async function clustersOf(
  { db, newId }: { db: RunDeps['db']; newId: NewId },
  { experiment, plan }: { experiment: Experiment; plan: ExperimentPlan },
): Promise<FailureCluster[]> {
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  // What is no share has no point from which a case passes.
  const passAt = plan.suite.passAt ?? (primary?.unit === 'share' && primary.better === 'higher' ? PASS_AT : null)
  const failed = await listFailedRows(db, {
    experiment: experiment.id,
    primary: plan.suite.primary,
    passAt,
    limit: MOST_CASES,
  })
  const asked = await plan.examples.numbered(failed.map(({ exampleNumber }) => exampleNumber))
  // Of held-out questions no word shows, in labels and terms neither.
  const isHidden = ({ split }: Example) => split === 'holdout' && plan.dataset.from !== undefined
  const cases = failed.map((row, at) => {
    const example = asked[at]?.example
    return !example || isHidden(example)
      ? { ...row, question: '', detail: '', error: row.error && 'held out' }
      : { ...row, question: lastUserTurn(turnsOf(example)) }
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
