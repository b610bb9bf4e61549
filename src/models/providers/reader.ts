/**
 * The reader: which sentences of the given passages answer the question. No model and no training, so that it is
 * a baseline that anybody can recompute, and never presented as more.
 *
 * A sentence's worth is the share of the question's weight that it covers (a word weighs the more, the fewer of
 * the given sentences hold it), a little of what its neighbours cover, a little for opening its passage, less
 * for being a fragment, and less by a factor for each passage that was ranked before its own.
 */
import type { GroundingPassage } from '../completion.ts'
import { sentencesOf, wordsOf } from '../sentences.ts'

/** Round numbers that did well on two public sets, both of which were seen in choosing; README has the spread. */
const NEIGHBOUR_SHARE = 0.15
const OPENING_BONUS = 0.1
const RANK_FACTOR = 0.4
const FRAGMENT_WORDS = 8

export type Picked = {
  readonly sentence: string
  /** 1-based rank of its passage. */
  readonly n: number
  readonly passage: string
}

type Candidate = Picked & {
  readonly place: number
  readonly words: readonly string[]
  readonly distinct: ReadonlySet<string>
}

/** At most `count` sentences, in the order of the passages and of the text. */
export function pickSentences(question: string, passages: readonly GroundingPassage[], count: number): Picked[] {
  const candidates = candidatesOf(passages)
  const weights = weightsOf(question, candidates)
  const covered = candidates.map(({ distinct }) => coveredShare(weights, distinct))
  const worth = candidates.map(({ n, place, words }, i) => {
    const beside = [i - 1, i + 1].reduce((sum, j) => sum + (candidates[j]?.n === n ? (covered[j] ?? 0) : 0), 0)
    const own = (covered[i] ?? 0) + NEIGHBOUR_SHARE * beside + OPENING_BONUS / (1 + place)
    return own * Math.min(1, words.length / FRAGMENT_WORDS) * RANK_FACTOR ** (n - 1)
  })
  return candidates
    .map((candidate, i) => ({ candidate, worth: worth[i] ?? 0, i }))
    .toSorted((a, b) => b.worth - a.worth || a.i - b.i)
    .slice(0, count)
    .toSorted((a, b) => a.i - b.i)
    .map(({ candidate: { sentence, n, passage } }) => ({ sentence, n, passage }))
}

/** The plain rule to beat: the sentence that shares most distinct words with the question, the earliest of equals. */
export function bestSentence(question: string, passages: readonly GroundingPassage[]): Picked[] {
  const candidates = candidatesOf(passages)
  const best = candidates[mostShared(question, candidates)]
  return best ? [{ sentence: best.sentence, n: best.n, passage: best.passage }] : []
}

/** Index of the sentence that shares most distinct words with the question; -1 when there is none. */
export function mostShared(question: string, sentences: readonly { readonly words: readonly string[] }[]): number {
  const asked = new Set(wordsOf(question))
  let best = -1
  let most = -1
  for (const [i, { words }] of sentences.entries()) {
    const shared = new Set(words.filter((word) => asked.has(word))).size
    if (shared > most) [best, most] = [i, shared]
  }
  return best
}

/** The first sentence of the first passage: what an answer is worth that did not look at the question. */
export const firstSentence = (passages: readonly GroundingPassage[]): Picked[] =>
  candidatesOf(passages.slice(0, 1))
    .slice(0, 1)
    .map(({ sentence, n, passage }) => ({ sentence, n, passage }))

const candidatesOf = (passages: readonly GroundingPassage[]): Candidate[] =>
  passages.flatMap((passage, rank) =>
    sentencesOf(passage).map((sentence, place) => {
      const words = wordsOf(sentence)
      return { sentence, n: rank + 1, passage: passage.id, place, words, distinct: new Set(words) }
    }),
  )

/** Weight of each distinct word of the question among these sentences: ln(1 + (N - df + 0.5) / (df + 0.5)), as in BM25. */
function weightsOf(question: string, candidates: readonly Candidate[]): Map<string, number> {
  const weights = new Map<string, number>()
  for (const word of new Set(wordsOf(question))) {
    const holding = candidates.filter(({ distinct }) => distinct.has(word)).length
    weights.set(word, Math.log(1 + (candidates.length - holding + 0.5) / (holding + 0.5)))
  }
  return weights
}

function coveredShare(weights: ReadonlyMap<string, number>, held: ReadonlySet<string>): number {
  let covered = 0
  let total = 0
  for (const [word, weight] of weights) {
    total += weight
    if (held.has(word)) covered += weight
  }
  return total > 0 ? covered / total : 0
}
