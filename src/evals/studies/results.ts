/**
 * From choices to whose answers people prefer. Pure; the same labels give the same results.
 *
 * Invariants: a case is the unit, whatever number of people and pairs it has; what somebody decided stands in place of
 * what people differed on; "cannot tell" counts for nothing; both bad is a tie, and is counted beside.
 */
import type { ActorId } from '../../core/actor.ts'
import { seededRandom } from '../../kernel/random.ts'
import { bradleyTerry, quantile, type Wins } from '../../kernel/statistics/index.ts'
import { type ItemLabel, preferred, turned } from '../annotation/index.ts'
import { compare } from '../comparison.ts'
import { intervalOf, LEVEL } from '../score-interval.ts'
import { corrected } from '../summary.ts'
import type { ArmPreference, Study, StudyPair, StudyResults } from './study.ts'

/** Below this many cases an interval of abilities would only look like one. */
const FEW_CASES = 10
const SEED = 47

export type LabelledPair = Pick<StudyPair, 'example' | 'cluster' | 'first' | 'second' | 'item'> & {
  readonly labels: readonly ItemLabel[]
  readonly adjudicated: string | null
}

/** A pair of which something is known: the share of the first, with ties as halves. */
type Settled = LabelledPair & { readonly share: number }

export function resultsOf(
  { arms, margin }: Pick<Study, 'arms' | 'margin'>,
  pairs: readonly LabelledPair[],
): StudyResults {
  const settled = pairs.flatMap((pair): Settled[] => {
    const share = shareOf(pair)
    return share === undefined ? [] : [{ ...pair, share }]
  })
  const labels = pairs.flatMap((pair) => pair.labels)
  const shown = labels.flatMap((label) => {
    const chosen = preferred(turned(label.value, label.isTurned))
    return chosen === 'first' || chosen === 'second' ? [{ ...label, isFirst: chosen === 'first' }] : []
  })
  const ids = arms.map(({ id }) => id)
  const [reference] = ids
  if (!reference) throw new Error('A study has arms.')
  return {
    cases: new Set(settled.map(({ example }) => example)).size,
    labels: labels.length,
    untold: labels.filter(({ value }) => value === null).length,
    unlabelled: pairs.length - settled.length,
    arms: armsOf(ids, { pairs, settled }),
    comparisons: corrected(
      ids.slice(1).map((arm) => ({ arm, comparison: [against(reference, arm, { pairs, settled, margin })] })),
    ).flatMap(({ arm, comparison: [comparison] }) => (comparison ? [{ arm, comparison }] : [])),
    position: {
      n: shown.length,
      firstShare: firstShareOf(shown),
      interval: intervalOf(
        { values: shown.map(({ isFirst }) => Number(isFirst)), clusters: shown.map(({ item }) => item) },
        { kind: 'rate', unit: 'share', method: 'clustered-t', random: seededRandom(SEED) },
      ),
    },
    people: [...Map.groupBy(labels, ({ by }) => by)].map(([by, own]) => ({
      by,
      labels: own.length,
      firstShare: firstShareOf(shown.filter((label) => label.by === by)),
      medianMs: medianOf(own.flatMap(({ tookMs }) => tookMs ?? [])),
    })),
  }
}

/** What people chose of a pair, from 0 (all the second) to 1 (all the first); undefined when nobody could tell. */
function shareOf({ item, labels, adjudicated }: LabelledPair): number | undefined {
  if (item === null) return 0.5
  const said = adjudicated === null ? labels.map(({ value }) => value) : [adjudicated]
  const shares = said.flatMap((value) => {
    const chosen = preferred(value)
    return chosen === null ? [] : [chosen === 'first' ? 1 : chosen === 'second' ? 0 : 0.5]
  })
  return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length
}

type Known = { readonly pairs: readonly LabelledPair[]; readonly settled: readonly Settled[] }

/** One arm less the reference, case by case, over the pairs in which they met. */
function against(reference: string, arm: string, { pairs, settled, margin }: Known & { margin: number }) {
  const met = <Pair extends LabelledPair>(some: readonly Pair[]): Pair[] =>
    some.filter(({ first, second }) => [first, second].every((one) => one === reference || one === arm))
  const known = met(settled).map(({ first, share, cluster }) => {
    const candidate = first === arm ? share : 1 - share
    return { candidate, control: 1 - candidate, cluster }
  })
  const told = new Set(met(settled).map(({ example }) => example))
  return compare(known, {
    evaluator: 'preference',
    kind: 'rate',
    unit: 'share',
    better: 'higher',
    margin,
    intervals: 'clustered-t',
    random: seededRandom(SEED),
    excluded: met(pairs).flatMap(({ example }) => (told.has(example) ? [] : [example])),
  })
}

function armsOf(ids: readonly StudyPair['first'][], { pairs, settled }: Known): ArmPreference[] {
  const byCluster = [...Map.groupBy(settled, ({ cluster }) => cluster).values()].map((some) => winsOf(ids, some))
  const wins = winsOf(ids, settled)
  const abilities =
    byCluster.length < FEW_CASES ? undefined : bradleyTerry({ wins, clusters: byCluster, confidence: LEVEL })
  return ids.map((arm, at): ArmPreference => {
    const said = { first: 0, second: 0, tie: 0, 'both-bad': 0 }
    for (const { first, second, labels, item } of pairs) {
      if (first !== arm && second !== arm) continue
      if (item === null) said.tie++
      for (const { value } of labels) {
        const chosen = preferred(first === arm ? value : turned(value, true))
        if (chosen) said[chosen]++
      }
    }
    const ability = abilities?.[at]
    return {
      arm,
      preferred: said.first,
      tied: said.tie,
      bothBad: said['both-bad'],
      lost: said.second,
      strength: ability?.centred ?? null,
      chance: ability ? chanceOf(ability.logAbility) : null,
      interval:
        ability && at > 0
          ? {
              low: chanceOf(ability.low),
              high: chanceOf(ability.high),
              method: 'bradley-terry, errors by case',
              sides: 2,
              level: LEVEL,
            }
          : null,
    }
  })
}

/** Each pair counts once, however many people saw it. */
function winsOf(ids: readonly string[], settled: readonly Settled[]): Wins {
  const wins = ids.map(() => ids.map(() => 0))
  const add = (winner: number, loser: number, share: number) => {
    const row = wins[winner]
    if (row) row[loser] = (row[loser] ?? 0) + share
  }
  for (const { first, second, share } of settled) {
    const [one, other] = [ids.indexOf(first), ids.indexOf(second)]
    add(one, other, share)
    add(other, one, 1 - share)
  }
  return wins
}

const chanceOf = (logAbility: number): number => 1 / (1 + Math.exp(-logAbility))

const firstShareOf = (shown: readonly { by: ActorId; isFirst: boolean }[]): number | null =>
  shown.length === 0 ? null : shown.filter(({ isFirst }) => isFirst).length / shown.length

const medianOf = (values: readonly number[]): number | null => (values.length === 0 ? null : quantile(values, 0.5))
