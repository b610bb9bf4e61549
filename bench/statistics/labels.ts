/**
 * Claim: intervals of figures by label (accuracy, micro and macro F1, MCC) hold the truth at least 0.92 of the time at
 * n = 30, and within one point of nominal at n = 1,000, for a candidate and for its paired difference to a baseline; those
 * of precision, recall and F1 of one label at least 0.92 of the time.
 *
 * `node bench/statistics/labels.ts [--smoke]`. Seeds are fixed. The truth is that of the population, reckoned from its
 * joint probabilities and not drawn. A share is of the draws in which an interval is said: that of macro F1, and of
 * MCC over two labels, alone and paired, is left out where fewer than five answers (eight of two labels) expect some label, that of one label where fewer than
 * twenty answers expect it (recall), name it (precision) or do one of both (F1). A share of 4,000 runs is uncertain by 0.35
 * points. Of several labels that are alike all draws count together; a label that is said in fewer than 200 runs is left out.
 */
import { CLASS_FIGURES, classesOf, classFiguresOf, compareCells, createCells } from '../../src/evals/index.ts'
import { seededRandom } from '../../src/kernel/random.ts'

const isSmoke = process.argv.includes('--smoke')
const RUNS: readonly (readonly [n: number, runs: number])[] = isSmoke
  ? [[30, 20]]
  : [
      [30, 4000],
      [100, 4000],
      [1000, 4000],
    ]
/** How often each label is expected. */
const POPULATIONS: Readonly<Record<string, readonly number[]>> = {
  'three even labels': [1 / 3, 1 / 3, 1 / 3],
  'three labels, one rare': [0.7, 0.22, 0.08],
  'two labels': [0.6, 0.4],
  'two labels, one in ten': [0.9, 0.1],
  'twenty labels': new Array<number>(20).fill(0.05),
}
/** Share of answers that are right; what is wrong is each other label, or none, alike. */
const RIGHT = [0.7, 0.9]
const BASELINE_RIGHT = 0.6
const OF_LABEL = ['precision', 'recall', 'f1'] as const
const LEAST_SAID = isSmoke ? 1 : 200

const random = seededRandom(23)

for (const [name, shares] of Object.entries(POPULATIONS))
  for (const right of RIGHT)
    for (const [n, runs] of RUNS) {
      const truth = truthOf(shares, right)
      const other = truthOf(shares, BASELINE_RIGHT)
      const names = shares.map((share) => `a label of ${Math.round(100 * share)} %`)
      const truths = classesOf(expectedCells(shares, right), names, names.length)
      const byLabel = new Map<string, { held: number; said: number }>()
      const held = CLASS_FIGURES.map(() => ({ own: 0, said: 0, paired: 0, pairedSaid: 0 }))
      for (let run = 0; run < runs; run += 1) {
        const [first, second] = drawn(shares, right, n)
        const own = classFiguresOf(first)
        const paired = compareCells({ first, second, n, margin: 0, excluded: { count: 0, examples: [] } })
        for (const [at, count] of held.entries()) {
          if (own[at]?.interval) count.said += 1
          if (covers(own[at]?.interval, truth[at])) count.own += 1
          if (paired[at]?.interval) count.pairedSaid += 1
          if (covers(paired[at]?.interval, (truth[at] ?? 0) - (other[at] ?? 0))) count.paired += 1
        }
        for (const [label, scores] of classesOf(first, names, names.length).entries())
          for (const figure of OF_LABEL) {
            const { interval } = scores[figure]
            if (!interval) continue
            const key = `${figure} of ${scores.label}`
            const { held, said } = byLabel.get(key) ?? { held: 0, said: 0 }
            const isHeld = covers(interval, truths[label]?.[figure].value)
            byLabel.set(key, { held: held + Number(isHeld), said: said + 1 })
          }
      }
      for (const [at, { own, said, paired, pairedSaid }] of held.entries())
        process.stdout.write(
          `${`${CLASS_FIGURES[at]?.figure}, ${name}, ${right} right, n = ${n}: alone, paired`.padEnd(72)} ${said === 0 ? 'not said' : (own / said).toFixed(4)} (said in ${(said / runs).toFixed(2)}), ${pairedSaid === 0 ? 'not said' : (paired / pairedSaid).toFixed(4)}\n`,
        )
      for (const [what, { held, said }] of byLabel)
        if (said >= LEAST_SAID)
          process.stdout.write(
            `${`${what}, ${name}, ${right} right, n = ${n}`.padEnd(72)} ${(held / said).toFixed(4)} (of ${said})\n`,
          )
    }

/** Each figure of so many answers that every count is what is expected of it. */
function truthOf(shares: readonly number[], right: number): number[] {
  return classFiguresOf(expectedCells(shares, right)).map(({ value }) => value ?? 0)
}

function expectedCells(shares: readonly number[], right: number) {
  const cells = createCells(shares.length)
  for (const [expected, share] of shares.entries())
    for (let told = 0; told <= shares.length; told += 1)
      cells.add(0, [expected, told], share * (told === expected ? right : (1 - right) / shares.length))
  return cells
}

/** Two arms over the same rows, each right on its own. */
function drawn(shares: readonly number[], right: number, n: number) {
  const [first, second] = [createCells(shares.length), createCells(shares.length)]
  for (let row = 0; row < n; row += 1) {
    const expected = picked(shares)
    first.add(row, [expected, told(expected, right, shares.length)])
    second.add(row, [expected, told(expected, BASELINE_RIGHT, shares.length)])
  }
  return [first, second] as const
}

function told(expected: number, right: number, labels: number): number {
  if (random() < right) return expected
  const at = Math.floor(random() * labels)
  return at < expected ? at : at + 1
}

function picked(shares: readonly number[]): number {
  let left = random()
  return Math.max(
    0,
    shares.findIndex((share) => {
      left -= share
      return left < 0
    }),
  )
}

function covers(interval: { low: number; high: number } | null | undefined, truth = 0): boolean {
  return !!interval && interval.low <= truth && truth <= interval.high
}
