/**
 * What the release's own scores prove, beside any comparison: `eval.quality`, `eval.holdout` and `eval.grounded`.
 *
 * Every suite that speaks to a check counts with its newest run on this release, and the weakest of them is the
 * headline. What no suite measures stays empty; a gate reads that as missing, never as passed.
 */
import type { EvidenceDraft, Fact } from '../core/evidence.ts'
import { fallbacksOf, measuredAlone, replacementsOf } from '../core/fallbacks.ts'
import type { Part } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { sumMoney } from '../kernel/money.ts'
import { nonInferioritySampleSize, wilsonLower } from '../kernel/statistics/index.ts'
import type { Database, Tx } from '../store/database.ts'
import { asCombined } from './evidence.ts'
import type { Experiment, Score } from './experiment.ts'
import { planExperiment } from './experiment-plan.ts'
import { holdoutSeen } from './holdout-seen.ts'
import type { RunDeps } from './run-deps.ts'
import { LEAST_SLICE } from './slices.ts'
import { newestOfSuite } from './store.ts'
import { type FailureCluster, listClusters } from './triage/index.ts'

type Measured = {
  readonly experiment: Experiment
  readonly inputs: readonly Part[]
  readonly clusters: readonly FailureCluster[]
}

/** Drafts for every check that the suites of the release speak to; none for experiments with variants only. */
export async function qualityOf(
  deps: Omit<RunDeps, 'running' | 'waiting'>,
  {
    ended,
    release,
    clusters,
    db = deps.db,
  }: { ended: Experiment; release: Release; clusters: readonly FailureCluster[]; db?: Database | Tx },
): Promise<EvidenceDraft[]> {
  const measured: Measured[] = []
  for (const { name } of release.manifest.suites) {
    const isOwn = name === ended.suite
    const experiment = isOwn ? ended : await newestOfSuite(db, { release: release.id, suite: name })
    if (!experiment?.registered) continue
    const { inputs } = await planExperiment({ release, suite: name, against: null }, deps)
    measured.push({
      experiment: asCombined(experiment),
      inputs,
      clusters: isOwn ? clusters : await listClusters(db, experiment.id),
    })
  }
  const exams = measured.filter(({ experiment }) => experiment.splits.includes('holdout'))
  const plain = measured.filter(({ experiment }) => !experiment.splits.includes('holdout'))
  const drafts: EvidenceDraft[] = []
  const isExam = ended.splits.includes('holdout')
  const draft = (check: string, some: readonly Measured[], facts: Record<string, Fact>, summary: string) =>
    drafts.push({
      application: release.application,
      release: release.id,
      check,
      summary,
      facts,
      inputs: distinct(some.flatMap(({ inputs }) => inputs)),
      producer: { name: 'evals', version: '1' },
      trust: 'measured',
      by: ended.createdBy,
      source: `experiment ${ended.id}`,
      costMicroUsd: sumMoney(some.map(({ experiment }) => experiment.spentMicroUsd)),
    })
  const aimed = plain.filter(({ experiment }) => experiment.registered?.threshold != null)
  if (!isExam && aimed.length > 0) {
    const unmeasured = unmeasuredModels(release, aimed)
    const facts = withUnmeasured(qualityFacts(aimed), unmeasured)
    draft('eval.quality', aimed, facts, `${qualityWords(aimed, facts)}${unmeasuredWords(unmeasured)}`)
  }
  if (isExam) {
    const seen = await holdoutSeen({ ...deps, db }, { release, dataset: ended.dataset })
    draft('eval.holdout', exams, { ...holdoutFacts(exams), ...seen.facts }, seen.summary)
  }
  const grounded = groundedFacts(plain)
  if (!isExam && grounded)
    draft(
      'eval.grounded',
      plain,
      grounded,
      `Grounding over ${plain.map(({ experiment }) => experiment.suite).join(', ')}.`,
    )
  return drafts
}

