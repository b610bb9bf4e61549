/** The grades of a judge, on what people labelled and on what was measured, read where a mean of them is to be corrected. */
import type { Database } from '../../store/database.ts'
import type { Experiment } from '../experiment.ts'
import { numbersOf } from '../numbers/index.ts'
import { goldOf } from './calibrate.ts'
import type { CalibrationCase, CalibrationId } from './calibration.ts'
import type { Grades, GradesOf } from './corrected.ts'
import { listCases } from './store.ts'

const CASES_AT_ONCE = 1_000

type Ask = {
  readonly experiment: Pick<Experiment, 'id' | 'arms'>
  /** Of the judges that grade, each with its calibration. */
  readonly calibrationOf: ReadonlyMap<string, CalibrationId>
}

export async function readGrades(db: Database, { experiment, calibrationOf }: Ask): Promise<GradesOf> {
  const found = new Map<string, Grades>()
  for (const [evaluator, calibration] of calibrationOf) {
    const isGraded = experiment.arms.some(({ scores }) =>
      scores.some((score) => score.evaluator === evaluator && score.kind !== 'rate'),
    )
    if (!isGraded) continue
    const labelled = await labelledGrades(db, calibration)
    for (const [arm, measured] of await measuredGrades(db, { experiment: experiment.id, evaluator }))
      found.set(keyOf({ evaluator, arm }), { ...labelled, measured })
  }
  return (ask) => found.get(keyOf(ask))
}

const keyOf = ({ evaluator, arm }: { evaluator: string; arm: string }): string => JSON.stringify([evaluator, arm])

/** Of the cases on which people settled and which the judge graded readably. */
async function labelledGrades(db: Database, calibration: CalibrationId): Promise<Omit<Grades, 'measured'>> {
  const pairs: { label: number; grade: number }[] = []
  for (let after = 0; ; after += CASES_AT_ONCE) {
    const cases = await listCases(db, { calibration, after, limit: CASES_AT_ONCE })
    pairs.push(...cases.flatMap(pairOf))
    if (cases.length < CASES_AT_ONCE) break
  }
  return { labels: pairs.map(({ label }) => label), onLabelled: pairs.map(({ grade }) => grade) }
}

function pairOf(one: CalibrationCase): { label: number; grade: number }[] {
  const gold = goldOf(one)
  return gold === undefined || one.score == null ? [] : [{ label: gold ? 1 : 0, grade: one.score }]
}

async function measuredGrades(
  db: Database,
  { experiment, evaluator }: { experiment: Experiment['id']; evaluator: string },
): Promise<Map<string, number[]>> {
  const sums = new Map<string, Map<number, { sum: number; n: number }>>()
  for await (const rows of numbersOf(db, { experiment, evaluators: [evaluator] }))
    for (const { arm, exampleNumber, scores } of rows) {
      const [score] = scores
      if (score == null) continue
      const ofArm = sums.get(arm) ?? new Map<number, { sum: number; n: number }>()
      const { sum, n } = ofArm.get(exampleNumber) ?? { sum: 0, n: 0 }
      sums.set(arm, ofArm.set(exampleNumber, { sum: sum + score, n: n + 1 }))
    }
  return new Map([...sums].map(([arm, ofArm]) => [arm, [...ofArm.values()].map(({ sum, n }) => sum / n)]))
}
