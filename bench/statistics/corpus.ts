/**
 * Claim: intervals of figures over a corpus (BLEU, chrF, ROUGE), and of the paired difference of two arms in them, hold
 * the truth at least 0.92 of the time at n = 30 and within one point of nominal at n = 1,000; two arms that are alike are
 * told apart in at most alpha of all cases.
 *
 * Samples are drawn from a population of 2,000 questions with two answers each, whose figures are the truth. The bare limit
 * beside it, in the same run: percentiles of a bootstrap, which is what is usually printed.
 * `node bench/statistics/corpus.ts [--smoke] [--n=1000 --runs=8000]`. Seeds are fixed, so that the figures are the same
 * every time. A share of 1,000 runs is uncertain by 1.4 points: a whole point is told apart by 8,000 of one size alone.
 */
import {
  addTo,
  answerCounts,
  createSums,
  CORPUS_FIGURES as FIGURES,
  corpusInterval as intervalOf,
  corpusDifference as intervalsOf,
  readFigure,
  CORPUS_SIZE as SIZE,
  shuffledP,
} from '../../src/evals/index.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { sortedQuantile } from '../../src/kernel/statistics/index.ts'

const isSmoke = process.argv.includes('--smoke')
const POPULATION = isSmoke ? 200 : 2_000
const RESAMPLES = isSmoke ? 40 : 400
const SHUFFLES = isSmoke ? 40 : 400
/** Samples by their size. */
const only = { n: numberOf('n'), runs: numberOf('runs') }
const RUNS: readonly (readonly [n: number, runs: number])[] = isSmoke
  ? [[30, 10]]
  : only.n && only.runs
    ? [[only.n, only.runs]]
    : [
        [20, 2_000],
        [30, 2_000],
        [100, 1_000],
        [1_000, 1_000],
      ]
const ALPHA = 0.05
/** Answers of a cluster are as hard as each other. */
const CLUSTER = 10

/** How long questions are, how often a word goes wrong at most, and how rarely a question is hard. */
const KINDS = {
  'short answers': { words: 5, wrong: 0.5, rarely: 2 },
  'long answers': { words: 25, wrong: 0.5, rarely: 2 },
  'mostly wrong words': { words: 12, wrong: 0.9, rarely: 1 },
  'nearly all right': { words: 15, wrong: 0.3, rarely: 12 },
} as const
type Kind = (typeof KINDS)[keyof typeof KINDS]
type Counts = Float64Array
/** What two arms answered to one question. */
type Pair = readonly [Counts, Counts]

const WIDTH = 66
const random = seededRandom(35)
const share = (value: number) => value.toFixed(3)
const print = (what: string, values: readonly number[]) =>
  process.stdout.write(
    `${what.padEnd(WIDTH)} ${values
      .map((value) => share(value).padEnd(8))
      .join(' ')
      .trimEnd()}\n`,
  )

process.stdout.write(`${''.padEnd(WIDTH)} ${FIGURES.map(({ figure }) => figure.padEnd(9)).join('')}\n`)
for (const [name, kind] of Object.entries(KINDS)) {
  const population = populationOf(kind)
  const truth = [0, 1].map((arm) => figuresOf(sumOf(population.map((pair) => pair[arm as 0 | 1]))))
  print(`${name}: the truth`, truth[0] ?? [])
  for (const [n, runs] of RUNS) {
    const held = { ours: none(), percentile: none(), difference: none(), falsely: none() }
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: n }, () => population[Math.floor(random() * POPULATION)] as Pair)
      const { first, pair } = sumsOf(sample.map((one) => [one]))
      const percentiles = n > 100 ? [] : percentilesOf(sample.map(([one]) => one))
      for (const [at, figure] of FIGURES.entries()) {
        const value = truth[0]?.[at] ?? 0
        count(held.ours, at, holds(intervalOf(figure, first), value))
        count(held.percentile, at, holds(percentiles[at] ?? null, value))
        count(held.difference, at, holds(saidOf(at, pair), value - (truth[1]?.[at] ?? 0)))
      }
      if (n > 100) continue
      // Dealt by chance, both arms are the same thing.
      const alike = sample.map((one): Pair => (random() < 0.5 ? one : [one[1], one[0]]))
      const told = shuffledP(sumsOf(alike.map((one) => [one])).pair, random, SHUFFLES)
      for (const [at, p] of told.entries()) count(held.falsely, at, p <= ALPHA)
    }
    const shares = (counts: Tally) => counts.held.map((held, at) => held / Math.max(1, counts.of[at] ?? 0))
    print(`${name}, n = ${n}: interval holds the truth`, shares(held.ours))
    print(`${name}, n = ${n}: interval of the difference`, shares(held.difference))
    if (n > 100) continue
    print(`${name}, n = ${n}: percentiles of a bootstrap, beside it`, shares(held.percentile))
    print(`${name}, n = ${n}: told apart though alike, alpha ${ALPHA}`, shares(held.falsely))
  }
}

