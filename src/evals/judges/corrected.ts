/**
 * What judges scored, with their errors taken out and the calibration's uncertainty carried through. Pure.
 *
 * Invariant: what is corrected is always a share of answers that people would call good, whatever the judge gives. From yes
 * and no it holds for answers of any quality (Rogan and Gladen 1978); from grades only where the labelled answers are like
 * those that were measured (prediction-powered inference, arXiv 2311.01453), which is said with it.
 */
import type { Interval } from '../../core/evidence.ts'
import type { Digest } from '../../kernel/digest.ts'
import { predictionPoweredMean, roganGladen, roganGladenDifference } from '../../kernel/statistics/index.ts'
import type { Experiment } from '../experiment.ts'
import { mayGate } from './calibrate.ts'
import type { Calibration } from './calibration.ts'
import type { CorrectedScore } from './contract.ts'
import { LEVEL } from './figures.ts'

/** What grades are corrected by: people's words and the judge's scores of the same answers, and its scores of all. */
export type Grades = {
  /** 1 for good, 0 for not. */
  readonly labels: readonly number[]
  readonly onLabelled: readonly number[]
  /** One for each example, repeats averaged. */
  readonly measured: readonly number[]
}
export type GradesOf = (ask: { evaluator: string; arm: string }) => Grades | undefined

type Score = Experiment['arms'][number]['scores'][number]
type Judged = { readonly key: string; readonly digest: Digest }
type Corrected = Pick<CorrectedScore, 'corrected' | 'interval' | 'difference' | 'why'>

/** Below this a mean of labels and its spread say little. */
const LEAST_GRADES = 30
const CONTROL = 'control'

export function correctedScores(
  { arms, dataset }: Pick<Experiment, 'arms' | 'dataset'>,
  given: { judges: readonly Judged[]; calibrations: readonly Calibration[]; gradesOf: GradesOf },
): CorrectedScore[] {
  return given.judges.flatMap(({ key, digest }) => {
    const calibration = given.calibrations.find(({ judge }) => judge === digest)
    const found = arms.flatMap(({ arm, scores }) => {
      const score = scores.find(({ evaluator }) => evaluator === key)
      return score && score.mean !== null ? [{ arm, score }] : []
    })
    const control = found.find(({ arm }) => arm === CONTROL)?.score
    return found.map(({ arm, score }): CorrectedScore => {
      const common = { evaluator: key, judge: digest, arm, n: score.n, raw: score.mean ?? 0 }
      const against = arm === CONTROL ? undefined : control
      return {
        ...common,
        calibration: calibration?.id ?? null,
        ...correct(score, { calibration, dataset, against, grades: given.gradesOf({ evaluator: key, arm }) }),
      }
    })
  })
}

function correct(
  score: Score,
  given: {
    calibration: Calibration | undefined
    dataset: string
    against: Score | undefined
    grades: Grades | undefined
  },
): Corrected {
  const { calibration, dataset, against, grades } = given
  if (!calibration)
    return uncorrected(`The judge was not held against people on ${dataset}: the score informs and gates nothing.`)
  const { standing, why, labels } = calibration.result
  if (!mayGate(standing)) return uncorrected(`The calibration says ${standing}: ${why.join(' ')}`)
  const by = `By ${labels} labels on ${dataset}.`
  return score.kind === 'rate' ? ofRate(score, { calibration, against, by }) : ofGrades(grades, by)
}

function ofRate(
  score: Score,
  { calibration, against, by }: { calibration: Calibration; against: Score | undefined; by: string },
): Corrected {
  const { counts } = calibration.result
  const found = roganGladen({ ...counts, judgePositive: positives(score), n: score.n })
  if (!found) return uncorrected('The judge tells good from bad no better than chance.')
  const apart =
    against &&
    roganGladenDifference({
      ...counts,
      ...{ judgePositiveA: positives(against), nA: against.n, judgePositiveB: positives(score), nB: score.n },
    })
  return {
    corrected: found.estimateClamped,
    interval: within(found, [0, 1], 'rogan-gladen, cut at 0 and 1'),
    difference: apart
      ? { value: clamped(apart.difference, [-1, 1]), interval: within(apart, [-1, 1], 'rogan-gladen, cut at -1 and 1') }
      : null,
    why: by,
  }
}

function ofGrades(grades: Grades | undefined, by: string): Corrected {
  if (!grades || grades.labels.length < LEAST_GRADES || grades.measured.length < 2)
    return uncorrected(
      `Its grades of ${grades?.labels.length ?? 0} labelled answers are known; ${LEAST_GRADES} are asked for. Calibrate it again to keep them.`,
    )
  const { labels, onLabelled, measured } = grades
  const found = predictionPoweredMean({
    ...{ labels, predictionsOnLabelled: onLabelled, predictionsUnlabelled: measured },
    lambda: 'tuned',
  })
  return {
    corrected: clamped(found.estimate, [0, 1]),
    interval: within(found, [0, 1], 'prediction-powered, cut at 0 and 1'),
    difference: null,
    why: `${by} It holds where the labelled answers are like these.`,
  }
}

const uncorrected = (why: string): Corrected => ({ corrected: null, interval: null, difference: null, why })

const positives = ({ mean, n }: Score): number => Math.round((mean ?? 0) * n)

type Range = readonly [number, number]
const clamped = (value: number, [least, most]: Range): number => Math.min(most, Math.max(least, value))

const within = ({ low, high }: { low: number; high: number }, range: Range, method: string): Interval => ({
  ...{ low: clamped(low, range), high: clamped(high, range), method },
  ...{ sides: 2, level: LEVEL },
})
