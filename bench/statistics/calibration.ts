/**
 * Claim: the interval of the calibration error (ECE over ten bins) holds the truth at least 0.92 of the time at n = 30, 100
 * and 1,000, of answers that are calibrated perfectly as of those that are far off. It is said from twenty clusters on.
 *
 * Beside it, in the same run: the jackknife's interval, which is how a share is usually given one, and what the error comes
 * to in the mean beside the truth, because it is biased. `node bench/statistics/calibration.ts [--smoke]`. Seeds are fixed.
 * The truth is that of the population, over the same bins. A share of 4,000 runs is uncertain by 0.35 points.
 */
import { calibratedOf, createSums } from '../../src/evals/index.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { CALIBRATION_BINS, calibrationBin, calibrationOf, jackknifeShare } from '../../src/kernel/statistics/index.ts'

const isSmoke = process.argv.includes('--smoke')
const RUNS = isSmoke ? 20 : 4_000
const SIZES = isSmoke ? [30] : [30, 100, 1_000]
/** Of the draws from which the truth is taken. */
const TRUTH = isSmoke ? 10_000 : 4_000_000
const CLUSTER = 5

type Drawn = { readonly probability: number; readonly chance: number }
/** What is named, and the chance with which it comes true. */
const POPULATIONS: Readonly<Record<string, (draw: number) => Drawn>> = {
  'calibrated, spread evenly': (draw) => ({ probability: draw, chance: draw }),
  'calibrated, mostly sure': (draw) => ({ probability: sure(draw), chance: sure(draw) }),
  'too sure by 10 points': (draw) => ({ probability: sure(draw), chance: sure(draw) - 0.1 }),
  'too sure, from 0 to 30 points': (draw) => ({ probability: draw, chance: 0.7 * draw }),
  'says 0.9 or 0.95, right in 0.9': (draw) => ({ probability: draw < 0.5 ? 0.9 : 0.95, chance: 0.9 }),
  'in both directions': (draw) => ({ probability: draw, chance: 0.5 + 0.6 * (draw - 0.5) }),
  'wrong when sure': (draw) => ({ probability: draw, chance: 1 - draw }),
}

const random = seededRandom(53)
const share = (value: number) => value.toFixed(4)

for (const [name, drawnBy] of Object.entries(POPULATIONS)) {
  const truth = truthOf(drawnBy)
  for (const n of SIZES) print(`${name}, n = ${n}`, truth, drawnBy, n, 1)
  for (const n of SIZES.slice(-2)) print(`${name}, n = ${n} in clusters of ${CLUSTER}`, truth, drawnBy, n, CLUSTER)
}

function print(what: string, truth: number, drawnBy: (draw: number) => Drawn, n: number, size: number): void {
  const held = { ours: 0, below: 0, above: 0, jackknife: 0 }
  let [said, sum, width] = [0, 0, 0]
  for (let run = 0; run < RUNS; run += 1) {
    const sums = sampled(drawnBy, n, size)
    const found = calibratedOf(sums)
    if (!found) continue
    sum += found.error
    if (!found.interval) continue
    const { low, high } = found.interval
    said += 1
    width += high - low
    if (truth < low) held.below += 1
    else if (truth > high) held.above += 1
    else held.ours += 1
    if (n <= 100 && holds(jackknifed(sums), truth)) held.jackknife += 1
  }
  const missed = `(missed above it ${share(held.above / said)}, below ${share(held.below / said)})`
  const beside = n <= 100 ? `, jackknife ${share(held.jackknife / said)}` : ''
  process.stdout.write(
    `${what.padEnd(58)} ${said === 0 ? 'not said' : `${share(held.ours / said)} ${missed}, ${share(width / said)} wide${beside}`}; in the mean ${share(sum / RUNS)}, truth ${share(truth)}\n`,
  )
}

/** Answers of a cluster name the same and come true together in half of all clusters. */
function sampled(drawnBy: (draw: number) => Drawn, n: number, size: number) {
  const sums = createSums(3 * CALIBRATION_BINS)
  for (let cluster = 0; cluster < n / size; cluster += 1) {
    const { probability, chance } = drawnBy(random())
    const together = random() < 0.5 ? random() : undefined
    for (let answer = 0; answer < size; answer += 1) {
      const counts = new Float64Array(3 * CALIBRATION_BINS)
      const isRight = (together ?? random()) < chance
      counts.set([1, probability, isRight ? 1 : 0], 3 * calibrationBin(probability))
      sums.add(cluster, counts)
    }
  }
  return sums
}

function truthOf(drawnBy: (draw: number) => Drawn): number {
  const sums = new Float64Array(3 * CALIBRATION_BINS)
  for (let at = 0; at < TRUTH; at += 1) {
    const { probability, chance } = drawnBy((at + 0.5) / TRUTH)
    const bin = 3 * calibrationBin(probability)
    for (const [place, value] of [1, probability, chance].entries())
      sums[bin + place] = (sums[bin + place] ?? 0) + value
  }
  return calibrationOf(sums)?.ece ?? 0
}

function jackknifed({ all, groups }: ReturnType<typeof createSums>) {
  const without = groups().map((group) => calibrationOf(all.map((sum, at) => sum - (group[at] ?? 0)))?.ece ?? 0)
  return jackknifeShare({ share: calibrationOf(all)?.ece ?? 0, without })
}

function holds({ low, high }: { low: number; high: number }, truth: number): boolean {
  return low <= truth && truth <= high
}

/** From 0.5 on, and mostly above 0.8. */
function sure(draw: number): number {
  return 1 - 0.5 * draw ** 2
}
