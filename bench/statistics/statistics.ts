/**
 * Claim: a paired comparison of 100,000 rows with 10,000 bootstrap draws takes under 2 s, and intervals are honest:
 * Wilson's cover within one point of nominal over rates, paired intervals at least 0.92 of the time at n = 30, and a
 * run that is looked at after every pair says "better" without a difference at most in alpha of all cases.
 *
 * The bare limit beside it, in the same run: the exact coverage, summed over every count that can be seen.
 * `node bench/statistics/statistics.ts [--smoke]`. Seeds are fixed, so that the figures are the same every time.
 */
import { seededRandom } from '../../src/kernel/random.ts'
import {
  boundedSequence,
  clusteredPairedDifference,
  newcombePaired,
  pairedBootstrap,
  wilson,
} from '../../src/kernel/statistics/index.ts'
import { monotonicMs } from '../../src/kernel/time.ts'

const isSmoke = process.argv.includes('--smoke')
const ROWS = isSmoke ? 10_000 : 100_000
const DRAWS = isSmoke ? 500 : 10_000
const RUNS = isSmoke ? 80 : 4000
const PEEKED_RUNS = isSmoke ? 20 : 1000
const PEEKED_PAIRS = 1000
const CONFIDENCE = 0.95
const ALPHA = 0.05
const RATES = [0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95]

const random = seededRandom(11)
const print = (what: string, value: string) => process.stdout.write(`${what.padEnd(66)} ${value}\n`)
const share = (value: number) => value.toFixed(4)

const first = Array.from({ length: ROWS }, random)
const second = first.map((score) => Math.min(1, score * 0.98 + random() * 0.03))
const began = { ms: monotonicMs(), cpu: process.cpuUsage().user }
pairedBootstrap({ first, second, random, resamples: DRAWS })
const seconds = ((monotonicMs() - began.ms) / 1000).toFixed(2)
const processor = ((process.cpuUsage().user - began.cpu) / 1e6).toFixed(2)
print(
  `paired comparison of ${ROWS} rows, ${DRAWS} bootstrap draws`,
  `${seconds} s, ${processor} s of a processor (claim: 2 s)`,
)

for (const n of [30, 100]) {
  const exact = RATES.map((p) => exactCoverage(n, p))
  const seen = RATES.map((p) => simulated(() => covers(wilson({ successes: draws(n, p), n }), p)))
  for (const [at, p] of RATES.entries())
    print(`Wilson, n = ${n}, p = ${p}: exact, simulated`, `${share(exact[at] ?? 0)}, ${share(seen[at] ?? 0)}`)
  print(
    `Wilson, n = ${n}: exact coverage over ${RATES.length} rates`,
    `${share(meanOf(exact))}, least ${share(Math.min(...exact))}`,
  )
  print(`Wilson, n = ${n}: simulated, ${RUNS} runs each`, `${share(meanOf(seen))}, least ${share(Math.min(...seen))}`)
}
for (const n of [30, 1000]) {
  print(`paired rates (Newcombe), n = ${n}: simulated`, share(simulated(() => newcombeCovers(n))))
  print(`paired means (t), n = ${n}: simulated`, share(simulated(() => pairedCovers(n))))
  print(`paired means (BCa bootstrap), n = ${n}: simulated`, share(simulated(() => bootstrapCovers(n))))
}
print(
  `false "better" after a look at each of ${PEEKED_PAIRS} pairs, alpha ${ALPHA}`,
  share(simulated(isFalselyBetter, PEEKED_RUNS)),
)

/** Over every count of successes that there can be, by its probability. */
function exactCoverage(n: number, p: number): number {
  let probability = (1 - p) ** n
  let covered = 0
  for (let successes = 0; successes <= n; successes++) {
    if (covers(wilson({ successes, n }), p)) covered += probability
    probability *= ((n - successes) / (successes + 1)) * (p / (1 - p))
  }
  return covered
}

function newcombeCovers(n: number): boolean {
  const [onlyFirst, onlySecond, both] = [0.15, 0.1, 0.6]
  const counts = { onlyFirst: 0, onlySecond: 0, bothRight: 0, bothWrong: 0 }
  for (let at = 0; at < n; at++) {
    const drawn = random()
    if (drawn < onlyFirst) counts.onlyFirst++
    else if (drawn < onlyFirst + onlySecond) counts.onlySecond++
    else if (drawn < onlyFirst + onlySecond + both) counts.bothRight++
    else counts.bothWrong++
  }
  return covers(newcombePaired({ ...counts, confidence: CONFIDENCE }), onlyFirst - onlySecond)
}

/** Scores between 0 and 1 that are skewed, with a true difference of 0.05. */
function skewedPairs(n: number): { first: number[]; second: number[] } {
  const worse = Array.from({ length: n }, () => random() ** 2 * 0.9)
  return { first: worse.map((score) => score + random() * 0.1), second: worse }
}

function pairedCovers(n: number): boolean {
  const clusters = Array.from({ length: n }, (_, at) => at)
  return covers(clusteredPairedDifference({ ...skewedPairs(n), clusters, confidence: CONFIDENCE }), 0.05)
}

function bootstrapCovers(n: number): boolean {
  return covers(pairedBootstrap({ ...skewedPairs(n), random, resamples: 1000, confidence: CONFIDENCE }), 0.05)
}

/** Two arms that are alike, looked at after every pair from the thirtieth on. */
function isFalselyBetter(): boolean {
  const sequence = boundedSequence({ low: -1, high: 1, alpha: ALPHA })
  for (let pair = 0; pair < PEEKED_PAIRS; pair++) {
    sequence.add((random() < 0.7 ? 1 : 0) - (random() < 0.7 ? 1 : 0))
    if (sequence.n >= 30 && sequence.interval().low > 0) return true
  }
  return false
}

function simulated(isTrue: () => boolean, runs = RUNS): number {
  let count = 0
  for (let run = 0; run < runs; run++) if (isTrue()) count++
  return count / runs
}

function draws(n: number, p: number): number {
  let count = 0
  for (let at = 0; at < n; at++) if (random() < p) count++
  return count
}

function covers({ low, high }: { low: number; high: number }, truth: number): boolean {
  return low <= truth && truth <= high
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
