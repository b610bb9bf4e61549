/** chrF and chrF++ (Popović 2015, 2017) as sacreBLEU 2 computes them: characters 1 to 6, words 0 or 2, beta 2. */
import { z } from 'zod'
import { countGrams, sharedGrams, totalOf } from './grams.ts'
import { nearReference } from './near-reference.ts'

const CHARACTERS = 6
const BETA_SQUARED = 4

export const chrf = nearReference({
  id: 'chrf',
  version: 1,
  source: 'sacreBLEU, case:mixed|eff:yes|nc:6|nw:0 (or nw:2)|space:no|version:2.6.0; from 0 to 1',
  description: 'Shared runs of 1 to 6 characters with the best reference; with `words` of 2 chrF++.',
  options: z.strictObject({ words: z.union([z.literal(0), z.literal(2)]).default(0) }),
  likeness:
    (answer, { words }) =>
    (reference) =>
      chrfOf([{ answer, reference }], words),
})

/** What chrF counts at one length of runs. */
export type ChrfCounts = { given: number; wanted: number; shared: number }

/** Of one answer beside one reference, by the length of runs: characters first, then words. */
export const chrfCounts = (answer: string, reference: string, words: 0 | 2 = 0): ChrfCounts[] =>
  Array.from({ length: CHARACTERS + words }, (_, at) => {
    const isWord = at >= CHARACTERS
    const order = isWord ? at - CHARACTERS + 1 : at + 1
    const unitsOf = isWord ? wordsOf : charactersOf
    const given = countGrams(unitsOf(answer), order)
    const wanted = countGrams(unitsOf(reference), order)
    // What the reference cannot hold is not held against the answer.
    return {
      given: wanted.size === 0 ? 0 : totalOf(given),
      wanted: totalOf(wanted),
      shared: sharedGrams(given, wanted),
    }
  })

/** chrF over pairs, from 0 to 1; counts of all pairs are summed first. */
export function chrfOf(pairs: readonly { answer: string; reference: string }[], words: 0 | 2 = 0): number {
  const counts = pairs.map(({ answer, reference }) => chrfCounts(answer, reference, words))
  const sum = (at: number, of: keyof ChrfCounts) => counts.reduce((total, one) => total + (one[at]?.[of] ?? 0), 0)
  return chrfFrom(
    Array.from({ length: CHARACTERS + words }, (_, at) => ({
      given: sum(at, 'given'),
      wanted: sum(at, 'wanted'),
      shared: sum(at, 'shared'),
    })),
  )
}

/** chrF of what was counted, from 0 to 1. */
export function chrfFrom(sums: readonly ChrfCounts[]): number {
  let [precision, recall, orders] = [0, 0, 0]
  for (const { given, wanted, shared } of sums) {
    if (given === 0 || wanted === 0) continue
    precision += shared / given
    recall += shared / wanted
    orders++
  }
  if (orders === 0) return 0
  const [p, r] = [precision / orders, recall / orders]
  return p + r === 0 ? 0 : ((1 + BETA_SQUARED) * p * r) / (BETA_SQUARED * p + r)
}

const charactersOf = (text: string): string[] => [...text.replace(/\s+/g, '')]

/** Words, with one punctuation mark at an end split off, as chrF++ does. */
const wordsOf = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => {
      if (word.length === 1) return [word]
      if (PUNCTUATION.test(word.at(-1) ?? '')) return [word.slice(0, -1), word.slice(-1)]
      if (PUNCTUATION.test(word[0] ?? '')) return [word.slice(0, 1), word.slice(1)]
      return [word]
    })

const PUNCTUATION = /[!-/:-@[-`{-~]/
