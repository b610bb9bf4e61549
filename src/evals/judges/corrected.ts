/**
 * What judges scored, with their errors taken out and the calibration's uncertainty carried through. Pure.
 *
 * Invariant: what is corrected is always the share of answers that people would call good. A grade counts as good from
 * where it did in the calibration. Labelled answers need not be as good as those that were measured: what is taken from
 * them is how often the judge is right of good ones and of bad ones (Rogan and Gladen 1978).
 */
import type { Interval } from '../../core/evidence.ts'
import type { Digest } from '../../kernel/digest.ts'
import {
  correctedDifferenceInterval,
  correctedRateInterval,
  roganGladen,
  roganGladenDifference,
} from '../../kernel/statistics/index.ts'
import type { Experiment } from '../experiment.ts'
import { mayGate } from './calibrate.ts'
import type { Calibration } from './calibration.ts'
import type { CorrectedScore } from './contract.ts'
import { LEVEL } from './figures.ts'

/** How many of an arm's examples the judge called good, repeats averaged and rounded. */
export type CalledGood = { readonly judgePositive: number; readonly n: number }
export type CalledGoodIn = (ask: { evaluator: string; arm: string }) => CalledGood | undefined

type Corrected = Pick<CorrectedScore, 'corrected' | 'interval' | 'difference' | 'why'>

const CONTROL = 'control'

export function correctedScores(
  { arms, dataset }: Pick<Experiment, 'arms' | 'dataset'>,
  given: {
    judges: readonly { key: string; digest: Digest }[]
    calibrations: readonly Calibration[]
    calledGoodIn: CalledGoodIn
  },
): CorrectedScore[] {
  return given.judges.flatMap(({ key, digest }) => {
    const calibration = given.calibrations.find(({ judge }) => judge === digest)
    const control = given.calledGoodIn({ evaluator: key, arm: CONTROL })
    return arms.flatMap(({ arm, scores }): CorrectedScore[] => {
      const score = scores.find(({ evaluator }) => evaluator === key)
      if (!score || score.mean === null) return []
      const good = given.calledGoodIn({ evaluator: key, arm })
      const against = arm === CONTROL ? undefined : control
      return [
        {
          ...{ evaluator: key, judge: digest, arm, n: score.n, raw: score.mean },
          calibration: calibration?.id ?? null,
          ...correct({ good, against, calibration, dataset }),
        },
      ]
    })
  })
}

function correct(given: {
  good: CalledGood | undefined
  against: CalledGood | undefined
  calibration: Calibration | undefined
  dataset: string
}): Corrected {
  const { good, against, calibration, dataset } = given
  if (!calibration)
    return uncorrected(`The judge was not held against people on ${dataset}: the score informs and gates nothing.`)
  const { standing, why, labels, counts } = calibration.result
  if (!mayGate(standing)) return uncorrected(`The calibration says ${standing}: ${why.join(' ')}`)
  const found = good && roganGladen({ ...counts, ...good })
  const interval = good && correctedRateInterval({ ...counts, ...good })
  if (!good || !found || !interval) return uncorrected('The judge tells good from bad no better than chance.')
  if (interval.low > 1 || interval.high < 0)
    return uncorrected(
      `It called ${good.judgePositive} of ${good.n} good, ${interval.low > 1 ? 'more than if all were' : 'fewer than if none were'}: these answers are not like those that it was held against people on. Label some of these.`,
    )
  return {
    corrected: found.estimateClamped,
    interval: within(interval, { least: 0, most: 1, method: 'lang-reiczigel, cut at 0 and 1' }),
    difference: against === undefined ? null : differenceOf({ good, against, counts }),
    why: `By ${labels} labels on ${dataset}.`,
  }
}

function differenceOf(given: {
  good: CalledGood
  against: CalledGood
  counts: Calibration['result']['counts']
}): Corrected['difference'] {
  const counted = {
    ...given.counts,
    ...{ judgePositiveA: given.against.judgePositive, nA: given.against.n },
    ...{ judgePositiveB: given.good.judgePositive, nB: given.good.n },
  }
  const found = roganGladenDifference(counted)
  const interval = correctedDifferenceInterval(counted)
  if (!found || !interval) return null
  return {
    value: Math.min(1, Math.max(-1, found.difference)),
    interval: within(interval, { least: -1, most: 1, method: 'rogan-gladen with agresti-caffo, cut at -1 and 1' }),
  }
}

const uncorrected = (why: string): Corrected => ({ corrected: null, interval: null, difference: null, why })

/** Cut at what a share, or a difference of shares, can be. */
const within = (
  { low, high }: { low: number; high: number },
  { least, most, method }: { least: number; most: number; method: string },
): Interval => ({
  ...{ low: Math.max(least, low), high: Math.min(most, high), method },
  ...{ sides: 2, level: LEVEL },
})
