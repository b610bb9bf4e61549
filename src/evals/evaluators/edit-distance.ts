/** Likeness by Levenshtein's distance: 1 less the edits over the length of the longer text. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { bestOver } from './text.ts'

/** The work grows with the product of lengths; longer texts are cut here. */
const MAX_CHARACTERS = 5_000

export const editDistance = evaluator({
  id: 'edit-distance',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: 'Levenshtein 1966; distances as NLTK edit_distance',
  description: '1 less the edits (insert, drop, replace a character) to the nearest reference, over the longer length.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, answer }) => {
      const references = referencesOf(example)
      if (references.length === 0) return notApplicable('no reference')
      const given = [...answer.trim()].slice(0, MAX_CHARACTERS)
      const { score, reference } = bestOver(references, (text) => {
        const wanted = [...text.trim()].slice(0, MAX_CHARACTERS)
        const longest = Math.max(given.length, wanted.length)
        return longest === 0 ? 1 : 1 - levenshtein(given, wanted) / longest
      })
      return { score, detail: `against reference ${reference}` }
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
