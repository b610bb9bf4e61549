/**
 * What one arm of an experiment that has ended took, and how its primary score differs from that of another arm on the
 * same examples. Both rest on what was kept when the experiment ended; rows are read, once, of older ones alone.
 */
import type { DatasetPart } from '../../core/dataset.ts'
import { createKeptAnswers } from '../../kernel/kept.ts'
import { type MicroUsd, microUsd, picoOf } from '../../kernel/money.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import { allPlaces, createCases, type Measure, readScores } from '../columns/index.ts'
import { type ComparisonPlan, compareColumns } from '../comparison.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { Experiment } from '../experiment.ts'
import { createNumberLog, numbersOf } from '../numbers/index.ts'
import type { Comparison } from '../results.ts'
import type { ArmName } from '../variant.ts'
import { type ArmScores, keepScores, keptScores } from './kept-scores.ts'
import { sumLatency } from './store.ts'

export type MeasuredArm = {
  readonly experiment: Pick<Experiment, 'id' | 'organisation' | 'primary' | 'repeats' | 'arms'>
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

/** Figures are a few numbers; the scores of an arm are twelve bytes for each of its examples. */
const KEPT_FIGURES = 1_000
const KEPT_SCORES = 4

type ArmsDeps = {
  readonly db: Database
  readonly blobs: Pick<Blobs, 'get' | 'putPieces' | 'loose'>
  readonly examplesOf: ExamplesOf
}

export function createReadArms(deps: ArmsDeps): ReadArms {
  const figures = createKeptAnswers<string, ArmFigures>(KEPT_FIGURES)
  const differences = createKeptAnswers<string, Comparison>(KEPT_FIGURES)
  const scores = createKeptAnswers<string, ArmScores>(KEPT_SCORES)
  const nameOf = ({ experiment, arm }: MeasuredArm) => `${experiment.id}:${arm}`
  const read = (arm: MeasuredArm) => scores.get(nameOf(arm), () => readArm(deps, arm))

  return {
    figuresOf: (arm) => figures.get(nameOf(arm), () => readFigures(deps, arm)),
    differenceOf: (one, against, plan) =>
      differences.get(JSON.stringify([nameOf(one), nameOf(against), plan]), async () => {
        const pairs = pairsOf(await read(one), await read(against))
        const rest = { evaluator: one.experiment.primary, intervals: 'clustered-t' as const, random: () => 0.5 }
        return compareColumns(pairs, { ...plan, ...rest, excluded: { count: 0, examples: [] } })
      }),
  }
}

/** No run that failed wrote a token or cost anything, so that the sums over all are those of the others. */
async function readFigures({ db }: ArmsDeps, { experiment, arm }: MeasuredArm): Promise<ArmFigures> {
  const found = experiment.arms.find((one) => one.arm === arm)
  if (!found) throw new Error(`The experiment ${experiment.id} has no arm ${arm}, though it was asked for.`)
  const { rows, failed, latencyMs, tokens, costMicroUsd } = found
  const runs = rows - failed
  return {
    runs,
    latencyMs: latencyMs?.p50 ?? null,
    outputTokens: tokens.output,
    // Older ones have no such sum.
    seconds: found.seconds ?? (await sumLatency(db, { experiment: experiment.id, arm })) / 1000,
    costMicroUsd: runs > 0 && costMicroUsd !== null ? microUsd(picoOf(costMicroUsd) / BigInt(runs)) : null,
  }
}

async function readArm(deps: ArmsDeps, { experiment, arm, dataset }: MeasuredArm): Promise<ArmScores> {
  const of = { experiment: experiment.id, arm, rows: dataset.rows }
  const kept = await keptScores(deps, of)
  if (kept) return kept
  await keepFromRows(deps, { experiment, arm, dataset })
  const found = await keptScores(deps, of)
  if (found) return found
  throw new Error(`The scores of ${arm} of ${experiment.id} were kept, and are not all there.`)
}

/** Of an experiment that ended before its scores were kept. */
async function keepFromRows({ db, blobs, examplesOf }: ArmsDeps, { experiment, arm, dataset }: MeasuredArm) {
  const { id, primary, repeats } = experiment
  const ask = { arms: [arm], measures: [measureOf(primary)], examples: dataset.rows, repeats }
  await using log = createNumberLog(ask, blobs.loose)
  for await (const page of numbersOf(db, { experiment: id, evaluators: [primary], arm }))
    for (const row of page) await log.add(row.exampleNumber - 1, row)
  const { rows } = dataset
  await using cases = createCases({ count: rows }, blobs.loose)
  for await (const piece of examplesOf.pieces(dataset)) for (const example of piece) await cases.add(example)
  await using scratch = await blobs.loose()
  const columns = readScores(log.logged(), 0, scratch)
  await keepScores({ db, blobs }, { experiment, columns, cases: cases.end(), places: allPlaces(rows), rows })
}

/** Nothing is asked of a measure here but its key. */
const measureOf = (key: string): Measure => ({ key, version: 0, kind: 'mean', unit: '', better: 'higher' })

/** Examples with a score in both arms. */
function pairsOf(one: ArmScores, other: ArmScores) {
  const { length } = one.scores
  const all = {
    candidate: new Float64Array(length),
    control: new Float64Array(length),
    clusters: new Int32Array(length),
  }
  let n = 0
  for (const [at, candidate] of one.scores.entries()) {
    const control = other.scores[at] ?? Number.NaN
    if (Number.isNaN(candidate) || Number.isNaN(control)) continue
    all.candidate[n] = candidate
    all.control[n] = control
    all.clusters[n++] = one.clusters[at] ?? 0
  }
  const [candidate, control] = [all.candidate.subarray(0, n), all.control.subarray(0, n)]
  return { candidate, control, clusters: all.clusters.subarray(0, n) }
}
