/** Figures of published recordings, met by the code that judges experiments. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCsv } from '../kernel/csv.ts'
import { seededRandom } from '../kernel/random.ts'
import { compare } from './comparison.ts'
import { reliabilityOf } from './reliability.ts'

const table = (folder: string) =>
  readCsv(readFileSync(new URL(`../../data/${folder}/correct.csv`, import.meta.url), 'utf8'))
    .slice(1)
    .map(({ cells }) => cells.map(Number))

const SYSTEMS = ['6b fine-tuned', '6b verified', '175b fine-tuned', '175b verified']

// The published p of the second row is 0.00316; the exact binomial sum is 0.00315066.
// Newcombe's paired interval lies within 0.0012 of the Wald interval that was computed for these files.
test.for([
  ['175b verified', '175b fine-tuned', 360, 76, 0.2153, 0.1865, 0.2441],
  ['6b verified', '175b fine-tuned', 209, 152, 0.0432, 0.0151, 0.0714],
] as const)('gsm8k: %s is better than %s, pair by pair', ([first, second, only, other, difference, low, high]) => {
  const [one, two] = [SYSTEMS.indexOf(first) + 1, SYSTEMS.indexOf(second) + 1]
  const pairs = table('reasoning-gsm8k').map((cells, at) => ({
    candidate: cells[one] ?? Number.NaN,
    control: cells[two] ?? Number.NaN,
    cluster: String(at),
  }))
  const found = compare(pairs, {
    evaluator: 'exact',
    kind: 'rate',
    unit: 'share',
    better: 'higher',
    margin: 0.02,
    intervals: 'clustered-t',
    random: seededRandom(1),
    excluded: [],
  })
  expect(found).toMatchObject({
    n: 1319,
    verdict: 'better',
    nonInferior: true,
    discordant: { onlyCandidate: only, onlyControl: other },
  })
  expect(found.difference).toBeCloseTo(difference, 4)
  expect(Math.abs((found.interval?.low ?? 0) - low)).toBeLessThan(0.0012)
  expect(Math.abs((found.interval?.high ?? 0) - high)).toBeLessThan(0.0012)
  if (first === '6b verified') expect(found.pValue).toBeCloseTo(0.00315066, 8)
})

test('game of 24: pass@k of 100 samples a puzzle', () => {
  const scored = table('reasoning-game24').map(([, samples = 0, correct = 0]) => ({
    repeats: Array.from({ length: samples }, (_, at) => (at < correct ? 1 : 0)),
  }))
  const found = reliabilityOf(
    scored,
    scored.map((_, at) => String(at)),
  )
  const at = (k: number) => found.find((one) => one.k === k)?.passAtK.toFixed(4)
  expect([at(1), at(5), at(10), at(50), at(100)]).toEqual(['0.0403', '0.1429', '0.2148', '0.4068', '0.4900'])
})
