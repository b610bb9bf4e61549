/** How far people agree, in sentences for somebody without statistics. */
import type { Agreement } from '../../../sdk/index.ts'

/** From here on a judge may be held against people, weakly and fully (the same bars as in judges). */
const WEAK = 0.4
const STRONG = 0.6
/** Below this many answers the figure swings too far to be acted on. */
const FEW = 20

export function agreementWords(
  { items, alpha, interval }: Pick<Agreement, 'items' | 'alpha' | 'interval'>,
  of = 'answers',
): string {
  if (items === 0) return `It is not known yet: none of the ${of} has two labels.`
  if (alpha === null)
    return `People said the same of all ${items} ${of}, and only one thing, so that nothing could differ.`
  if (items < FEW) return `Only ${items} ${of} so far: too few to rely on.`
  if (of === 'pairs') return preferenceWords(alpha)
  if (alpha >= STRONG && interval && interval.low < STRONG)
    return 'People agree well, as far as these answers show; more of them would make it sure.'
  if (alpha >= STRONG) return 'People agree well: a judge can be held against them.'
  if (alpha >= WEAK)
    return 'People agree in part. A judge can be held against them weakly; clearer guidelines and examples would help.'
  return 'People hardly agree more than by chance. Read what they differ on together and sharpen the guidelines, before anything is held against these labels.'
}

/** Which of two answers is liked better is a matter of taste more than whether one is right, and no judge waits for it. */
const preferenceWords = (alpha: number): string =>
  alpha >= STRONG
    ? 'People agree well on which answer is better.'
    : alpha >= WEAK
      ? 'People agree in part on which answer is better: some of it is taste.'
      : 'People hardly agree more than by chance on which answer is better. The answers may be close, or the guidelines may leave open what counts.'
