/** The question of a trace, as lists show it. */
import type { Settled } from './settled.ts'

const QUESTION_CHARACTERS = 200
const TWO_PLACES = /[\ud800-\udfff]/

/** The last thing that a user said. */
export const questionOf = (input: Settled['input']): string =>
  shortened(input.findLast(({ role }) => role === 'user')?.content ?? '')

/** In characters as the database counts them, of which some take two places in a string. */
export function shortened(text: string): string {
  if (text.length <= QUESTION_CHARACTERS) return text
  const begin = text.slice(0, QUESTION_CHARACTERS)
  // Taking a text apart takes ten times as long as looking whether that is needed.
  if (!TWO_PLACES.test(begin)) return begin
  return [...text.slice(0, 2 * QUESTION_CHARACTERS)].slice(0, QUESTION_CHARACTERS).join('')
}
