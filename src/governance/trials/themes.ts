/**
 * What many say, found by the words that they share: a theme is a word or two that stand in several answers. No model is
 * asked, synonyms are not joined and nothing is understood; the quotes beside each theme are there to be read. Pure.
 */
import { z } from 'zod'
import { wordsOf } from '../words.ts'

export const Theme = z.object({
  /** One word or two, in the form in which they are compared. */
  words: z.string(),
  answers: z.number().int(),
  /** Of all answers with a comment. */
  share: z.number(),
  /** Mean rating of those who say it. */
  rating: z.number(),
  quotes: z.array(z.string()),
})
export type Theme = z.infer<typeof Theme>

type Said = { readonly comment: string | null; readonly rating: number }

const LEAST_ANSWERS = 2
const MOST_THEMES = 8
const MOST_QUOTES = 3
/** A pair of words says more than one. */
const PAIR_WEIGHT = 1.5
/** Themes of mostly the same answers are one. */
const SAME_SHARE = 0.7

export function themesOf(answers: readonly Said[]): Theme[] {
  const said = answers.flatMap(({ comment, rating }) => (comment === null ? [] : [{ comment, rating }]))
  const byTerm = new Map<string, Set<number>>()
  said.forEach(({ comment }, at) => {
    for (const term of termsOf(comment)) byTerm.set(term, (byTerm.get(term) ?? new Set()).add(at))
  })
  const weight = ([term, who]: readonly [string, ReadonlySet<number>]) =>
    who.size * (term.includes(' ') ? PAIR_WEIGHT : 1)
  const terms = [...byTerm]
    .filter(([, who]) => who.size >= LEAST_ANSWERS)
    .sort((one, other) => weight(other) - weight(one) || one[0].localeCompare(other[0]))
  const chosen: [string, Set<number>][] = []
  for (const [term, who] of terms) {
    if (chosen.length === MOST_THEMES) break
    if (!chosen.some(([, others]) => overlap(who, others) >= SAME_SHARE)) chosen.push([term, who])
  }
  return chosen.map(([words, who]) => {
    const own = [...who].flatMap((at) => said[at] ?? [])
    return {
      words,
      answers: own.length,
      share: own.length / said.length,
      rating: own.reduce((sum, { rating }) => sum + rating, 0) / own.length,
      quotes: own.slice(0, MOST_QUOTES).map(({ comment }) => comment),
    }
  })
}

function termsOf(comment: string): Set<string> {
  const words = wordsOf(comment)
  return new Set([...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)])
}

const overlap = (one: ReadonlySet<number>, other: ReadonlySet<number>): number =>
  [...one].filter((at) => other.has(at)).length / Math.min(one.size, other.size)
