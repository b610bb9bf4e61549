/**
 * Are groups of people served alike? Read from the slices that suites declare (`eval.fairness`). Pure.
 *
 * Invariant: what too few cases leave open is open, with the number of cases that would decide; it is never a pass.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { behaviourParts, type Part, partsOf } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Experiment } from '../experiment.ts'
import type { Gap, Group } from './gap.ts'
import { type PairedCase, pairedGap } from './pairs.ts'

/** A gap within it does not matter, as the catalogue has it. */
export const MARGIN = 0.05
const LEVEL = 0.95

/** The widest gap between two groups; the distances of their intervals, squared and added (Newcombe 1998). */
export function gapOf(suite: string, by: string, groups: readonly Group[]): Gap | undefined {
  const sorted = groups.toSorted((one, other) => other.mean - one.mean)
  const [best, worst] = [sorted[0], sorted.at(-1)]
  if (!best || !worst || groups.length < 2) return undefined
  const gap = best.mean - worst.mean
  const low = gap - Math.hypot(best.mean - best.low, worst.high - worst.mean)
  const high = gap + Math.hypot(best.high - best.mean, worst.mean - worst.low)
  return { suite, by, best, worst, gap, low, high, missingCases: missingFor({ gap, low, high, n: best.n + worst.n }) }
}

/** The interval has to lie on one side of the margin; its width falls with the root of the cases. */
function missingFor({ gap, low, high, n }: { gap: number; low: number; high: number; n: number }): number {
  if (high <= MARGIN || low > MARGIN) return 0
  const distance = Math.max(Math.abs(MARGIN - gap), MARGIN / 10)
  const width = gap > MARGIN ? gap - low : high - gap
  return Math.max(1, Math.ceil(n * ((width / distance) ** 2 - 1)))
}

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
  const found = suites.flatMap((suite) => {
    const experiment = given.experiments.find((one) => one.suite === suite.name)
    const cases = given.cases?.get(suite.name) ?? []
    const kind = experiment?.arms[0]?.scores.find(({ evaluator }) => evaluator === suite.primary)?.kind ?? 'mean'
    return (suite.slices ?? []).flatMap(
      (name) =>
        pairedGap({ suite: suite.name, by: name, kind, margin: MARGIN }, cases) ??
        gapOf(suite.name, name, groupsOf(experiment, name)) ??
        [],
    )
  })
  if (found.length === 0) return undefined
  const [widest] = found.toSorted((one, other) => other.low - one.low)
  const groups = found.length * 2
  const names = new Set(suites.flatMap(({ name, dataset }) => [`suite ${name}`, `dataset ${dataset}`]))
  return {
    application: release.application,
    release: release.id,
    check: 'eval.fairness',
    summary: found.map(inWords).join(' '),
    facts: {
      slices: { value: Math.max(groups, 2) },
      gap: factOf(widest),
      missingCases: { value: found.reduce((sum, { missingCases }) => sum + missingCases, 0) },
    },
    inputs: [
      ...behaviourParts(release.manifest),
      ...partsOf(release.manifest).filter(({ kind, name }: Part) => names.has(`${kind} ${name}`)),
    ],
    producer: { name: 'evals/fairness', version: '2' },
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
  const { low, high, best, worst, pairs } = gap
  return {
    value: gap.gap,
    n: pairs ?? best.n + worst.n,
    interval: { low, high, method: pairs ? 'paired' : 'distances squared and added', sides: 2, level: LEVEL },
    unit: 'share',
  }
}

const inWords = ({ suite, by, best, worst, gap, low, high, pairs, missingCases }: Gap): string =>
  `On ${suite} by ${by}${pairs ? ` in ${pairs} pairs` : ''}: ${worst.value} ${percent(worst.mean)} beside ${best.value} ${percent(best.mean)}, a gap of ${percent(gap)} (95 % ${percent(low)} to ${percent(high)})${missingCases > 0 ? `; about ${missingCases} more cases would decide` : ''}.`

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