function qualityFacts(measured: readonly Measured[]): Record<string, Fact> {
  const registered = measured.map(({ experiment }) => ({ experiment, registered: experiment.registered }))
  const margins = registered.map(({ experiment, registered: plan }) => {
    const score = primaryOf(experiment)
    const low = score && lowerBound(score)
    return low === undefined || plan?.threshold == null ? null : low - plan.threshold
  })
  const slices = registered.flatMap(({ experiment, registered: plan }) =>
    experiment.slices
      .filter(({ isDeclared }) => isDeclared)
      .map((slice) => ({ slice, floor: plan?.sliceFloor ?? null })),
  )
  const known = margins.filter((margin) => margin !== null)
  const scores = measured.map(({ experiment }) => primaryOf(experiment))
  const weakest = scores.reduce((least, score) => ((score?.mean ?? 2) < (least?.mean ?? 2) ? score : least), scores[0])
  const all = weakest?.reliability.at(-1)
  return {
    cases: { value: scores.reduce((sum, score) => sum + (score?.n ?? 0), 0) },
    repeats: { value: Math.min(...measured.map(({ experiment }) => repeatsOf(experiment))) },
    marginToTarget: {
      value: known.length < margins.length ? null : Math.min(...known),
      n: scores.reduce((sum, score) => sum + (score?.n ?? 0), 0),
      unit: 'share',
    },
    score: scoreFact(weakest),
    passAllK: all
      ? { value: all.passAllK, n: all.n, ...(all.interval && { interval: all.interval }) }
      : { value: null },
    slicesBelowSize: { value: slices.filter(({ slice }) => !slice.isEnough).length },
    leastSlice: { value: LEAST_SLICE },
    slicesBelowFloor: {
      value: slices.filter(({ slice, floor }) => floor !== null && slice.isEnough && candidateMean(slice) < floor)
        .length,
    },
    untriagedClusters: {
      value: measured.reduce((sum, { clusters }) => sum + clusters.filter(({ decision }) => !decision).length, 0),
    },
    harnessErrors: {
      value: measured.reduce((sum, { experiment }) => sum + (primaryOf(experiment)?.errors ?? 0), 0),
    },
  }
}

/** Those that would answer unmeasured: fallbacks and targets of routes of which no suite of their own has been run. */
type Unmeasured = { readonly fallbacks: readonly string[]; readonly targets: readonly string[] }

function unmeasuredModels({ manifest }: Release, measured: readonly Measured[]): Unmeasured {
  const proven = manifest.suites.filter(({ name }) => measured.some(({ experiment }) => experiment.suite === name))
  const left = replacementsOf(manifest.flow).filter((name) => !proven.some((suite) => measuredAlone(suite) === name))
  const fallbacks = fallbacksOf(manifest.flow)
  return {
    fallbacks: left.filter((name) => fallbacks.includes(name)),
    targets: left.filter((name) => !fallbacks.includes(name)),
  }
}

/** What answers some requests answers too: while it is not measured, nobody knows how far the release is from its target. */
const withUnmeasured = (facts: Record<string, Fact>, { fallbacks, targets }: Unmeasured): Record<string, Fact> =>
  fallbacks.length + targets.length === 0
    ? facts
    : {
        ...facts,
        marginToTarget: { value: null, unit: 'share' },
        ...(fallbacks.length > 0 && { unmeasuredFallbacks: { value: fallbacks.length } }),
        ...(targets.length > 0 && { unmeasuredTargets: { value: targets.length } }),
      }

function unmeasuredWords({ fallbacks, targets }: Unmeasured): string {
  const names = [...fallbacks.map((name) => `the fallback ${name}`), ...targets.map((name) => `the target ${name}`)]
  if (names.length === 0) return ''
  const fields = [...(fallbacks.length > 0 ? ['fallback'] : []), ...(targets.length > 0 ? ['target'] : [])]
  return ` Not measured: ${names.join(', ')}. Give each a suite with ${fields.map((field) => `\`${field}: <name>\``).join(' or ')} and a threshold, and run \`airworthy eval\`.`
}

