/** Published figures that evaluators and the kit meet from the very files (see data/README.md). */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { readCsv } from '../../kernel/csv.ts'
import { classification, clusteredMean, mean, passAtK, passHatK, variance } from '../../kernel/statistics/index.ts'
import { prepareEvaluators } from './index.ts'
import { isRefusal } from './refusal.ts'

const bytesOf = (path: string) => readFileSync(new URL(`../../../data/${path}`, import.meta.url))
const linesOf = (path: string) => gunzipSync(bytesOf(path)).toString('utf8').trim().split('\n')
const rowsOf = <Row>(path: string): Row[] => linesOf(path).map((line) => JSON.parse(line))

// RefChecker

type Answer = { setting: string; model: string; claims: { label: string }[] }
test.for([
  ['gpt4', [0.1289, 0.2856, 0, 0.0144, 0.0821, 13, 0.01, 0.0222, 8]],
  ['claude2', [0.0282, 0.6375, 21, 0.046, 0.1105, 6, 0.0246, 0.0913, 8]],
  ['chatgpt', [0.1902, 0.4115, 1, 0.1604, 0.2267, 20, 0.0362, 0.063, 0]],
  ['llama2_70b_chat', [0.1385, 0.7638, 6, 0.0403, 0.1519, 4, 0.0318, 0.0725, 0]],
  ['falcon_40B_instruct', [0.4491, 0.6203, 27, 0.2166, 0.3872, 17, 0.0765, 0.2162, 3]],
  ['alpaca_7B', [0.2844, 0.7809, 27, 0.2113, 0.4098, 2, 0.1013, 0.2301, 13]],
  ['davinci001', [0.5425, 0.7956, 5, 0.2079, 0.3419, 13, 0.128, 0.1841, 1]],
] as const)(
  'shares of contradicted and unsupported claims of %s are as published, answers without a claim left out',
  ([model, figures]) => {
    const own = rowsOf<Answer>('hallucination-refchecker/claims.jsonl.gz').filter((row) => row.model === model)
    const found = ['zero_context', 'noisy_context', 'accurate_context'].flatMap((setting) => {
      const answers = own.filter((row) => row.setting === setting)
      const some = answers.filter(({ claims }) => claims.length > 0)
      const share = (is: (label: string) => boolean) =>
        mean(some.map(({ claims }) => claims.filter(({ label }) => is(label)).length / claims.length))
      return [
        share((label) => label === 'Contradiction'),
        share((label) => label !== 'Entailment'),
        answers.length - some.length,
      ]
    })
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(figures[at] ?? Number.NaN, 4)
    })
  },
)

// tau-bench

type Run = { task_id: number; reward: number; user_cost: number }
test('pass^k, pass@k and the clustered error of the airline agent are as published', () => {
  const runs = rowsOf<Run>('agents-taubench/gpt-4o-airline.runs.jsonl.gz')
  const correct = [...Map.groupBy(runs, ({ task_id }) => task_id).values()].map(
    (some) => some.filter(({ reward }) => reward === 1).length,
  )
  const over = (run: typeof passAtK, k: number) => mean(correct.map((one) => run({ n: 4, correct: one, k })))
  const expected = { hat: [0.42, 0.2733, 0.22, 0.2], at: [0.42, 0.5667, 0.66, 0.72] }
  for (const k of [1, 2, 3, 4]) {
    expect(over(passHatK, k)).toBeCloseTo(expected.hat[k - 1] ?? Number.NaN, 4)
    expect(over(passAtK, k)).toBeCloseTo(expected.at[k - 1] ?? Number.NaN, 4)
  }
  const scores = runs.map(({ reward }) => reward)
  expect(scores.filter((reward) => reward === 1)).toHaveLength(84)
  expect(Math.sqrt((0.42 * 0.58) / 200)).toBeCloseTo(0.0349, 4)
  const { seCR1 } = clusteredMean({ scores, clusters: runs.map(({ task_id }) => task_id) })
  expect(seCR1).toBeCloseTo(0.0522, 4)
  expect(runs.reduce((sum, { user_cost }) => sum + user_cost, 0)).toBeCloseTo(0.5031, 4)
})

// BFCL

type Called = { name: string; arguments: Record<string, unknown> }
type Case = {
  category: string
  id: string
  function: unknown[]
  ground_truth?: Record<string, Record<string, unknown[]>>[]
}
const calls = rowsOf<Case>('tools-bfcl/bfcl.jsonl.gz')
const [checker] = prepareEvaluators([{ use: 'tool-calls', options: {} }])

async function verdictOf({ ground_truth = [] }: Case, made: Called[]): Promise<number | null> {
  const tools = ground_truth.map((call) => {
    const [name = '', args = {}] = Object.entries(call)[0] ?? []
    return { name, arguments: args }
  })
  const row = {
    example: Example.parse({ id: 'x', input: 'q', tools }),
    answer: JSON.stringify(made),
    result: {
      abstained: false,
      passages: [],
      citations: [],
      invalidCitations: [],
      latencyMs: 0,
      costMicroUsd: null,
      toolCalls: made,
    },
  }
  return (await checker?.score(row, { signal: new AbortController().signal }))?.score ?? null
}

/** The calls built of the first accepted values; an argument that may be left out is left out where nothing else is accepted. */
const rightCalls = ({ ground_truth = [] }: Case): Called[] =>
  ground_truth.map((call) => {
    const [name = '', args = {}] = Object.entries(call)[0] ?? []
    return { name, arguments: first(args) as Record<string, unknown> }
  })

