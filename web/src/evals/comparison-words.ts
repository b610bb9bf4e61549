/** A comparison in a sentence for somebody without statistics. */
import type { Comparison, Experiment } from '../../../sdk/index.ts'
import { differenceInUnit, many, number, sentence } from '../data/format.ts'
import { armOf, scoreOf } from './scores.ts'

export function comparisonSentence(experiment: Experiment, comparison: Comparison): string {
  const unit = scoreOf(experiment, comparison.evaluator)?.unit ?? ''
  const candidate = armOf(experiment, 'candidate')?.label ?? 'The candidate'
  const control = armOf(experiment, 'control')?.label ?? 'the control'
  const { difference, interval, verdict, n, neededN } = comparison
  if (difference === null || !interval) return `There are too few cases to compare ${candidate} with ${control}.`
  const figures = `${differenceInUnit(difference, unit)}, interval ${differenceInUnit(interval.low, unit)} to ${differenceInUnit(interval.high, unit)}, n\u00a0${number(n)}`
  const by = `on ${comparison.evaluator} (${figures})`
  if (verdict === 'better') return `${sentence(candidate)} is better than ${control} ${by}.`
  if (verdict === 'worse') return `${sentence(candidate)} is worse than ${control} ${by}.`
  if (verdict === 'equivalent')
    return `${sentence(candidate)} and ${control} are equivalent ${by}: the interval lies within the margin.`
  return `Undecided ${by}. ${neededN === null ? 'More cases may not decide either.' : `About ${many(Math.max(0, neededN - n), 'more case')} would decide.`}`
}
