/** What class figures count, over the answers of each arm and over the examples that two arms answered. Pure. */
import { CALIBRATION_BINS, calibrationBin } from '../../kernel/statistics/index.ts'
import { NAMED_EXCLUDED } from '../comparison.ts'
import { type CorpusRow, createGroups, createSums } from '../corpus/index.ts'
import type { Comparison } from '../results.ts'
import { createCells } from './cells.ts'
import { compareCells } from './compared.ts'
import type { ClassArm } from './contract.ts'
import { calibratedOf, classesOf, confusionOf, figuresOf } from './figures.ts'
import type { Labels } from './labels.ts'
import { answerReader, expectedReader, type Reading } from './reading.ts'

export type ClassRow = Pick<CorpusRow, 'arm' | 'exampleNumber' | 'answer' | 'references' | 'cluster' | 'isFailed'> & {
  readonly example: string
}

export type ClassPlan = {
  readonly arms: readonly string[]
  readonly pairs: readonly { readonly arm: string; readonly to: string }[]
  readonly labels: Labels['labels']
  /** So many of them stand in the confusion. */
  readonly shown: number
  readonly reading: Reading
  readonly margin: number
}

export type ClassEnd = () => { readonly arms: ClassArm[]; readonly pairs: Comparison[][] }

type Told = { readonly arm: string; readonly cell: readonly [number, number] }

export function createClassCounts({ arms, pairs, labels, shown, reading, margin }: ClassPlan): {
  readonly add: (row: ClassRow) => void
  readonly end: ClassEnd
} {
  const groupOf = createGroups()
  const placeOf = new Map(labels.map(({ key }, at) => [key, at]))
  const [readAnswer, readExpected] = [answerReader(reading), expectedReader(reading)]
  const byArm = new Map(arms.map((arm) => [arm, armCounts(labels, shown)]))
  const byPair = pairs.map((pair) => pairCounts(pair, labels.length, margin))
  let open: { row: ClassRow; told: Told[] } | undefined
  const close = () => {
    if (open) for (const pair of byPair) pair.add(open.row, open.told, groupOf(open.row.cluster))
    open = undefined
  }
  return {
    /** Rows of one example follow one another. */
    add(row) {
      if (open?.row.exampleNumber !== row.exampleNumber) close()
      open ??= { row, told: [] }
      const counts = byArm.get(row.arm)
      const [wanted, another] = row.references
      const expected = wanted === undefined || another !== undefined ? undefined : placeOf.get(readExpected(wanted))
      if (row.isFailed || expected === undefined) {
        counts?.leaveOut(row)
        return
      }
      const { label, probability } = readAnswer(row.answer)
      const cell = [expected, placeOf.get(label ?? '') ?? labels.length] as const
      counts?.add(row, groupOf(row.cluster), cell, probability)
      open.told.push({ arm: row.arm, cell })
    },
    end() {
      close()
      return {
        arms: [...byArm].map(([arm, counts]) => ({ arm, ...counts.end() })),
        pairs: byPair.map((pair) => pair.end()),
      }
    },
  }
}

function armCounts(labels: ClassPlan['labels'], shown: number) {
  const cells = createCells(labels.length)
  const bins = createSums(3 * CALIBRATION_BINS)
  let [n, examples, unlabelled, errors, none, last] = [0, 0, 0, 0, 0, -1]
  return {
    leaveOut({ isFailed }: ClassRow): void {
      if (isFailed) errors += 1
      else unlabelled += 1
    },
    add({ exampleNumber }: ClassRow, group: number, cell: Told['cell'], probability: number | undefined): void {
      n += 1
      if (exampleNumber !== last) examples += 1
      last = exampleNumber
      if (cell[1] === labels.length) none += 1
      cells.add(group, cell)
      if (probability === undefined) return
      const counts = new Float64Array(3 * CALIBRATION_BINS)
      counts.set([1, probability, cell[0] === cell[1] ? 1 : 0], 3 * calibrationBin(probability))
      bins.add(group, counts)
    },
    end: (): Omit<ClassArm, 'arm'> => ({
      n,
      examples,
      unlabelled,
      errors,
      none,
      figures: figuresOf(cells),
      classes: classesOf(
        cells,
        labels.map(({ name }) => name),
        shown,
      ),
      confusion: confusionOf(cells, shown),
      calibration: calibratedOf(bins),
    }),
  }
}

function pairCounts({ arm, to }: ClassPlan['pairs'][number], labels: number, margin: number) {
  const [first, second] = [createCells(labels), createCells(labels)]
  const examples: string[] = []
  let [n, left] = [0, 0]
  return {
    /** What all arms told of one example. */
    add({ example }: ClassRow, told: readonly Told[], group: number): void {
      const [ours, theirs] = [told.filter((one) => one.arm === arm), told.filter((one) => one.arm === to)]
      if (ours.length === 0 || theirs.length === 0) {
        left += 1
        if (examples.length < NAMED_EXCLUDED) examples.push(example)
        return
      }
      n += 1
      for (const { cell } of ours) first.add(group, cell, 1 / ours.length)
      for (const { cell } of theirs) second.add(group, cell, 1 / theirs.length)
    },
    end: () => compareCells({ first, second, n, margin, excluded: { count: left, examples } }),
  }
}
