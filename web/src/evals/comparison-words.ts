/** A comparison in a sentence for somebody without statistics. */
import type { Comparison, Experiment } from '../../../sdk/index.ts'
import { differenceInUnit, number, sentence } from '../data/format.ts'
import { say } from '../words/say.ts'
import { armOf, scoreOf } from './scores.ts'

export function comparisonSentence(experiment: Experiment, comparison: Comparison): string {
  const unit = scoreOf(experiment, comparison.evaluator)?.unit ?? ''
  const candidate = armOf(experiment, 'candidate')?.label ?? say('comparison-words.the-candidate')
  const control = armOf(experiment, 'control')?.label ?? say('comparison-words.the-control')
  const { difference, interval, verdict, n, neededN } = comparison
  if (difference === null || !interval)
    return say('comparison-words.there-are-too-few-cases-to-compare', { candidate, control })
  const figures = `${differenceInUnit(difference, unit)}, interval ${differenceInUnit(interval.low, unit)} to ${differenceInUnit(interval.high, unit)}, n\u00a0${number(n)}`
  const by = `on ${comparison.evaluator} (${figures})`
  if (verdict === 'better')
    return say('comparison-words.is-better-than', { candidate: sentence(candidate), control, by })
  if (verdict === 'worse') return say('comparison-words.is-worse-than', { candidate: sentence(candidate), control, by })
  if (verdict === 'equivalent')
    return say('comparison-words.and-are-equivalent-the-interval-lies-within', {
      candidate: sentence(candidate),
      control,
      by,
    })
  return say('comparison-words.undecided', {
    by,
    neededN:
      neededN === null
        ? say('comparison-words.more-cases-may-not-decide-either')
        : say('comparison-words.about-would-decide', {
            moreCases: say('many.more-case', { n: Math.max(0, neededN - n) }),
          }),
  })
}
