/** Figures of GSM8K: four recorded systems on the same questions, compared pair by pair. */
import { clusteredPairedDifference, normalQuantile, wilson } from '../../kernel/statistics/index.ts'
import { compare } from '../comparison.ts'
import { numbersIn } from '../evaluators/index.ts'
import type { PublishedFigure } from './contract.ts'
import { differs, type Figures, jsonLines, met, metSignificant, numbers, type Recording, said } from './figure.ts'

const RIGHT = 'reasoning-gsm8k/correct.csv'
const SOLUTIONS = 'reasoning-gsm8k/model_solutions.jsonl.gz'
const NAMES = ['6b_finetuning', '6b_verification', '175b_finetuning', '175b_verification'] as const
const SYSTEMS = ['6b fine-tuned', '6b verified', '175b fine-tuned', '175b verified'] as const

type Solved = { ground_truth: string } & Record<(typeof NAMES)[number], { is_correct: boolean; solution: string }>

/** Of each system: answers that are right, their share, and its 95 % Wilson interval. */
const RATES = [
  [286, 0.2168, 0.1954, 0.2399],
  [515, 0.3904, 0.3645, 0.4171],
  [458, 0.3472, 0.322, 0.3733],
  [742, 0.5625, 0.5356, 0.5891],
] as const

export const gsm8k: Figures = {
  name: 'gsm8k',
  title: 'GSM8K: four recorded systems on 1,319 questions, pair by pair',
  source: 'openai/grade-school-math (MIT), commit 3101c7d',
  basis: 'computed from the published answers by another program',
  files: [RIGHT],
  sourceFiles: [SOLUTIONS],
  compute(recording) {
    const rows = rightOf(recording)
    const rates = SYSTEMS.flatMap((name, at) => {
      const successes = rows.filter((cells) => cells[at] === 1).length
      const [right = 0, rate = 0, low = 0, high = 0] = RATES[at] ?? []
      const own = wilson({ successes, n: rows.length })
      return [
        met(`${name}: right`, right, successes, 0),
        met(`${name}: share right`, rate, successes / rows.length),
        met(`${name}: Wilson 95 %, low`, low, own.low),
        met(`${name}: Wilson 95 %, high`, high, own.high),
      ]
    })
    return [
      ...rates,
      ...paired(rows, [3, 2], { only: [360, 76], difference: 0.2153, wald: [0.1865, 0.2441], p: 2.9e-45 }),
      met('175b verified less 175b fine-tuned: paired standard error', 0.01468, standardError(rows, [3, 2]), 5),
      ...paired(rows, [1, 2], { only: [209, 152], difference: 0.0432, wald: [0.0151, 0.0714], p: 0.00316 }),
      ...(recording.has(RIGHT) ? [] : readings(recording)),
    ]
  },
}

type Expected = { only: [number, number]; difference: number; wald: [number, number]; p: number }

function paired(rows: readonly number[][], [one, other]: [number, number], expected: Expected): PublishedFigure[] {
  const pairs = rows.map((cells, at) => ({
    candidate: cells[one] ?? Number.NaN,
    control: cells[other] ?? Number.NaN,
    cluster: String(at),
  }))
  const plan = { evaluator: 'exact', kind: 'rate', unit: 'share', better: 'higher', intervals: 'clustered-t' } as const
  // Nothing is drawn for rates.
  const found = compare(pairs, { ...plan, margin: 0.02, random: () => 0.5, excluded: [] })
  const title = `${SYSTEMS[one]} less ${SYSTEMS[other]}`
  const [low, high] = expected.wald
  const difference = found.difference ?? Number.NaN
  const half = normalQuantile(0.975) * standardError(rows, [one, other])
  return [
    said(`${title}: verdict`, 'better', found.verdict),
    met(`${title}: right here alone`, expected.only[0], found.discordant?.onlyCandidate ?? Number.NaN, 0),
    met(`${title}: right there alone`, expected.only[1], found.discordant?.onlyControl ?? Number.NaN, 0),
    met(`${title}: difference`, expected.difference, difference),
    met(`${title}: 95 % as the reference has it (Wald), low`, low, difference - half),
    met(`${title}: 95 % as the reference has it (Wald), high`, high, difference + half),
    differs(`${title}: 95 %, low`, low, found.interval?.low ?? Number.NaN, { why: NEWCOMBE, within: 0.0005 }),
    differs(`${title}: 95 %, high`, high, found.interval?.high ?? Number.NaN, { why: NEWCOMBE, within: 0.0005 }),
    expected.p < 1e-6
      ? metSignificant(`${title}: exact McNemar p`, expected.p, found.pValue ?? Number.NaN, 2)
      : differs(`${title}: exact McNemar p`, expected.p, found.pValue ?? Number.NaN, {
          why: EXACT,
          within: 1e-5,
          digits: 5,
        }),
  ]
}

const NEWCOMBE = 'The reference is Wald’s interval; ours is Newcombe’s paired one, which never leaves [-1, 1].'
const EXACT =
  'The binomial sum in whole numbers, 2 P(X ≥ 209) of 361, is 0.00315066; the reference is one too high in its last digit.'

const standardError = (rows: readonly number[][], [one, other]: [number, number]): number =>
  clusteredPairedDifference({
    first: rows.map((cells) => cells[one] ?? Number.NaN),
    second: rows.map((cells) => cells[other] ?? Number.NaN),
    clusters: rows.map((_, at) => at),
  }).seCR1

/** 1 where a system is right, by question and system. */
const rightOf = ({ fileOf, has }: Recording): number[][] =>
  has(RIGHT)
    ? numbers(fileOf(RIGHT)).map(([, ...cells]) => cells)
    : jsonLines<Solved>(fileOf(SOLUTIONS)).map((row) => NAMES.map((name) => Number(row[name].is_correct)))

/** Where the answers are there: the evaluator `number` reads each as the source did. */
function readings({ fileOf }: Recording): PublishedFigure[] {
  const rows = jsonLines<Solved>(fileOf(SOLUTIONS))
  return NAMES.map((name, at) => {
    const same = rows.filter(
      (row) => (numbersIn(row[name].solution).at(-1) === numbersIn(row.ground_truth).at(-1)) === row[name].is_correct,
    )
    return met(`${SYSTEMS[at]}: answers read as the source read them`, 1_319, same.length, 0)
  })
}
