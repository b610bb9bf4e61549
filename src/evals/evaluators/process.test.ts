/** Evaluators that run a process: SQL, code of one's own, and an answer's code. */
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { prepareEvaluators } from './index.ts'

const setup = 'create table orders (id int, total real); insert into orders values (1, 9.5), (2, 20), (3, 20)'
const python = (source: string, more: Record<string, unknown> = {}) => ({ language: 'python', source, ...more })

const cases = [
  {
    use: 'sql',
    options: { setup },
    answer: '```sql\nSELECT id FROM orders WHERE total > 10\n```',
    expected: 'select id from orders where total >= 20 order by id desc',
    score: 1,
  },
  {
    use: 'sql',
    options: { setup, ordered: true },
    answer: 'select id from orders order by id',
    expected: 'select id from orders order by id desc',
    score: 0,
  },
  { use: 'sql', options: { setup }, answer: 'drop table orders', expected: 'select 1', score: 0 },
  { use: 'sql', options: {}, answer: 'select 1', expected: 'select 1', score: null },
  {
    use: 'code',
    options: python(
      'import json,sys\nr=json.load(sys.stdin)\nprint(json.dumps({"score": len(r["answer"])/10, "detail": "length"}))',
    ),
    answer: 'abcde',
    score: 0.5,
  },
  {
    use: 'code',
    options: { language: 'typescript', source: 'const n: number = 1\nconsole.log(JSON.stringify({ score: n }))' },
    answer: '',
    score: 1,
  },
  {
    use: 'code-tests',
    options: {},
    answer: '```python\ndef f(x):\n    return x + 1\n```',
    tests: 'assert f(1) == 2',
    score: 1,
  },
  { use: 'code-tests', options: { timeoutMs: 500 }, answer: 'while True: pass', tests: '', score: 0 },
] as const

test.for(cases)('$use gives $score for $answer', async ({ use, options, answer, score, ...given }) => {
  const scored = await scoreOf(use, options, answer, given)
  expect(scored?.score).toBe(score)
})

test.for([
  ['throws', python('raise ValueError("no")'), /ended with 1: [\s\S]*ValueError: no/],
  ['hangs', python('import time\ntime.sleep(60)', { timeoutMs: 300 }), /took longer than 300 ms/],
  ['prints megabytes', python('while True: print("x" * 100000)'), /printed more than 1000000 characters/],
  ['takes all memory', python('x = bytearray(900 * 1048576)', { memoryMb: 256 }), /MemoryError/],
  ['says nothing', python('pass'), /must print .* It printed: \(nothing\)/],
  [
    'writes files',
    { language: 'typescript', source: "import { writeFileSync } from 'node:fs'\nwriteFileSync('/tmp/x', '')" },
    /ERR_ACCESS_DENIED/,
  ],
] as const)('code that %s is an error, and no score', async ([, options, message]) => {
  await expect(scoreOf('code', options, '')).rejects.toThrow(message)
})

test('code sees nothing of the environment', async () => {
  const source = 'import os,json\nprint(json.dumps({"score": len(os.environ), "detail": ",".join(os.environ)}))'
  const scored = await scoreOf('code', python(source), '')
  expect(scored?.detail.split(',').filter((name) => !['PATH', 'LC_CTYPE', 'PWD'].includes(name))).toEqual([])
})

test('code does not run where the installation does not allow it', async () => {
  await expect(scoreOf('code', python('pass'), '', {}, false)).rejects.toThrow('AIRWORTHY_EVALUATOR_CODE')
})

test('a query that never ends is stopped and is an error', async () => {
  const endless = 'with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n'
  await expect(scoreOf('sql', { setup, timeoutMs: 400 }, endless, { expected: 'select 1' })).rejects.toThrow('400 ms')
})

async function scoreOf(
  use: string,
  options: object,
  answer: string,
  given: { expected?: string; tests?: string } = {},
  mayRunCode = true,
) {
  const [prepared] = prepareEvaluators([{ use, options: { ...options } }])
  const { expected, tests } = given
  const example = Example.parse({ id: 'e', input: 'q', expected, ...(tests !== undefined && { metadata: { tests } }) })
  const result = {
    abstained: false,
    passages: [],
    citations: [],
    invalidCitations: [],
    latencyMs: 1,
    costMicroUsd: '0',
  }
  return prepared?.score({ example, answer, result }, { signal: new AbortController().signal, mayRunCode })
}