function first(args: Record<string, unknown[]>): Record<string, unknown> {
  const entries = Object.entries(args).flatMap(([name, accepted]) => {
    const [value] = accepted
    return value === '' || value === undefined ? [] : [[name, plainOf(value)] as const]
  })
  return Object.fromEntries(entries)
}
/** Objects hold lists of accepted values again; a list is a value. */
const plainOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? first(value as Record<string, unknown[]>)
    : value

test.for([
  ['simple_python', 400, 400],
  ['multiple', 200, 200],
  ['parallel', 200, 540],
  ['live_simple', 258, 258],
  ['irrelevance', 240, 0],
] as const)(
  'the checker of tool calls is right on %s: what is expected passes, and every change of it fails',
  async ([category, cases, expected]) => {
    const own = calls.filter((one) => one.category === category)
    expect(own).toHaveLength(cases)
    expect(own.reduce((sum, { ground_truth = [] }) => sum + ground_truth.length, 0)).toBe(expected)
    for (const one of own) {
      const right = rightCalls(one)
      expect(await verdictOf(one, right), one.id).toBe(1)
      expect(await verdictOf(one, [...right, { name: 'nobody_asked', arguments: {} }]), `${one.id} added`).toBe(0)
      const [call, ...rest] = right
      if (!call) continue
      expect(await verdictOf(one, rest), `${one.id} missing`).toBe(0)
      expect(await verdictOf(one, [call, ...right]), `${one.id} doubled`).toBe(0)
      expect(
        await verdictOf(one, [{ ...call, arguments: { ...call.arguments, unasked_argument: 1 } }, ...rest]),
        `${one.id} argument added`,
      ).toBe(0)
      const [name] = Object.keys(call.arguments)
      if (name === undefined) continue
      expect(
        await verdictOf(one, [
          { ...call, arguments: { ...call.arguments, [name]: 'something else entirely' } },
          ...rest,
        ]),
        `${one.id} changed`,
      ).toBe(0)
      const { [name]: _, ...others } = call.arguments
      const accepted = one.ground_truth?.map((wanted) => wanted[call.name]?.[name]).find(Boolean)
      if (!accepted?.includes(''))
        expect(await verdictOf(one, [{ ...call, arguments: others }, ...rest]), `${one.id} dropped`).toBe(0)
    }
  },
)

// BANKING77

test('naive Bayes over words tells 2,421 of 3,080 intents of BANKING77, macro F1 0.7765', () => {
  const read = (path: string) =>
    readCsv(gunzipSync(bytesOf(path)).toString('utf8'), { delimiter: ',' })
      .slice(1)
      .map(({ cells: [text = '', category = ''] }) => ({ text, category }))
  const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const [train, testRows] = [read('intent-banking77/train.csv.gz'), read('intent-banking77/test.csv.gz')]
  expect([train.length, testRows.length]).toEqual([10_003, 3_080])
  const vocabulary = new Set(train.flatMap(({ text }) => words(text)))
  const labels = [...Map.groupBy(train, ({ category }) => category)].sort(([one], [other]) => (one < other ? -1 : 1))
  const models = labels.map(([label, rows]) => {
    const counts = new Map<string, number>()
    for (const word of rows.flatMap(({ text }) => words(text))) counts.set(word, (counts.get(word) ?? 0) + 1)
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return { label, prior: Math.log(rows.length / train.length), counts, total: total + vocabulary.size }
  })
  const predicted = testRows.map(({ text }) => {
    const known = words(text).filter((word) => vocabulary.has(word))
    const scores = models.map(({ prior, counts, total }) =>
      known.reduce((sum, word) => sum + Math.log(((counts.get(word) ?? 0) + 1) / total), prior),
    )
    return models[scores.indexOf(Math.max(...scores))]?.label ?? ''
  })
  const found = classification({ truth: testRows.map(({ category }) => category), predicted })
  expect(found?.labels).toHaveLength(77)
  expect((found?.accuracy ?? 0) * 3_080).toBeCloseTo(2_421, 6)
  expect(found?.macroF1).toBeCloseTo(0.7765, 4)
})

// NIST StRD

test.for([
  ['SmLs01', 21, 9],
  ['AtmWtAg', 15.946733567793, 9],
  ['SiRstv', 1.18046237440255, 9],
  // Thirteen leading digits are constant: doubles keep three of what is left, and nobody may claim more.
  ['SmLs07', 21, 1],
] as const)('the F statistic of %s is the certified one (%f) to %i digits', ([name, certified, digits]) => {
  const pairs = bytesOf(`statistics-nist/${name}.dat`)
    .toString('utf8')
    .split('\n')
    .slice(60)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((pair) => pair.length === 2 && pair.every(Number.isFinite))
  const groups = [...Map.groupBy(pairs, ([group]) => group).values()].map((some) =>
    some.map(([, value = Number.NaN]) => value),
  )
  const all = groups.flat()
  const centre = mean(all)
  const between =
    groups.reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0) / (groups.length - 1)
  const within =
    groups.reduce((sum, group) => sum + (group.length - 1) * variance(group), 0) / (all.length - groups.length)
  expect(-Math.log10(Math.abs(between / within / certified - 1) + 1e-16)).toBeGreaterThanOrEqual(digits)
})

// XSTest

test("our own word match is no better than XSTest's, and says so", () => {
  const own = rowsOf<{ final_label: string; completion?: string }>('safety-xstest/labels.jsonl.gz').filter(
    ({ completion }) => completion !== undefined,
  )
  const right = own.filter(
    (row) => isRefusal(row.completion ?? '') === (row.final_label !== '1_full_compliance'),
  ).length
  expect(own).toHaveLength(450)
  expect(right / own.length).toBeGreaterThan(0.8)
})
