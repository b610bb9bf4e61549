/** The question of a trace, as lists show it. */
import type { Settled } from './settled.ts'

const QUESTION_CHARACTERS = 200

/** The last thing that a user said. */
export const questionOf = (input: Settled['input']): string =>
  shortened(input.findLast(({ role }) => role === 'user')?.content ?? '')

/** In characters as the database counts them, of which some take two places in a string. */
export const shortened = (text: string): string =>
  text.length <= QUESTION_CHARACTERS
    ? text
    : [...text.slice(0, 2 * QUESTION_CHARACTERS)].slice(0, QUESTION_CHARACTERS).join('')
