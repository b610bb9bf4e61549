/** How far people agree, in sentences for somebody without statistics. */
import type { Agreement } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

/** From here on a judge may be held against people, weakly and fully (the same bars as in judges). */
const WEAK = 0.4
const STRONG = 0.6
/** Below this many answers the figure swings too far to be acted on. */
const FEW = 20

export function agreementWords(
  { items, alpha, interval }: Pick<Agreement, 'items' | 'alpha' | 'interval'>,
  of = 'answers',
): string {
  if (items === 0) return say('agreement-words.it-is-not-known-yet-none-of', { of })
  if (alpha === null) return say('agreement-words.people-said-the-same-of-all-and', { items, of })
  if (items < FEW) return say('agreement-words.only-so-far-too-few-to-rely', { items, of })
  if (of === 'pairs') return preferenceWords(alpha)
  if (alpha >= STRONG && interval && interval.low < STRONG)
    return say('agreement-words.people-agree-well-as-far-as-these')
  if (alpha >= STRONG) return say('agreement-words.people-agree-well-a-judge-can-be')
  if (alpha >= WEAK) return say('agreement-words.people-agree-in-part-a-judge-can')
  return say('agreement-words.people-hardly-agree-more-than-by-chance')
}

/** Which of two answers is liked better is a matter of taste more than whether one is right, and no judge waits for it. */
const preferenceWords = (alpha: number): string =>
  alpha >= STRONG
    ? say('agreement-words.people-agree-well-on-which-answer-is')
    : alpha >= WEAK
      ? say('agreement-words.people-agree-in-part-on-which-answer')
      : say('agreement-words.people-hardly-agree-more-than-by-chance-2')
