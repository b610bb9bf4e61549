import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { mean } from '../../kernel/statistics/index.ts'
import type { Answered } from './evaluator.ts'
import { EVALUATORS, evaluatorOf, prepareEvaluators } from './index.ts'

type Case = {
  use: string
  answer?: string
  example?: Record<string, unknown>
  result?: Partial<Answered>
  options?: Record<string, unknown>
  score: number | null
}

const cases: Case[] = [
  { use: 'exact', answer: ' Paris\n', example: { expected: 'Paris' }, score: 1 },
  { use: 'exact', answer: 'paris', example: { expected: 'Paris' }, score: 0 },
  { use: 'exact', answer: 'Lutetia', example: { expected: ['Paris', 'Lutetia'] }, score: 1 },
  { use: 'exact', answer: 'Paris', score: null },

  { use: 'normalised', answer: 'The Paris! [1]', example: { expected: 'paris' }, score: 1 },
  { use: 'normalised', answer: 'An  apple, a day', example: { expected: 'apple day' }, score: 1 },
  { use: 'normalised', answer: 'theatre', example: { expected: 'atre' }, score: 0 },
  { use: 'normalised', answer: 'x', example: { expected: null }, score: null },

  { use: 'contains', answer: 'It is PARIS.', example: { expected: 'Paris' }, score: 1 },
  {
    use: 'contains',
    answer: 'It is PARIS.',
    example: { expected: 'Paris' },
    options: { caseSensitive: true },
    score: 0,
  },
  { use: 'contains', answer: 'red and blue', options: { values: ['red', 'blue'] }, score: 1 },
  { use: 'contains', answer: 'red', options: { values: ['red', 'blue'] }, score: 0 },
  { use: 'contains', answer: 'red', example: { expected: ' ' }, score: null },

  { use: 'regex', answer: 'Order 4711', options: { pattern: '\\d{4}' }, score: 1 },
  { use: 'regex', answer: 'order', options: { pattern: '^ORDER$', flags: 'i' }, score: 1 },
  { use: 'regex', answer: 'no number', options: { pattern: '\\d' }, score: 0 },
  { use: 'regex', answer: 'no number', options: { pattern: '\\d', absent: true }, score: 1 },

  { use: 'json-schema', answer: '{"a":1}', options: { schema: { type: 'object', required: ['a'] } }, score: 1 },
  { use: 'json-schema', answer: '```json\n{"a":1}\n```', options: { schema: { required: ['a'] } }, score: 1 },
  { use: 'json-schema', answer: '{"b":1}', options: { schema: { required: ['a'] } }, score: 0 },
  { use: 'json-schema', answer: 'a: 1', options: { schema: {} }, score: 0 },

  { use: 'token-f1', answer: 'the cat sat', example: { expected: 'cat sat down' }, score: 0.8 },
  { use: 'token-f1', answer: 'a b b', example: { expected: ['x', 'b b b'] }, score: 0.8 },
  { use: 'token-f1', answer: 'cat [1, 2]', example: { expected: 'cat' }, score: 1 },
  { use: 'token-f1', answer: '', example: { expected: 'cat' }, score: 0 },
  { use: 'token-f1', answer: 'the', example: { expected: '' }, score: 1 },
  { use: 'token-f1', answer: 'cat', score: null },

  { use: 'rouge-l', answer: 'police killed the gunman', example: { expected: 'police kill the gunman' }, score: 0.75 },
  { use: 'rouge-l', answer: 'the gunman police killed', example: { expected: 'police killed the gunman' }, score: 0.5 },
  { use: 'rouge-l', answer: 'a b c d', example: { expected: ['x y', 'a d'] }, score: 2 / 3 },
  { use: 'rouge-l', answer: 'x', score: null },

  { use: 'citation-validity', result: { citations: ['p1'] }, score: 1 },
  { use: 'citation-validity', result: { citations: ['p1'], invalidCitations: ['[9]'] }, score: 0 },
  { use: 'citation-validity', score: null },
  { use: 'citation-validity', options: { required: true }, score: 0 },
  { use: 'citation-validity', options: { required: true }, result: { abstained: true }, score: null },

  { use: 'abstention', example: { unanswerable: true }, result: { abstained: true }, score: 1 },
  { use: 'abstention', example: { unanswerable: true }, score: 0 },
  { use: 'abstention', example: { unanswerable: false }, result: { abstained: true }, score: 0 },
  { use: 'abstention', example: { expected: 'x' }, score: 1 },
  { use: 'abstention', score: null },

  { use: 'recall-at-k', example: { contexts: ['b', 'z'] }, result: { passages: ['a', 'b', 'c'] }, score: 0.5 },
  {
    use: 'recall-at-k',
    example: { contexts: ['c'] },
    result: { passages: ['a', 'b', 'c'] },
    options: { k: 2 },
    score: 0,
  },
  { use: 'recall-at-k', example: { contexts: ['c'] }, score: 0 },
  { use: 'recall-at-k', example: { contexts: [] }, result: { passages: ['a'] }, score: null },

  { use: 'average-precision', example: { contexts: ['a', 'c'] }, result: { passages: ['a', 'b', 'c'] }, score: 5 / 6 },
  { use: 'average-precision', example: { contexts: ['z'] }, result: { passages: ['a'] }, score: 0 },
  { use: 'average-precision', result: { passages: ['a'] }, score: null },

  { use: 'latency-ms', result: { latencyMs: 12.5 }, score: 12.5 },
  { use: 'cost-micro-usd', result: { costMicroUsd: '3.25' }, score: 3.25 },
  { use: 'cost-micro-usd', result: { costMicroUsd: null }, score: null },
]

test.for(cases)('$use gives $score for "$answer" $example $options $result', ({ use, score, ...given }) => {
  const [prepared] = prepareEvaluators([{ use, options: given.options ?? {} }])
  const scored = prepared?.score({
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
  })
  if (score === null) expect(scored?.score).toBeNull()
  else expect(scored?.score).toBeCloseTo(score, 12)
  expect(scored?.detail).not.toBe('')
})

test('every evaluator has a row in the table above', () => {
  expect(EVALUATORS.map(({ id }) => id).filter((id) => !cases.some(({ use }) => use === id))).toEqual([])
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
  ['faithfulness', {}, /There is no evaluator faithfulness. Use one of exact, /],
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
  expect(() => score({ example, answer, result })).toThrow(/took longer than 100 ms/)
})

test('two uses of one evaluator keep their scores apart', () => {
  const keys = prepareEvaluators([
    { use: 'regex', options: { pattern: 'a' } },
    { use: 'regex', options: { pattern: 'b' } },
  ]).map(({ key }) => key)
  expect(keys).toEqual(['regex', 'regex#2'])
})

test('ROUGE-L of the whole passage meets the published floor of CLAPNQ (0.5008 over 300 questions)', () => {
  const rouge = evaluatorOf('rouge-l').prepare({})
  const file = new URL('../../../data/rag-clapnq/dev.answerable.jsonl.gz', import.meta.url)
  const scores = gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => {
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
      return rouge({ example, answer: row.passages[0]?.text ?? '', result }).score ?? Number.NaN
    })
  expect(scores).toHaveLength(300)
  expect(mean(scores)).toBeCloseTo(0.5008, 4)
})
