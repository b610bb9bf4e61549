import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { mean } from '../../kernel/statistics/index.ts'
import { textCases } from './cases.example.ts'
import { EVALUATORS, evaluatorOf, prepareEvaluators } from './index.ts'
import { workCases } from './work-cases.example.ts'

const cases = [...textCases, ...workCases]
const alone = { signal: new AbortController().signal }

test.for(cases)('$use gives $score for "$answer" $example $options $result', async ({ use, score, ...given }) => {
  const [prepared] = prepareEvaluators([{ use, options: given.options ?? {} }])
  const row = {
    example: Example.parse({ id: 'e1', input: 'q', ...given.example }),
    answer: given.answer ?? '',
    result: {
      abstained: false,
      passages: [],
      citations: [],
      invalidCitations: [],
      latencyMs: 1,
      costMicroUsd: '0',
      ...given.result,
    },
  }
  const scored = await prepared?.score(row, alone)
  if (score === null) expect(scored?.score).toBeNull()
  else expect(scored?.score).toBeCloseTo(score, 12)
  expect(scored?.detail).not.toBe('')
})

test('every evaluator has a row in a table: above, of those that a model grades, or of those that run a process', () => {
  const others = readFileSync(new URL('./graded.test.ts', import.meta.url), 'utf8').concat(
    readFileSync(new URL('./process.test.ts', import.meta.url), 'utf8'),
  )
  const isTried = (id: string) => cases.some(({ use }) => use === id) || others.includes(`use: '${id}'`)
  expect(EVALUATORS.map(({ id }) => id).filter((id) => !isTried(id))).toEqual([])
})

test.for([
  ['regex', { pattern: '(a+)+$' }, /repeats a group that repeats itself/],
  ['regex', { pattern: '(?:(x{2,}y))*' }, /repeats a group/],
  ['regex', { pattern: '(' }, /regex cannot use its options/],
  ['regex', {}, /pattern/],
  ['json-schema', { schema: { pattern: '(a+)+$' } }, /repeats a group that repeats itself/],
  ['json-schema', { schema: { type: 'nothing' } }, /json-schema cannot use its options/],
  ['recall-at-k', { k: 0 }, /k/],
  ['exact', { tolerance: 1 }, /tolerance/],
  ['vibes', {}, /There is no evaluator vibes. Use one of exact, /],
] as const)('%s with the options %j is refused when the suite is read', ([use, options, message]) => {
  expect(() => prepareEvaluators([{ use, options: { ...options } }])).toThrow(message)
})

test.for([
  ['regex', { pattern: '^(a|a)*$' }, `${'a'.repeat(40)}b`],
  ['json-schema', { schema: { type: 'string', pattern: '^(a|a)*$' } }, `"${'a'.repeat(40)}b"`],
  ['json-schema', { schema: { patternProperties: { '^(a|a)*$': { type: 'boolean' } } } }, `{"${'a'.repeat(40)}b": 1}`],
] as const)('an expression of %s that explodes is stopped and is an error, not a 0', ([use, options, answer]) => {
  const score = evaluatorOf(use).prepare(options)
  const example = Example.parse({ id: 'e', input: 'q' })
  const result = {
    abstained: false,
    passages: [],
    citations: [],
    invalidCitations: [],
    latencyMs: 1,
    costMicroUsd: null,
  }
  expect(() => score({ example, answer, result }, alone)).toThrow(/took longer than 1000 ms/)
})

test('two uses of one evaluator keep their scores apart', () => {
  const keys = prepareEvaluators([
    { use: 'regex', options: { pattern: 'a' } },
    { use: 'regex', options: { pattern: 'b' } },
  ]).map(({ key }) => key)
  expect(keys).toEqual(['regex', 'regex#2'])
})

test('ROUGE-L of the whole passage meets the published floor of CLAPNQ (0.5008 over 300 questions)', async () => {
  const rouge = evaluatorOf('rouge-l').prepare({})
  const file = new URL('../../../data/rag-clapnq/dev.answerable.jsonl.gz', import.meta.url)
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
  const scores = await Promise.all(
    lines.map(async (line) => {
      const row = JSON.parse(line) as {
        id: string
        input: string
        passages: { text: string }[]
        output: { answer: string }[]
      }
      const example = Example.parse({ id: row.id, input: row.input, expected: row.output.map(({ answer }) => answer) })
      const result = {
        abstained: false,
        passages: [],
        citations: [],
        invalidCitations: [],
        latencyMs: 0,
        costMicroUsd: null,
      }
      return (await rouge({ example, answer: row.passages[0]?.text ?? '', result }, alone)).score ?? Number.NaN
    }),
  )
  expect(scores).toHaveLength(300)
  expect(mean(scores)).toBeCloseTo(0.5008, 4)
})