function qualityWords(measured: readonly Measured[], facts: Record<string, Fact>): string {
  const names = measured.map(({ experiment }) => experiment.suite).join(', ')
  const margin = facts.marginToTarget?.value
  return `${names}: ${facts.cases?.value} cases, ${facts.repeats?.value} repeats; the lower bound is ${typeof margin === 'number' ? `${margin >= 0 ? '' : '-'}${Math.abs(margin).toFixed(3)} from its target` : 'not known'}.`
}

/** n for the measured rate at the suite's margin, at least 400; what is missing is a fact of its own. */
const LEAST_EXAM = 400

function holdoutFacts(measured: readonly Measured[]): Record<string, Fact> {
  const cases = measured.reduce((sum, { experiment }) => sum + (primaryOf(experiment)?.n ?? 0), 0)
  const needed = Math.max(LEAST_EXAM, ...measured.map(({ experiment }) => neededForExam(experiment)))
  const verdicts = measured.map(({ experiment }) => passesExam(experiment))
  const score = primaryOf(measured[0]?.experiment)
  return {
    cases: { value: cases },
    missingCases: { value: Math.max(0, needed - cases) },
    score: scoreFact(score),
    notInferior: { value: verdicts.includes(false) ? false : verdicts.every((one) => one === true) ? true : null },
  }
}

function neededForExam(experiment: Experiment): number {
  const rate = primaryOf(experiment)?.mean ?? null
  const margin = experiment.registered?.margin ?? 0.05
  if (rate === null || rate <= 0 || rate >= 1) return 0
  return nonInferioritySampleSize({ p: rate, margin, correlation: 0.4 }).n
}

/** Not inferior to what it was compared with, or above the target; null while neither is decided. */
function passesExam({ comparison, registered, ...experiment }: Experiment): boolean | null {
  const [first] = comparison
  if (first) return first.nonInferior
  const score = primaryOf({ ...experiment, comparison, registered })
  const low = score && lowerBound(score)
  if (low === undefined || registered?.threshold == null) return null
  return low >= registered.threshold
}

/** Facts by the evaluators that speak of grounding; undefined when no suite has one of them. */
function groundedFacts(measured: readonly Measured[]): Record<string, Fact> | undefined {
  const weakestOf = (isOne: (evaluator: string) => boolean): Score | undefined =>
    measured
      .flatMap(({ experiment }) => experiment.arms[0]?.scores ?? [])
      .filter(({ evaluator, n }) => isOne(evaluator.replace(/#\d+$/, '')) && n > 0)
      .toSorted((one, other) => (one.mean ?? 0) - (other.mean ?? 0))[0]
  const found = {
    faithfulness: weakestOf((id) => id === 'faithfulness'),
    citationValidity: weakestOf((id) => id === 'citation-validity'),
    recallAtK: weakestOf((id) => id === 'recall-at-k'),
    abstention: weakestOf((id) => id === 'abstention'),
  }
  if (Object.values(found).every((score) => score === undefined)) return undefined
  return Object.fromEntries(Object.entries(found).map(([name, score]) => [name, scoreFact(score)]))
}

const scoreFact = (score: Score | undefined): Fact =>
  score
    ? { value: score.mean, n: score.n, ...(score.interval && { interval: score.interval }), unit: score.unit }
    : { value: null }

const primaryOf = (experiment: Experiment | undefined): Score | undefined =>
  experiment?.arms[0]?.scores.find(({ evaluator }) => evaluator === experiment.primary)

/** One-sided 95 %: Wilson's where cases are independent rates, else the lower end of what was reported. */
function lowerBound({ mean, n, interval }: Score): number | undefined {
  if (mean === null || !interval) return undefined
  if (interval.method !== 'wilson') return interval.low
  return wilsonLower({ successes: Math.round(mean * n), n, confidence: 0.95 })
}

const repeatsOf = ({ repeats, combined }: Experiment): number => repeats * (combined?.experiments.length ?? 1)
const candidateMean = ({ arms }: Experiment['slices'][number]): number =>
  arms.find(({ arm }) => arm === 'candidate')?.mean ?? 0

const distinct = (parts: readonly Part[]): Part[] => [
  ...new Map(parts.map((part) => [`${part.kind} ${part.name} ${part.digest}`, part])).values(),
]
