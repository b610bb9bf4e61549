/** An experiment before its first row: what is asked for, and what is promised. */
import { digestOf, shortDigest } from '../kernel/digest.ts'
import { NOTHING } from '../kernel/money.ts'
import type { EvalsDeps } from './deps.ts'
import type { Experiment, ExperimentArm, ExperimentId, Quote } from './experiment.ts'
import type { ExperimentAsk } from './experiment-ask.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import type { Registration } from './results.ts'
import { demandStoppable, LEAST_PAIRS } from './stop-rule.ts'

export async function newExperiment(
  plan: ExperimentPlan,
  ask: Omit<ExperimentAsk, 'release' | 'suite'> & {
    id: ExperimentId
    quote: Quote
    /** Runs that measured exactly this before. */
    runsBefore: number
    deps: Pick<EvalsDeps, 'organisation' | 'programVersion' | 'clock'>
  },
): Promise<Experiment> {
  const { id, deps, runsBefore, quote, by } = ask
  const { repeats = 1, intervals = 'clustered-t', maxCostMicroUsd = null } = ask
  const { variants = [], reuse = false, stopEarly = false, serving = 'real-time', tags = {} } = ask
  if (stopEarly) await demandStoppable(plan, repeats)
  return {
    id,
    organisation: deps.organisation,
    application: plan.release.application,
    release: plan.release.id,
    against: plan.against,
    suite: plan.suite.name,
    dataset: plan.dataset.name,
    splits: plan.suite.splits,
    repeats,
    intervals,
    primary: plan.suite.primary,
    variants: [...variants],
    registered: registrationOf(plan, {
      stopping: stopEarly ? { alpha: STOPPING_ALPHA, leastPairs: LEAST_PAIRS } : null,
      runsBefore,
    }),
    isReusing: reuse,
    serving,
    tags: { ...tags },
    state: 'queued',
    progress: { done: 0, total: plan.examples.length * plan.arms.length * repeats },
    quote,
    maxCostMicroUsd,
    spentMicroUsd: NOTHING,
    spentUnpriced: [],
    arms: plan.arms.map(emptyArm),
    comparison: [],
    further: [],
    slices: [],
    combined: null,
    stoppedEarly: null,
    measures: plan.measures,
    seed: Number.parseInt(shortDigest(digestOf(id)), 16),
    environment: {
      airworthy: deps.programVersion,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
    },
    error: null,
    createdAt: deps.clock(),
    createdBy: by,
    startedAt: null,
    finishedAt: null,
  }
}

/** Chance of a false end over all looks. */
const STOPPING_ALPHA = 0.05
const PASS_AT = 0.5

/** What is promised before the first row runs. */
const registrationOf = (
  { suite, dataset, examples, evaluators }: ExperimentPlan,
  more: Pick<Registration, 'stopping' | 'runsBefore'>,
): Registration => ({
  suiteDigest: suite.digest,
  datasetDigest: dataset.digest,
  kind: suite.kind ?? null,
  n: examples.length,
  margin: suite.margin,
  threshold: suite.threshold ?? null,
  passAt: suite.passAt ?? PASS_AT,
  evaluators: evaluators.map(({ key, evaluator: { version } }) => ({ key, version })),
  slices: suite.slices ?? [],
  sliceFloor: suite.sliceFloor ?? null,
  isPublished: suite.published ?? false,
  ...more,
})

const emptyArm = ({ arm, label, release, behaviour }: ExperimentPlan['arms'][number]): ExperimentArm => ({
  arm,
  label,
  release,
  behaviour: [...behaviour],
  rows: 0,
  failed: 0,
  scores: [],
  latencyMs: null,
  costMicroUsd: null,
  tokens: { input: 0, output: 0, estimated: false },
  seconds: null,
  reused: 0,
})
