/**
 * Claim: intervals of figures of labels (accuracy, micro and macro F1, Matthews' correlation), and of the paired difference
 * of two arms in them, hold the truth at least 0.92 of the time at n = 30 and within one point of nominal at n = 1,000.
 *
 * Answers are drawn from a known table of expected and told labels, whose figures are the truth. The bare limit beside
 * it, in the same run: percentiles of a bootstrap, which is what is usually printed.
 * `node bench/statistics/classes.ts [--smoke] [--n=1000 --runs=8000]`. Seeds are fixed, so that the figures are the same
 * every time. A share of 1,000 runs is uncertain by 1.4 points, of 400 by 2.1.
 */
import { type ClassCells, classCells, classDifferences, classFigures } from '../../src/evals/index.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { sortedQuantile } from '../../src/kernel/statistics/index.ts'

const isSmoke = process.argv.includes('--smoke')
const only = { n: numberOf('n'), runs: numberOf('runs') }
const RUNS: readonly (readonly [n: number, runs: number])[] = isSmoke
  ? [[30, 10]]
  : only.n && only.runs
    ? [[only.n, only.runs]]
    : [
        [30, 1_000],
        [100, 1_000],
        [1_000, 400],
      ]
const RESAMPLES = isSmoke ? 40 : 200
/** Above it a bootstrap of every sample takes minutes, and says the same. */
const MOST_RESAMPLED = 30
const MARGIN = 0.05

type Kind = {
  /** Shares of the labels that are expected. */
  readonly shares: readonly number[]
  /** How often each arm names what is expected; else another label as often as any. */
  readonly right: readonly [first: number, second: number]
  /** How much an arm's mistakes fall on the questions that the other gets wrong. */
  readonly together: number
}
const KINDS: Readonly<Record<string, Kind>> = {
  'three labels': { shares: [1 / 3, 1 / 3, 1 / 3], right: [0.8, 0.7], together: 0.5 },
  'two labels, one in ten': { shares: [0.9, 0.1], right: [0.9, 0.85], together: 0.5 },
  'five labels, uneven': { shares: [0.5, 0.25, 0.15, 0.07, 0.03], right: [0.75, 0.75], together: 0.5 },
  'nearly all right': { shares: [0.25, 0.25, 0.25, 0.25], right: [0.97, 0.95], together: 0.5 },
  'twenty labels': { shares: new Array<number>(20).fill(0.05), right: [0.7, 0.6], together: 0.5 },
}

/** What was expected of one answer, and what both arms told. */
type Told = readonly [expected: number, first: number, second: number]

const WIDTH = 66
const random = seededRandom(77)
const NAMES = classFigures(classCells(2)).map(({ figure }) => figure)
const print = (what: string, values: readonly (number | null)[]) =>
  process.stdout.write(
    `${what.padEnd(WIDTH)} ${values
      .map((value) => (value === null ? '–' : value.toFixed(3)).padEnd(9))
      .join(' ')
      .trimEnd()}\n`,
  )

process.stdout.write(`${''.padEnd(WIDTH)} ${NAMES.map((name) => name.padEnd(10)).join('')}\n`)
for (const [name, kind] of Object.entries(KINDS)) {
  const [first, second] = [0, 1].map((arm) => valuesOf(tableOf(kind, arm as 0 | 1))) as [number[], number[]]
  print(`${name}: the truth`, first)
  for (const [n, runs] of RUNS) {
    const held = { ours: none(), difference: none(), percentile: none() }
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: n }, () => drawn(kind))
      const [ours, theirs] = [cellsOf(kind, sample, 0), cellsOf(kind, sample, 1)]
      const between = classDifferences({
        ...{ first: ours, second: theirs, n, margin: MARGIN, excluded: { count: 0, examples: [] } },
      })
      const percentiles = n > MOST_RESAMPLED ? [] : percentilesOf(kind, sample)
      for (const [at, { interval }] of classFigures(ours).entries()) {
        count(held.ours, at, holds(interval, first[at] ?? 0))
        count(held.difference, at, holds(between[at]?.interval ?? null, (first[at] ?? 0) - (second[at] ?? 0)))
        count(held.percentile, at, holds(percentiles[at] ?? null, first[at] ?? 0))
      }
    }
    print(`${name}, n = ${n}: interval holds the truth`, sharesOf(held.ours))
    print(`${name}, n = ${n}: interval of the difference`, sharesOf(held.difference))
    if (n <= MOST_RESAMPLED)
      print(`${name}, n = ${n}: percentiles of a bootstrap, beside it`, sharesOf(held.percentile))
  }
}

function numberOf(name: string): number | undefined {
  const said = process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
  return said === undefined ? undefined : Number(said)
}

/** As many answers as there are, told in their shares: the figures of all that could be drawn. */
function tableOf({ shares, right }: Kind, arm: 0 | 1): ClassCells {
  const table = classCells(shares.length)
  for (const [expected, share] of shares.entries())
    for (const told of shares.keys())
      table.add(
        expected,
        [expected, told],
        share * (told === expected ? right[arm] : (1 - right[arm]) / (shares.length - 1)),
      )
  return table
}

function drawn({ shares, right, together }: Kind): Told {
  const expected = chosen(shares)
  const luck = random()
  const told = (chance: number) => {
    const isRight = (random() < together ? luck : random()) < chance
    return isRight ? expected : (expected + 1 + Math.floor(random() * (shares.length - 1))) % shares.length
  }
  return [expected, told(right[0]), told(right[1])]
}

function chosen(shares: readonly number[]): number {
  let left = random()
  for (const [at, share] of shares.entries()) {
    left -= share
    if (left < 0) return at
  }
  return shares.length - 1
}

function cellsOf({ shares }: Kind, sample: readonly Told[], arm: 0 | 1): ClassCells {
  const cells = classCells(shares.length)
  for (const [group, told] of sample.entries()) cells.add(group, [told[0], told[arm + 1] ?? 0])
  return cells
}

function valuesOf(cells: ClassCells): number[] {
  return classFigures(cells).map(({ value }) => value ?? 0)
}

function percentilesOf(kind: Kind, sample: readonly Told[]) {
  const found = NAMES.map(() => new Float64Array(RESAMPLES))
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const again = classCells(kind.shares.length)
    // In one group, because nothing is asked of its interval.
    for (let at = 0; at < sample.length; at++) {
      const [expected = 0, told = 0] = sample[Math.floor(random() * sample.length)] ?? []
      again.add(0, [expected, told])
    }
    for (const [at, value] of valuesOf(again).entries()) found[at]?.fill(value, resample, resample + 1)
  }
  return found.map((values) => {
    values.sort()
    return { low: sortedQuantile(values, 0.025), high: sortedQuantile(values, 0.975) }
  })
}

type Tally = { readonly held: number[]; readonly of: number[] }
function none(): Tally {
  return { held: NAMES.map(() => 0), of: NAMES.map(() => 0) }
}

/** Where nothing is said, nothing is counted. */
function count({ held, of }: Tally, at: number, isHeld: boolean | null): void {
  if (isHeld === null) return
  of[at] = (of[at] ?? 0) + 1
  if (isHeld) held[at] = (held[at] ?? 0) + 1
}

function holds(interval: { low: number; high: number } | null, truth: number): boolean | null {
  return interval && interval.low <= truth && truth <= interval.high
}

function sharesOf({ held, of }: Tally): (number | null)[] {
  return held.map((one, at) => (of[at] ? one / (of[at] ?? 1) : null))
}
