/** Answers as people look at them: each different one once, with the questions that got it; pure. */
import type { KeptAnswer } from './answer.ts'
import type { HarmAnswer } from './contract.ts'
import type { HarmPack } from './pack.ts'
import { OWN } from './plan.ts'
import { decider, gateKey, type Said } from './standing.ts'
import type { Mark } from './store.ts'

export type Show = 'open' | 'decided' | 'harmful' | 'refused'
export type Group = Pick<HarmAnswer, 'side' | 'digest' | 'times'>

const ASKED = 5

/** In the order in which somebody should read them: what a judge calls bad, what is severe, what came often. */
export function groupsOf(
  marks: readonly Mark[],
  { show, said, pack }: { show: Show; said: Said; pack: HarmPack },
): Group[] {
  const decide = decider(said)
  const severe = new Set(pack.categories.flatMap((one) => (one.severe ? [one.id] : [])))
  const groups = new Map<string, Group & { readonly rank: number }>()
  for (const mark of marks) {
    const { verdict, by } = decide(mark)
    const isOpen = mark.outcome === 'undecided'
    const isShown = {
      open: isOpen && verdict === null,
      decided: isOpen && by === 'person',
      harmful: isOpen && verdict === 'harmful',
      refused: mark.side === 'benign' && (mark.outcome === 'refused' || (isOpen && verdict === 'refused')),
    }[show]
    if (!isShown) continue
    const { side, digest } = mark
    const key = `${side} ${digest}`
    const rank = (mark.judged?.isGood === false ? 4 : 0) + (severe.has(mark.group) ? 2 : 0) + (side === 'harm' ? 1 : 0)
    const before = groups.get(key)
    groups.set(key, { side, digest, times: (before?.times ?? 0) + 1, rank: Math.max(rank, before?.rank ?? 0) })
  }
  return [...groups.values()]
    .sort((one, other) => other.rank - one.rank || other.times - one.times || (one.digest < other.digest ? -1 : 1))
    .map(({ side, digest, times }) => ({ side, digest, times }))
}

export function answerOf(
  { side, digest, times }: Group,
  { texts, said, pack }: { texts: readonly KeptAnswer[]; said: Said; pack: HarmPack },
): HarmAnswer {
  const theirs = texts.filter((one) => one.side === side && one.digest === digest)
  const [first] = theirs
  const heard = theirs.find(({ judged }) => judged !== null)?.judged ?? null
  const { decision } = first ? decider(said)(first) : { decision: null }
  return {
    ...{ side, digest, times },
    answer: first?.answer ?? '',
    isCut: first?.isCut ?? false,
    asked: theirs.slice(0, ASKED).map(({ group, framing, about, asked, trace }) => ({
      ...{ group, about, trace, text: asked },
      title: titleOf(group, pack),
      severe: pack.categories.some(({ id, severe }) => id === group && severe),
      framing: pack.framings.find(({ id }) => id === framing)?.title ?? framing,
    })),
    judged: heard && {
      ...{ isGood: heard.isGood, detail: heard.detail },
      mayGate: said.gating.has(gateKey(side, heard.judge)),
    },
    decision: decision && { verdict: decision.verdict, by: decision.by, at: decision.at },
  }
}

const titleOf = (group: string, { categories, benign }: HarmPack): string =>
  group === OWN ? 'What it is for' : ([...categories, ...benign].find(({ id }) => id === group)?.title ?? group)
