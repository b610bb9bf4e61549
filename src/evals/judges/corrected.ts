/**
 * What judges scored, with their errors taken out and the calibration's uncertainty carried through. Pure.
 *
 * Invariant: what is corrected is always the share of answers that people would call good. A grade counts as good from
 * where it did in the calibration. Labelled answers need not be as good as those that were measured: what is taken from
 * them is how often the judge is right of good ones and of bad ones (Rogan and Gladen 1978).
 */
import type { Interval } from '../../core/evidence.ts'
import type { Digest } from '../../kernel/digest.ts'
import { roganGladen, roganGladenDifference } from '../../kernel/statistics/index.ts'
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
  if (!good || !found) return uncorrected('The judge tells good from bad no better than chance.')
  const apart = against && differenceOf({ good, against, counts })
  return {
    corrected: found.estimateClamped,
    interval: within(found, { least: 0, most: 1 }),
    difference: apart
      ? {
          value: Math.min(1, Math.max(-1, apart.difference)),
          interval: within(apart, { least: -1, most: 1 }),
        }
      : null,
    why: `By ${labels} labels on ${dataset}.`,
  }
}

const differenceOf = (given: {
  good: CalledGood
  against: CalledGood
  counts: Calibration['result']['counts']
}): ReturnType<typeof roganGladenDifference> =>
  roganGladenDifference({
    ...given.counts,
    ...{ judgePositiveA: given.against.judgePositive, nA: given.against.n },
    ...{ judgePositiveB: given.good.judgePositive, nB: given.good.n },
  })

const uncorrected = (why: string): Corrected => ({ corrected: null, interval: null, difference: null, why })

/** Cut at what a share, or a difference of shares, can be. */
const within = (
  { low, high }: { low: number; high: number },
  { least, most }: { least: number; most: number },
): Interval => ({
  ...{ low: Math.max(least, low), high: Math.min(most, high), method: `rogan-gladen, cut at ${least} and ${most}` },
  ...{ sides: 2, level: LEVEL },
})
