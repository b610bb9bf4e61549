/**
 * Are groups of people served alike? Read from the slices that suites declare (`eval.fairness`). Pure.
 *
 * Invariant: what too few cases leave open is open, with the number of cases that would decide; it is never a pass.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { behaviourParts, type Part, partsOf } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import { normalQuantile } from '../../kernel/statistics/index.ts'
import type { Experiment } from '../experiment.ts'
import { type Gap, type GapAt, type Group, MARGIN, missingFor } from './gap.ts'
import { type PairedCase, pairedGap } from './pairs.ts'
import { forSeveral } from './several.ts'

const LEVEL = 0.95

/**
 * The widest gap between two groups; the distances of their intervals, squared and added (Newcombe 1998). Intervals of
 * groups are kept at 95 %; for another level their distances are stretched as those of a normal one.
 */
export function gapOf(suite: string, by: string, groups: readonly Group[], level = LEVEL): Gap | undefined {
  const sorted = groups.toSorted((one, other) => other.mean - one.mean)
  const [best, worst] = [sorted[0], sorted.at(-1)]
  if (!best || !worst || groups.length < 2) return undefined
  const stretch = zOf(level) / zOf(LEVEL)
  const gap = best.mean - worst.mean
  const low = gap - stretch * Math.hypot(best.mean - best.low, worst.high - worst.mean)
  const high = gap + stretch * Math.hypot(best.high - best.mean, worst.mean - worst.low)
  return {
    suite,
    by,
    best,
    worst,
    gap,
    low,
    high,
    level,
    missingCases: missingFor({ gap, low, high, n: best.n + worst.n }),
  }
}

const zOf = (level: number): number => normalQuantile((1 + level) / 2)

/** From the newest experiment of each suite; slices are those that the suite declared before the run. */
export function draftFairness(given: {
  release: Release
  experiments: readonly Experiment[]
  /** Scored cases by suite, for attributes that they carry as pairs. */
  cases?: ReadonlyMap<string, readonly PairedCase[]>
  by: ActorId
}): EvidenceDraft | undefined {
  const { release, by } = given
  const suites = release.manifest.suites.filter(({ slices = [] }) => slices.length > 0)
  const gaps = suites.flatMap((suite) => {
    const experiment = given.experiments.find((one) => one.suite === suite.name)
    const cases = given.cases?.get(suite.name) ?? []
    const kind = experiment?.arms[0]?.scores.find(({ evaluator }) => evaluator === suite.primary)?.kind ?? 'mean'
    return (suite.slices ?? []).flatMap((by): GapAt[] => {
      const at = (level: number) =>
        pairedGap({ suite: suite.name, by, kind, margin: MARGIN, level }, cases) ??
        gapOf(suite.name, by, groupsOf(experiment, by), level)
      const first = at(LEVEL)
      return first ? [(level) => at(level) ?? first] : []
    })
  })
  const found = forSeveral(gaps)
  if (found.length === 0) return undefined
  const [widest] = found.toSorted((one, other) => other.low - one.low)
  const groups = found.length * 2
  const names = new Set(suites.flatMap(({ name, dataset }) => [`suite ${name}`, `dataset ${dataset}`]))
  return {
    application: release.application,
    release: release.id,
    check: 'eval.fairness',
    summary: [...found.map(inWords), ...(found.length > 1 ? [SEVERAL] : [])].join(' '),
    facts: {
      slices: { value: Math.max(groups, 2) },
      gap: factOf(widest),
      missingCases: { value: found.reduce((sum, { missingCases }) => sum + missingCases, 0) },
    },
    inputs: [
      ...behaviourParts(release.manifest),
      ...partsOf(release.manifest).filter(({ kind, name }: Part) => names.has(`${kind} ${name}`)),
    ],
    producer: { name: 'evals/fairness', version: '3' },
    trust: 'measured',
    by,
    source: given.experiments.map(({ id }) => `experiment ${id}`).join(', ') || null,
  }
}

function groupsOf(experiment: Experiment | undefined, by: string): Group[] {
  return (experiment?.slices ?? []).flatMap((slice) => {
    const score = slice.by === by ? slice.arms.find(({ arm }) => arm === 'candidate') : undefined
    if (!score || score.mean === null || score.interval === null) return []
    const { low, high } = score.interval
    return [{ value: slice.value, n: score.n, mean: score.mean, low, high }]
  })
}

function factOf(gap: Gap | undefined): Fact {
  if (!gap) return { value: null }
  const { low, high, best, worst, pairs, level } = gap
  const method = pairs ? 'paired' : 'distances squared and added'
  return {
    value: gap.gap,
    n: pairs ?? best.n + worst.n,
    interval: { low, high, method: level > LEVEL ? `${method}, lower end by Holm` : method, sides: 2, level: LEVEL },
    unit: 'share',
  }
}

const inWords = ({ suite, by, best, worst, gap, low, high, pairs, missingCases }: Gap): string =>
  `On ${suite} by ${by}${pairs ? ` in ${pairs} pairs` : ''}: ${worst.value} ${percent(worst.mean)} beside ${best.value} ${percent(best.mean)}, a gap of ${percent(gap)} (95 % ${percent(low)} to ${percent(high)})${missingCases > 0 ? `; about ${missingCases} more cases would decide` : ''}.`

const SEVERAL = 'Lower ends hold for all attributes at once (Holm).'

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
