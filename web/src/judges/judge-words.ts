/** What a calibration says of a judge, in sentences for somebody without statistics. */
import type { JudgeState } from '../../../sdk/index.ts'
import { percent } from '../data/format.ts'
import { say } from '../words/say.ts'
import type { Calibration, Figure } from './queries.ts'

type Standing = Calibration['result']['standing'] | 'unknown'

export const STANDING: Readonly<Record<Standing, { word: string; tone: string; may: string }>> = {
  strong: { word: say('judge-words.may-gate'), tone: 'text-pass', may: say('judge-words.it-may-hold-a-gate-it-was') },
  weak: {
    word: say('judge-words.may-gate-corrected'),
    tone: 'text-stale',
    may: say('judge-words.it-may-hold-a-gate-with-its'),
  },
  informs: {
    word: say('judge-words.informs-only'),
    tone: 'text-inconclusive',
    may: say('judge-words.it-informs-and-holds-no-gate-yet'),
  },
  refused: {
    word: say('judge-words.may-not-gate'),
    tone: 'text-fail',
    may: say('judge-words.it-may-not-hold-a-gate-people'),
  },
  unknown: {
    word: say('judge-words.not-calibrated'),
    tone: 'text-muted',
    may: say('judge-words.it-informs-and-holds-no-gate-nobody'),
  },
}

export const standingOf = ({ calibration }: Pick<JudgeState, 'calibration'>): Standing =>
  calibration?.result.standing ?? 'unknown'

/** What is still missing until it may gate without reserve; undefined when nothing is. */
export function neededWords({ labels, neededLabels, standing }: Calibration['result']): string | undefined {
  if (standing === 'strong') return undefined
  if (neededLabels === null) return say('judge-words.more-labels-would-not-help-at-the')
  if (neededLabels > labels)
    return say('judge-words.at-the-rates-that-were-seen-it', {
      labels: say('many.label', { n: neededLabels }),
      labels2: labels,
    })
  return undefined
}

/** Below this a favour is small enough to be left alone. */
const SMALL = 0.05

/** A favour beyond what people show: none is 0, but for what stands first, where it is a half. */
export function biasWords(figure: Figure, none: number, what: string): string {
  if (figure.value === null) return say('judge-words.not-measured')
  const { low, high } = figure.interval ?? { low: figure.value, high: figure.value }
  if (low > none) return `favours ${what}, by ${percent(figure.value - none, 0)}`
  if (high < none) return say('judge-words.is-hard-on-by', { what, none: percent(none - figure.value, 0) })
  if (high - none <= SMALL && none - low <= SMALL) return say('judge-words.treats-as-people-do', { what })
  return say('judge-words.cannot-be-told-apart-from-none')
}
