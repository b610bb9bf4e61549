/** Rates that judges counted, with their errors taken out and the calibration's uncertainty carried through. Pure. */
import type { Digest } from '../../kernel/digest.ts'
import { roganGladen } from '../../kernel/statistics/index.ts'
import type { Experiment } from '../experiment.ts'
import { mayGate } from './calibrate.ts'
import type { Calibration } from './calibration.ts'
import type { CorrectedScore } from './contract.ts'
import { LEVEL } from './figures.ts'

export function correctedScores(
  { arms, dataset }: Pick<Experiment, 'arms' | 'dataset'>,
  given: { judges: readonly { key: string; digest: Digest }[]; calibrations: readonly Calibration[] },
): CorrectedScore[] {
  return given.judges.flatMap(({ key, digest }) =>
    arms.flatMap(({ arm, scores }): CorrectedScore[] => {
      const score = scores.find(({ evaluator }) => evaluator === key)
      if (!score || score.mean === null) return []
      const calibration = given.calibrations.find(({ judge }) => judge === digest)
      const common = {
        evaluator: key,
        judge: digest,
        arm,
        n: score.n,
        raw: score.mean,
        calibration: calibration?.id ?? null,
      }
      const uncorrected = (why: string) => [{ ...common, corrected: null, interval: null, why }]
      if (!calibration)
        return uncorrected(`The judge was not held against people on ${dataset}: the score informs and gates nothing.`)
      if (score.kind !== 'rate')
        return uncorrected('Only a share of good answers can be corrected by sensitivity and specificity.')
      const { standing, counts } = calibration.result
      if (!mayGate(standing))
        return uncorrected(`The calibration says ${standing}: ${calibration.result.why.join(' ')}`)
      const found = roganGladen({ ...counts, judgePositive: Math.round(score.mean * score.n), n: score.n })
      if (!found) return uncorrected('The judge tells good from bad no better than chance.')
      return [
        {
          ...common,
          corrected: found.estimateClamped,
          interval: {
            low: Math.max(0, found.low),
            high: Math.min(1, found.high),
            method: 'rogan-gladen, cut at 0 and 1',
            sides: 2,
            level: LEVEL,
          },
          why: `By ${calibration.result.labels} labels on ${dataset}.`,
        },
      ]
    }),
  )
}
