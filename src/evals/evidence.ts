/**
 * What finished experiments prove: `eval.smoke` against the baseline, `eval.regress` against a release.
 *
 * A check asks about the release, not about one suite, so a piece of evidence covers all its suites. Its
 * headline is the weakest of them on every figure: the least difference and the least bounds. A suite
 * that is not measured yet leaves the headline empty, and a gate reads that as inconclusive.
 */
import type { ActorId } from '../core/actor.ts'
import type { EvidenceDraft, Fact, Interval } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { sumMoney } from '../kernel/money.ts'
import type { Against, Experiment } from './experiment.ts'
import type { Comparison } from './results.ts'

export type Measured = { readonly experiment: Experiment; readonly inputs: readonly Part[] }

export const checkOf = (against: Against): 'eval.smoke' | 'eval.regress' =>
  against === 'baseline' ? 'eval.smoke' : 'eval.regress'

/** All runs count: a lucky one replaces nothing. */
export const asCombined = (experiment: Experiment): Experiment =>
  experiment.combined
    ? { ...experiment, arms: experiment.combined.arms, comparison: experiment.combined.comparison }
    : experiment

export function draftEvidence({
  release,
  against,
  measured,
  unmeasured,
  newest,
  by,
}: {
  release: Release
  against: Against
  /** The newest experiment of each suite that has one. */
  measured: readonly Measured[]
  /** Suites without one. */
  unmeasured: readonly string[]
  /** The experiment that has just ended. */
  newest: Experiment
  by: ActorId
}): EvidenceDraft {
  const primaries = measured.flatMap(({ experiment }) => primaryOf(experiment) ?? [])
  const isWhole = unmeasured.length === 0 && primaries.length === measured.length
  const headline = isWhole ? weakest(primaries.map(({ fact }) => fact)) : { value: null }
  const cases = primaries.reduce((sum, { comparison }) => sum + comparison.n, 0)
  const errors = measured.reduce((sum, { experiment }) => sum + harnessErrors(experiment), 0)
  return {
    application: release.application,
    release: release.id,
    check: checkOf(against),
    summary: [
      ...primaries.map(({ words }) => words),
      ...(unmeasured.length > 0 ? [`Not measured yet: ${unmeasured.join(', ')}.`] : []),
    ].join(' '),
    facts: {
      cases: { value: cases, n: cases },
      harnessErrors: { value: errors },
      ...(against === 'baseline'
        ? { difference: headline }
        : { drop: turned(headline), difference: headline, against: { value: against } }),
      ...Object.fromEntries(primaries.map(({ experiment, fact }) => [`difference of ${experiment.suite}`, fact])),
    },
    inputs: distinct(measured.flatMap(({ inputs }) => inputs)),
    producer: { name: 'evals', version: '1' },
    trust: 'measured',
    by,
    source: `experiment ${newest.id}`,
    costMicroUsd: sumMoney(measured.map(({ experiment }) => experiment.spentMicroUsd)),
  }
}

/** The primary comparison, turned so that more is better. */
function primaryOf(experiment: Experiment) {
  const comparison = experiment.comparison[0]
  if (!comparison) return undefined
  const score = experiment.arms[0]?.scores.find(({ evaluator }) => evaluator === comparison.evaluator)
  const plain: Fact = {
    value: comparison.difference,
    n: comparison.n,
    ...(comparison.interval && { interval: comparison.interval }),
    unit: score?.unit ?? 'share',
  }
  const fact = score?.better === 'lower' ? turned(plain) : plain
  return { experiment, comparison, fact, words: inWords(experiment, comparison) }
}

function inWords({ suite, arms }: Experiment, { evaluator, n, difference, interval, verdict }: Comparison): string {
  const against = arms.find(({ arm }) => arm === 'control')?.label ?? 'the other arm'
  if (difference === null) return `On ${suite} no example has a ${evaluator} in both arms.`
  const range = interval ? ` (95 % ${shown(interval.low)} to ${shown(interval.high)})` : ''
  return `On ${suite} ${evaluator} differs from ${against} by ${shown(difference)}${range} over ${n} pairs: ${verdict}.`
}

/** The least of every figure: no suite is worse than this. */
function weakest(facts: readonly Fact[]): Fact {
  const [only] = facts
  if (facts.length === 1 && only) return only
  const values = facts.map(({ value }) => value).filter((value) => typeof value === 'number')
  const intervals = facts.map(({ interval }) => interval).filter((interval) => interval !== undefined)
  if (facts.length === 0 || values.length < facts.length) return { value: null }
  const first = intervals[0]
  return {
    value: Math.min(...values),
    n: facts.reduce((sum, { n = 0 }) => sum + n, 0),
    ...(first &&
      intervals.length === facts.length && {
        interval: {
          low: Math.min(...intervals.map(({ low }) => low)),
          high: Math.min(...intervals.map(({ high }) => high)),
          method: `weakest of ${facts.length} suites, ${[...new Set(intervals.map(({ method }) => method))].join(', ')}`,
          sides: first.sides,
          level: first.level,
        },
      }),
    unit: facts[0]?.unit ?? 'share',
  }
}

/** The same figure with the other sign: a drop is a negative difference. */
const turned = ({ interval, value, ...rest }: Fact): Fact => ({
  ...rest,
  value: typeof value === 'number' ? 0 - value : value,
  ...(interval && { interval: turnedInterval(interval) }),
})

const turnedInterval = ({ low, high, ...rest }: Interval): Interval => ({ ...rest, low: 0 - high, high: 0 - low })

/** Rows that failed to run, and scores of the deciding evaluator that could not be made. */
const harnessErrors = ({ arms, primary }: Experiment): number =>
  arms.reduce((sum, { failed, scores }) => {
    const errors = scores.find(({ evaluator }) => evaluator === primary)?.errors ?? 0
    return sum + Math.max(failed, errors)
  }, 0)

const distinct = (parts: readonly Part[]): Part[] => [
  ...new Map(parts.map((part) => [`${part.kind} ${part.name} ${part.digest}`, part])).values(),
]

const shown = (value: number): string => String(Math.round(value * 10_000) / 10_000)