const clustered = clusteredPopulation()
const whole = figuresOf(sumOf(clustered.flat().map(([one]) => one)))
const [groups, runs] = isSmoke ? [30, 10] : [100, only.runs ?? 1_000]
const held = none()
for (let run = 0; run < runs; run++) {
  const drawn = Array.from({ length: groups }, () => clustered[Math.floor(random() * clustered.length)] ?? [])
  const { first } = sumsOf(drawn)
  for (const [at, figure] of FIGURES.entries()) count(held, at, holds(intervalOf(figure, first), whole[at] ?? 0))
}
print(
  `${groups} clusters of ${CLUSTER}: interval holds the truth`,
  held.held.map((one) => one / runs),
)

function numberOf(name: string): number | undefined {
  const said = process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
  return said === undefined ? undefined : Number(said)
}

type Tally = { readonly held: number[]; readonly of: number[] }
function none(): Tally {
  return { held: FIGURES.map(() => 0), of: FIGURES.map(() => 0) }
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

function saidOf(at: number, pair: Parameters<typeof intervalsOf>[1]) {
  const found = intervalsOf(at, pair)
  return found?.isSaid ? found : null
}

function sumsOf(clusters: readonly (readonly Pair[])[]) {
  const [first, second] = [createSums(SIZE), createSums(SIZE)]
  for (const [group, pairs] of clusters.entries())
    for (const [one, other] of pairs) {
      first.add(group, one)
      second.add(group, other)
    }
  const pair = { all: [first.all, second.all], groups: [first.groups(), second.groups()] } as const
  return { first, pair }
}

function percentilesOf(counts: readonly Counts[]) {
  const found = FIGURES.map(() => new Float64Array(RESAMPLES))
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const drawn = sumOf(counts.map(() => counts[Math.floor(random() * counts.length)] as Counts))
    for (const [at, value] of figuresOf(drawn).entries()) found[at]?.fill(value, resample, resample + 1)
  }
  return found.map((values) => {
    values.sort()
    return { low: sortedQuantile(values, 0.025), high: sortedQuantile(values, 0.975) }
  })
}

function sumOf(counts: readonly Counts[]): Counts {
  const sums = new Float64Array(SIZE)
  for (const one of counts) addTo(sums, one, 1)
  return sums
}

function figuresOf(sums: Counts): number[] {
  return FIGURES.map((figure) => readFigure(figure, sums))
}

function populationOf(kind: Kind): Pair[] {
  return Array.from({ length: POPULATION }, () => pairOf(kind, random() ** kind.rarely))
}

function clusteredPopulation(): Pair[][] {
  const kind = KINDS['short answers']
  return Array.from({ length: POPULATION / CLUSTER }, () => {
    const hardness = random() ** kind.rarely
    return Array.from({ length: CLUSTER }, () => pairOf(kind, hardness))
  })
}

/** The second arm is a little better. */
function pairOf({ words, wrong }: Kind, hardness: number): Pair {
  const length = Math.max(1, Math.round(words * Math.exp(0.7 * normal())))
  const reference = Array.from({ length }, word)
  const counted = (hard: number) =>
    answerCounts({ answer: said(reference, hard, wrong), references: [reference.join(' ')] })
  return [counted(hardness), counted(0.95 * hardness)]
}

function said(reference: readonly string[], hardness: number, wrong: number): string {
  const given = reference.flatMap((one) => {
    const isLeftOut = random() < hardness * wrong * 0.5
    const isOther = random() < hardness * wrong
    const isFollowed = random() < hardness * 0.3
    return [...(isLeftOut ? [] : [isOther ? word() : one]), ...(isFollowed ? [word()] : [])]
  })
  return given.join(' ') || 'none'
}

/** Few words are frequent, as in texts (Zipf). */
function word(): string {
  return `w${Math.floor(Math.exp(random() * Math.log(2_000)))}`
}

/** Box & Muller 1958. */
function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
