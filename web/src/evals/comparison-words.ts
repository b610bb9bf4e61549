/** A comparison in a sentence for somebody without statistics. */
import type { Comparison, Experiment } from '../../../sdk/index.ts'
import { differenceInUnit, many, number } from '../data/format.ts'
import { armOf, scoreOf } from './scores.ts'

export function comparisonSentence(experiment: Experiment, comparison: Comparison): string {
  const unit = scoreOf(experiment, comparison.evaluator)?.unit ?? ''
  const candidate = armOf(experiment, 'candidate')?.label ?? 'The candidate'
  const control = armOf(experiment, 'control')?.label ?? 'the control'
  const { difference, interval, verdict, n, neededN } = comparison
  if (difference === null || !interval) return `There are too few cases to compare ${candidate} with ${control}.`
  const figures = `${differenceInUnit(difference, unit)}, interval ${differenceInUnit(interval.low, unit)} to ${differenceInUnit(interval.high, unit)}, n ${number(n)}`
  const by = `on ${comparison.evaluator} (${figures})`
  if (verdict === 'better') return `${candidate} is better than ${control} ${by}.`
  if (verdict === 'worse') return `${candidate} is worse than ${control} ${by}.`
  if (verdict === 'equivalent')
    return `${candidate} and ${control} are equivalent ${by}: the interval lies within the margin.`
  return `Undecided ${by}. ${neededN === null ? 'More cases may not decide either.' : `About ${many(Math.max(0, neededN - n), 'more case')} would decide.`}`
}
