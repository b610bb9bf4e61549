/** Figures of recorded answers to sums and puzzles: a paired comparison, and what several tries achieve. */
import { wilson } from '../../kernel/statistics/index.ts'
import { compare } from '../comparison.ts'
import { reliabilityOf } from '../reliability.ts'
import { differs, type Figures, type FileOf, met, numbers } from './figure.ts'

const SYSTEMS = ['6b fine-tuned', '6b verified', '175b fine-tuned', '175b verified'] as const
const GSM8K = 'reasoning-gsm8k/correct.csv'
const GAME24 = 'reasoning-game24/correct.csv'

export const gsm8k: Figures = {
  name: 'gsm8k',
  title: 'GSM8K: four recorded systems, pair by pair',
  source: 'openai/grade-school-math (MIT), commit 3101c7d',
  basis: 'computed from the published answers by another program',
  files: [GSM8K],
  compute(fileOf) {
    const rows = numbers(fileOf(GSM8K))
    const rates = SYSTEMS.flatMap((name, at) => {
      const successes = rows.filter((cells) => cells[at + 1] === 1).length
      const [rate = 0, low = 0, high = 0] = RATES[at] ?? []
      const own = wilson({ successes, n: rows.length })
      return [
        met(`${name}: share right`, rate, successes / rows.length),
        met(`${name}: Wilson 95 %, low`, low, own.low),
        met(`${name}: Wilson 95 %, high`, high, own.high),
      ]
    })
    return [...rates, ...paired(rows, 3, 2, [0.2153, 0.1865, 0.2441]), ...paired(rows, 1, 2, [0.0432, 0.0151, 0.0714])]
  },
}

const RATES = [
  [0.2168, 0.1954, 0.2399],
  [0.3904, 0.3645, 0.4171],
  [0.3472, 0.322, 0.3733],
  [0.5625, 0.5356, 0.5891],
] as const

const WALD = 'The reference is Wald’s interval; ours is Newcombe’s paired one, which never leaves [-1, 1].'

function paired(
  rows: readonly number[][],
  one: number,
  other: number,
  [difference, low, high]: readonly [number, number, number],
) {
  const pairs = rows.map((cells, at) => ({
    candidate: cells[one + 1] ?? Number.NaN,
    control: cells[other + 1] ?? Number.NaN,
    cluster: String(at),
  }))
  const plan = {
    evaluator: 'exact',
    kind: 'rate',
    unit: 'share',
    better: 'higher',
    margin: 0.02,
    intervals: 'clustered-t',
  } as const
  // Nothing is drawn for rates.
  const found = compare(pairs, { ...plan, random: () => 0.5, excluded: [] })
  const title = `${SYSTEMS[one]} less ${SYSTEMS[other]}`
  return [
    met(`${title}: difference`, difference, found.difference ?? Number.NaN),
    differs(`${title}: 95 %, low`, low, found.interval?.low ?? Number.NaN, WALD),
    differs(`${title}: 95 %, high`, high, found.interval?.high ?? Number.NaN, WALD),
  ]
}

export const game24: Figures = {
  name: 'game24',
  title: 'Game of 24: what several tries achieve',
  source: 'princeton-nlp/tree-of-thought-llm (MIT), commit ab40034',
  basis: 'the paper for one and a hundred tries (4.0 % and 49 %); the rest computed by another program',
  files: [GAME24],
  compute: (fileOf: FileOf) => {
    const scored = numbers(fileOf(GAME24)).map(([, samples = 0, correct = 0]) => ({
      repeats: Array.from({ length: samples }, (_, at) => (at < correct ? 1 : 0)),
    }))
    const found = reliabilityOf(
      scored,
      scored.map((_, at) => String(at)),
    )
    return TRIES.map(([k, published]) =>
      met(`pass@${k}`, published, found.find((one) => one.k === k)?.passAtK ?? Number.NaN),
    )
  },
}

const TRIES = [
  [1, 0.0403],
  [5, 0.1429],
  [10, 0.2148],
  [50, 0.4068],
  [100, 0.49],
] as const
