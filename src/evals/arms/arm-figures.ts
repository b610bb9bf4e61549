/**
 * What one arm of an experiment that has ended took, and how its primary score differs from that of another arm on the
 * same examples. Both are read once and kept: rows of an experiment that succeeded never change their numbers.
 */
import type { DatasetPart } from '../../core/dataset.ts'
import { createKeptAnswers } from '../../kernel/kept.ts'
import { type MicroUsd, microUsd, picoOf } from '../../kernel/money.ts'
import { quantile } from '../../kernel/statistics/index.ts'
import type { Database } from '../../store/database.ts'
import { type ComparisonPlan, compareColumns } from '../comparison.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { Experiment } from '../experiment.ts'
import { type Cases, createCases, createColumns, type Measure, numbersOf, type ScoreColumn } from '../numbers/index.ts'
import type { Comparison } from '../results.ts'
import { pairsOf } from '../slices.ts'
import type { ArmName } from '../variant.ts'

export type MeasuredArm = {
  readonly experiment: Pick<Experiment, 'id' | 'primary' | 'repeats'>
  readonly arm: ArmName
  readonly dataset: DatasetPart
}
/** Of the runs that did not fail. */
export type ArmFigures = {
  readonly runs: number
  /** The median; null where no run was without a failure. */
  readonly latencyMs: number | null
  readonly outputTokens: number
  readonly seconds: number
  /** The mean; null where the cost of one is not known. */
  readonly costMicroUsd: MicroUsd | null
}
export type DifferencePlan = Pick<ComparisonPlan, 'kind' | 'unit' | 'better' | 'margin'>

export type ReadArms = {
  figuresOf(arm: MeasuredArm): Promise<ArmFigures>
  /** Both arms are of the same dataset and have the same primary evaluator. */
  differenceOf(one: MeasuredArm, against: MeasuredArm, plan: DifferencePlan): Promise<Comparison>
}

/** Figures are a few numbers; the scores of an arm are eight bytes for each of its examples. */
const KEPT_FIGURES = 1_000
const KEPT_SCORES = 4

type ArmRead = { readonly figures: ArmFigures; readonly scores: ScoreColumn }

export function createReadArms({ db, examplesOf }: { db: Database; examplesOf: ExamplesOf }): ReadArms {
  const figures = createKeptAnswers<string, ArmFigures>(KEPT_FIGURES)
  const differences = createKeptAnswers<string, Comparison>(KEPT_FIGURES)
  const arms = createKeptAnswers<string, ArmRead>(KEPT_SCORES)
  const cases = createKeptAnswers<string, Cases>(1)
  const nameOf = ({ experiment, arm }: MeasuredArm) => `${experiment.id}:${arm}`
  const read = (arm: MeasuredArm) => arms.get(nameOf(arm), () => readArm(db, arm))
  const casesOf = ({ dataset }: MeasuredArm) => cases.get(dataset.file, () => readCases(dataset, examplesOf))

  return {
    figuresOf: (arm) => figures.get(nameOf(arm), async () => (await read(arm)).figures),
    differenceOf: (one, against, plan) =>
      differences.get(JSON.stringify([nameOf(one), nameOf(against), plan]), async () => {
        const [first, second, all] = [await read(one), await read(against), await casesOf(one)]
        const members = Int32Array.from({ length: all.count }, (_, place) => place)
        const { pairs } = pairsOf(all, { members, first: first.scores, second: second.scores })
        const rest = { evaluator: one.experiment.primary, intervals: 'clustered-t' as const, random: () => 0.5 }
        return compareColumns(pairs, { ...plan, ...rest, excluded: { count: 0, examples: [] } })
      }),
  }
}

async function readArm(db: Database, { experiment, arm, dataset }: MeasuredArm): Promise<ArmRead> {
  const { id, primary, repeats } = experiment
  const columns = createColumns({ arms: [arm], measures: [measureOf(primary)], examples: dataset.rows, repeats })
  const costs = { pico: 0n, known: 0 }
  let outputTokens = 0
  for await (const page of numbersOf(db, { experiment: id, evaluators: [primary], arm }))
    for (const row of page) {
      columns.add(row.exampleNumber - 1, row)
      if (row.isFailed) continue
      outputTokens += row.tokens.output
      if (row.costMicroUsd === null) continue
      costs.pico += picoOf(row.costMicroUsd)
      costs.known += 1
    }
  const [found] = columns.end()
  const [scores] = found?.scores ?? []
  if (!found || !scores) throw new Error(`The arm ${arm} of ${id} has no column, though it was asked for.`)
  const times = [...found.latencies]
  const isCostKnown = costs.known > 0 && costs.known === times.length
  return {
    scores,
    figures: {
      runs: times.length,
      latencyMs: times.length === 0 ? null : quantile(times, 0.5),
      outputTokens,
      seconds: times.reduce((sum, time) => sum + time, 0) / 1000,
      costMicroUsd: isCostKnown ? microUsd(costs.pico / BigInt(costs.known)) : null,
    },
  }
}

/** Columns ask for no more of a measure than its key. */
const measureOf = (key: string): Measure => ({ key, version: 0, kind: 'mean', unit: '', better: 'higher' })

async function readCases(dataset: DatasetPart, examplesOf: ExamplesOf): Promise<Cases> {
  const cases = createCases(dataset.rows)
  for await (const piece of examplesOf.pieces(dataset)) for (const example of piece) cases.add(example)
  return cases.end()
}
