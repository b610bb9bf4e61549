/**
 * What changed in how people use an application: shares of two periods beside each other, each with an interval by user,
 * and a word on the difference that holds over all of them together (permutation by user, Holm). Intents are groups of
 * words (`word-vectors.ts`), found over both periods at once, so that they mean the same in both.
 *
 * Invariant: pure and reproducible; tells of a question only the words that its group shares.
 */
import type { Interval } from '../../core/evidence.ts'
import { seededRandom } from '../../kernel/random.ts'
import { clusteredRate, holm, type PeriodUnit, periodChange } from '../../kernel/statistics/index.ts'
import { groupByWords, wordVectors } from '../word-vectors.ts'
import type { PatternFigure, PatternShare, UsagePatterns } from './contract.ts'

export type Asked = {
  readonly question: string
  readonly unit: string
  readonly failed: boolean
  readonly abstained: boolean
  readonly helpful: boolean | null
  readonly stage: string | null
  readonly feature: string | null
  readonly team: string | null
}

/** Below it, in either period, nothing is said of a change. */
export const LEAST_REQUESTS = 30
export const LEAST_USERS = 10
const MOST_INTENTS = 12
const MOST_OF_A_SEGMENT = 8
const LEVEL = 0.95
/** The least p of a share is 1 in 1,000, so that it is a finding among up to fifty. */
const DRAWS = 999
const SEED = 1

type Found = Pick<UsagePatterns, 'figures' | 'drift' | 'lacking'>

export function patternsOf({ now, before }: { now: readonly Asked[]; before: readonly Asked[] }): Found {
  const columns = [...outcomes, ...intentsOf(now, before), ...segmentsOf(now, before)]
  const lacking = {
    requests: Math.max(0, LEAST_REQUESTS - Math.min(now.length, before.length)),
    users: Math.max(0, LEAST_USERS - Math.min(usersOf(now), usersOf(before))),
  }
  const isEnough = lacking.requests === 0 && lacking.users === 0
  const spread = columns.flatMap(({ kind }, at) => (kind === 'intent' ? [at] : []))
  const change = isEnough
    ? periodChange({
        units: [...unitsOf(before, columns, false), ...unitsOf(now, columns, true)],
        shares: columns.length,
        spread,
        partial: columns.flatMap(({ isPartial }, at) => (isPartial ? [at] : [])),
        draws: DRAWS,
        random: seededRandom(SEED),
      })
    : undefined
  // What drifts is the whole; its p stands in the same family as those of the parts.
  const adjusted = change && holm([...change.p, change.distanceP])
  const figures = columns.map((column, at): PatternFigure => {
    const [shareNow, shareBefore] = [shareOf(now, column), shareOf(before, column)]
    const difference = shareNow.share === null || shareBefore.share === null ? null : shareNow.share - shareBefore.share
    const p = difference === null ? null : (adjusted?.[at] ?? null)
    return {
      ...{ kind: column.kind, name: column.name, now: shareNow, before: shareBefore, difference, p },
      change: p === null ? 'too-few' : p > 1 - LEVEL ? 'not-shown' : (difference ?? 0) > 0 ? 'more' : 'less',
    }
  })
  const p = adjusted?.at(-1) ?? null
  return {
    figures,
    drift: {
      distance: change?.distance ?? null,
      p,
      change: p === null ? 'too-few' : p > 1 - LEVEL ? 'not-shown' : 'changed',
    },
    lacking,
  }
}

/** One share: whether a request counts, of those that it is asked of. */
type Column = {
  readonly kind: PatternFigure['kind']
  readonly name: string
  /** Null for a request of which it cannot be said; then the share `isPartial`. */
  is(one: Asked): boolean | null
  readonly isPartial?: boolean
}

const outcomes: readonly Column[] = [
  { kind: 'outcome', name: 'failed', is: ({ failed }) => failed },
  {
    kind: 'outcome',
    name: 'not answered',
    isPartial: true,
    is: ({ failed, abstained }) => (failed ? null : abstained),
  },
  { kind: 'outcome', name: 'helpful', isPartial: true, is: ({ helpful }) => helpful },
  { kind: 'outcome', name: 'with feedback', is: ({ helpful }) => helpful !== null },
]

/** What is asked most, and all else together, so that they divide the whole. */
function intentsOf(now: readonly Asked[], before: readonly Asked[]): Column[] {
  const all = [...now, ...before]
  const { groups } = groupByWords(wordVectors(all.map(({ question }) => question)))
  const shown = groups
    .filter(({ members, terms }) => members.length > 1 && terms.length > 0)
    .toSorted((one, other) => other.members.length - one.members.length)
    .slice(0, MOST_INTENTS)
  const intentOf = new Map<Asked, number>()
  for (const [at, { members }] of shown.entries())
    for (const member of members) {
      const one = all[member]
      if (one) intentOf.set(one, at)
    }
  const named = shown.map(
    ({ terms }, at): Column => ({
      kind: 'intent',
      name: terms.join(' '),
      is: (one) => intentOf.get(one) === at,
    }),
  )
  if (intentOf.size === all.length) return named
  return [...named, { kind: 'intent', name: 'all else', is: (one) => !intentOf.has(one) }]
}

/** Segments that requests name; one that all share says nothing. */
function segmentsOf(now: readonly Asked[], before: readonly Asked[]): Column[] {
  return (['stage', 'feature', 'team'] as const).flatMap((kind) => {
    const counts = new Map<string, number>()
    for (const one of [...now, ...before]) {
      const name = one[kind]
      if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    const [only] = counts.values()
    if (counts.size === 0 || only === now.length + before.length) return []
    return [...counts]
      .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
      .slice(0, MOST_OF_A_SEGMENT)
      .map(([name]): Column => ({ kind, name, is: (one) => one[kind] === name }))
  })
}

function unitsOf(asked: readonly Asked[], columns: readonly Column[], isLater: boolean): PeriodUnit[] {
  return [...Map.groupBy(asked, ({ unit }) => unit).values()].map((requests) => {
    const [counts, of] = [new Map<number, number>(), new Map<number, number>()]
    for (const one of requests)
      for (const [at, { is, isPartial }] of columns.entries()) {
        const counted = is(one)
        if (counted) counts.set(at, (counts.get(at) ?? 0) + 1)
        if (isPartial && counted !== null) of.set(at, (of.get(at) ?? 0) + 1)
      }
    return { isLater, requests: requests.length, counts, of }
  })
}

function shareOf(asked: readonly Asked[], column: Column): PatternShare {
  const told = asked.flatMap((one) => {
    const is = column.is(one)
    return is === null ? [] : [{ is, unit: one.unit }]
  })
  const count = told.filter(({ is }) => is).length
  const n = told.length
  return { count, n, share: n === 0 ? null : count / n, interval: intervalOf(told) }
}

function intervalOf(told: readonly { is: boolean; unit: string }[]): Interval | null {
  if (new Set(told.map(({ unit }) => unit)).size < 2) return null
  const { low, high } = clusteredRate({
    scores: told.map(({ is }) => (is ? 1 : 0)),
    clusters: told.map(({ unit }) => unit),
    confidence: LEVEL,
  })
  return { low, high, method: 'wilson-clustered', sides: 2, level: LEVEL }
}

const usersOf = (asked: readonly Asked[]): number => new Set(asked.map(({ unit }) => unit)).size
