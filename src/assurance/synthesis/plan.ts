/** Which passages are read for which cases. Pure; the same passages, wishes and chance give the same calls. */
import { plain } from '../../evals/index.ts'
import type { SyntheticKind } from './contract.ts'
import type { Call, Source } from './drafting.ts'

/** Cases of one call: more of one passage are more and more alike. */
const CASES_A_CALL = 3
/** Passages shorter than this hold no fact to ask for. */
const SHORTEST = 80
/** A second passage is looked for among so many. */
const MOST_LOOKED_AT = 400

export type Wishes = {
  readonly counts: Readonly<Record<SyntheticKind, number>>
  readonly personas: readonly string[]
  readonly inputTypes: readonly string[]
}

export function planCalls(
  passages: readonly Source[],
  { counts, personas, inputTypes }: Wishes,
  random: () => number,
): Call[] {
  const usable = shuffled(
    passages.filter(({ text }) => text.length >= SHORTEST),
    random,
  )
  if (usable.length === 0) return []
  const pairs = counts['multi-hop'] > 0 ? pairsOf(usable.slice(0, MOST_LOOKED_AT)) : []
  const wanted = (kind: SyntheticKind, groups: readonly (readonly Source[])[]) =>
    groups.length === 0 ? [] : spread(counts[kind], groups).map(({ cases, sources }) => ({ kind, cases, sources }))
  const single = usable.map((one) => [one])
  return [...wanted('fact', single), ...wanted('multi-hop', pairs), ...wanted('out-of-scope', single)].map(
    (call, at) => ({ ...call, persona: turnOf(personas, at), inputType: turnOf(inputTypes, at) }),
  )
}

/** One case of each passage first, then further ones, at most so many of one call. */
function spread(
  count: number,
  groups: readonly (readonly Source[])[],
): { cases: number; sources: readonly Source[] }[] {
  const each = Math.min(CASES_A_CALL, Math.max(1, Math.ceil(count / groups.length)))
  const calls = Math.ceil(count / each)
  return Array.from({ length: calls }, (_, at) => ({
    sources: groups[at % groups.length] ?? [],
    cases: Math.min(each, count - at * each),
  }))
}

/** Each passage with the other one that shares most of its rare words, so that a question may need both. */
function pairsOf(passages: readonly Source[]): Source[][] {
  const words = passages.map(({ title, text }) => new Set(plain(`${title} ${text}`).split(' ')))
  const seen = new Map<string, number>()
  for (const set of words) for (const word of set) seen.set(word, (seen.get(word) ?? 0) + 1)
  const weight = (word: string) => Math.log((passages.length + 1) / (seen.get(word) ?? 1))
  const taken = new Set<string>()
  return passages.flatMap((one, at) => {
    let best: { other: number; shared: number } | undefined
    for (let other = 0; other < passages.length; other++) {
      if (other === at) continue
      let shared = 0
      for (const word of words[at] ?? []) if (words[other]?.has(word)) shared += weight(word)
      if (shared > (best?.shared ?? 0)) best = { other, shared }
    }
    const found = best && passages[best.other]
    const key = found && [one.id, found.id].sort().join('\n')
    if (!found || key === undefined || taken.has(key)) return []
    taken.add(key)
    return [[one, found]]
  })
}

const turnOf = (list: readonly string[], at: number): string | null =>
  list.length === 0 ? null : (list[at % list.length] ?? null)

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
