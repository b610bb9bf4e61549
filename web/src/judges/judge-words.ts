/** What a calibration says of a judge, in sentences for somebody without statistics. */
import type { JudgeState } from '../../../sdk/index.ts'
import { many, percent } from '../data/format.ts'
import type { Calibration, Figure } from './queries.ts'

type Standing = Calibration['result']['standing'] | 'unknown'

export const STANDING: Readonly<Record<Standing, { word: string; tone: string; may: string }>> = {
  strong: { word: 'may gate', tone: 'text-pass', may: 'It may hold a gate: it was held against people and did well.' },
  weak: {
    word: 'may gate, corrected',
    tone: 'text-stale',
    may: 'It may hold a gate, with its scores shown beside corrected ones: it tells good from bad, but misses the bar.',
  },
  informs: {
    word: 'informs only',
    tone: 'text-inconclusive',
    may: 'It informs and holds no gate yet: too few answers were labelled to say how good it is.',
  },
  refused: {
    word: 'may not gate',
    tone: 'text-fail',
    may: 'It may not hold a gate: people do not agree on these answers, or it tells good from bad no better than chance.',
  },
  unknown: {
    word: 'not calibrated',
    tone: 'text-muted',
    may: 'It informs and holds no gate: nobody has held it against people yet.',
  },
}

export const standingOf = ({ calibration }: Pick<JudgeState, 'calibration'>): Standing =>
  calibration?.result.standing ?? 'unknown'

/** What is still missing until it may gate without reserve; undefined when nothing is. */
export function neededWords({ labels, neededLabels, standing }: Calibration['result']): string | undefined {
  if (standing === 'strong') return undefined
  if (neededLabels === null)
    return 'More labels would not help at the rates that were seen: sharpen the rubric, or take another model.'
  if (neededLabels > labels)
    return `At the rates that were seen it would take ${many(neededLabels, 'label')}; there are ${labels}.`
  return undefined
}

/** Below this a favour is small enough to be left alone. */
const SMALL = 0.05

/** A favour beyond what people show: none is 0, but for what stands first, where it is a half. */
export function biasWords(figure: Figure, none: number, what: string): string {
  if (figure.value === null) return 'not measured'
  const { low, high } = figure.interval ?? { low: figure.value, high: figure.value }
  if (low > none) return `favours ${what}, by ${percent(figure.value - none, 0)}`
  if (high < none) return `is hard on ${what}, by ${percent(none - figure.value, 0)}`
  if (high - none <= SMALL && none - low <= SMALL) return `treats ${what} as people do`
  return 'cannot be told apart from none'
}
