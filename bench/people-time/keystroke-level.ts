/**
 * How long hands and eyes of a practised person take for what a walk over pages counted: the Keystroke-Level Model (Card,
 * Moran and Newell 1980, The keystroke-level model for user performance time with interactive systems, CACM 23(7)), and
 * reading at a published speed (Brysbaert 2019, How many words do we read per minute?, Journal of Memory and Language
 * 109). It is no stopwatch: it knows nothing of what to decide, of asking a colleague, or of mistakes. Pure.
 */

/** What one person did on pages. */
export type Counted = {
  /** Words that were new on a screen when it was met; a line that was read before is not read again. */
  readonly words: number
  readonly screens: number
  /** Fields that were filled in or chosen, and of them those that were chosen. */
  readonly fields: number
  readonly choices: number
  /** K: keys; a capital takes two. */
  readonly keys: number
  /** P: ways of the mouse to something, each with a press of its button. */
  readonly points: number
  /** H: moves of the hand between mouse and keys. */
  readonly homings: number
  /** M: making up one's mind to do the next thing, once for each field, choice, link and button. */
  readonly decisions: number
}

export type Pace = { readonly name: string; readonly keySeconds: number; readonly wordsPerMinute: number }

/** Seconds of each operator, as the paper has them; a press of the mouse's button is a keystroke of a good typist. */
const POINT = 1.1
const PRESS = 0.2
const HOME = 0.4
const MIND = 1.35

/** 40 words a minute, the paper's average person who is no typist; 238 is the mean of 190 studies of reading. */
export const USUAL: Pace = { name: 'usual', keySeconds: 0.28, wordsPerMinute: 238 }
/** As slow as random letters are typed; 175 is where the range of most adults begins. */
export const SLOW: Pace = { name: 'slow', keySeconds: 0.5, wordsPerMinute: 175 }

/** @returns minutes at the pages and of them those of reading */
export function minutesOf(counted: Counted, { keySeconds, wordsPerMinute }: Pace): { all: number; reading: number } {
  const reading = counted.words / wordsPerMinute
  const hands =
    counted.keys * keySeconds + counted.points * (POINT + PRESS) + counted.homings * HOME + counted.decisions * MIND
  return { all: reading + hands / 60, reading }
}
