/** Likeness by Levenshtein's distance: 1 less the edits over the length of the longer text. */
import { z } from 'zod'
import { nearReference } from './near-reference.ts'

/** The work grows with the product of lengths; longer texts are cut here. */
const MAX_CHARACTERS = 5_000

export const editDistance = nearReference({
  id: 'edit-distance',
  version: 1,
  source: 'Levenshtein 1966; distances as NLTK edit_distance',
  description: '1 less the edits (insert, drop, replace a character) to the nearest reference, over the longer length.',
  options: z.strictObject({}),
  likeness(answer) {
    const given = [...answer.trim()].slice(0, MAX_CHARACTERS)
    return (reference) => {
      const wanted = [...reference.trim()].slice(0, MAX_CHARACTERS)
      const longest = Math.max(given.length, wanted.length)
      return longest === 0 ? 1 : 1 - levenshtein(given, wanted) / longest
    }
  },
})

export function levenshtein(one: readonly string[], other: readonly string[]): number {
  let above = Uint32Array.from({ length: other.length + 1 }, (_, at) => at)
  let row = new Uint32Array(other.length + 1)
  one.forEach((character, at) => {
    row[0] = at + 1
    for (let place = 1; place <= other.length; place++)
      row[place] = Math.min(
        (above[place] ?? 0) + 1,
        (row[place - 1] ?? 0) + 1,
        (above[place - 1] ?? 0) + (character === other[place - 1] ? 0 : 1),
      )
    const spare = above
    above = row
    row = spare
  })
  return above[other.length] ?? 0
}
