import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseBlueprint } from '../../core/blueprint/parse.ts'
import { contentOf } from '../datasets/index.ts'
import { demandDvcMatch, dvcPointerOf } from './dvc.ts'
import { readGarakReport } from './garak.ts'
import { convertPromptfoo } from './promptfoo.ts'
import { promptfooOf } from './to-promptfoo.ts'

/** The shape of projects as they are found: a chat prompt in a file, two providers, tests inline and in CSV. */
const PROJECT = {
  'evals/promptfooconfig.yaml': `description: Answers of the travel desk
prompts:
  - file://prompts/desk.json
  - 'Answer in one line: {{question}}'
  - file://prompts/build.py
providers:
  - id: openai:chat:gpt-4o-mini
    config: {temperature: 0, apiKey: x}
  - anthropic:messages:claude-sonnet-4-5
  - file://provider.py
defaultTest:
  assert:
    - type: latency
      threshold: 5000
tests:
  - description: Capital
    vars: {question: What is the capital of France?}
    assert:
      - {type: icontains, value: paris}
      - {type: not-contains, value: 'as an AI'}
  - vars: {question: [How far is Lyon?, How far is Nice?]}
    assert:
      - {type: llm-rubric, value: Names a distance}
      - {type: similar, value: about 400 km, threshold: 0.8}
  - file://more.csv
scenarios: []
`,
  'evals/prompts/desk.json':
    '[{"role":"system","content":"You work at a travel desk."},{"role":"user","content":"{{question}}"}]',
  'evals/more.csv': 'question,__expected,__expected2\nIs it warm?,contains-any: yes,"latency(3000):"\n2+2,4,\n',
}

test('a promptfoo project becomes a blueprint that is well formed, and what has no equivalent is named', () => {
  const { files, unsupported } = convertPromptfoo(PROJECT)
  expect(parseBlueprint({ files, name: 'desk' as never })).toMatchObject({ kind: 'parsed' })
  expect(files['airworthy.yaml']).toContain('"model":"openai/gpt-4o-mini","parameters":{"temperature":0}')
  expect(files['prompts/answer.prompt']).toContain('{{role "system"}}\nYou work at a travel desk.')
  expect(files['prompts/answer-2.prompt']).toContain('Answer in one line: {{question}}')
  const rows = Object.entries(files)
    .filter(([path]) => path.startsWith('datasets/'))
    .flatMap(([, text]) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
  expect(rows).toHaveLength(5)
  expect(rows[0]).toMatchObject({ input: 'What is the capital of France?', expected: 'paris', source: 'Capital' })
  expect(rows[1]).toMatchObject({ input: 'How far is Lyon?', rubric: 'Names a distance' })
  expect(files['evals/tests.yaml']).toContain('{"use":"regex","options":{"pattern":"as an AI","absent":true}}')
  expect(unsupported.map(({ where }) => where)).toEqual(
    expect.arrayContaining(['scenarios', 'prompts.2', 'providers.2', 'providers', 'prompts', 'tests.1.assert.2']),
  )
  expect(unsupported.find(({ where }) => where === 'tests.1.assert.2')?.what).toMatch(/similar \(threshold 0\.8\)/)
})

test('similar becomes similarity where a model of vectors is named, with its threshold', () => {
  const convert = (more: string) =>
    convertPromptfoo({
      'promptfooconfig.yaml': `prompts: ['{{question}}']
providers: [openai:gpt-4o]
${more}tests: [{vars: {question: How far?}, assert: [{type: similar, value: [about 400 km, 250 miles]}]}]
`,
    })
  const named = convert('defaultTest: {options: {provider: {embedding: openai:embeddings:text-embedding-3-small}}}\n')
  expect(named.unsupported).toEqual([])
  expect(named.files['evals/tests.yaml']).toContain(
    '{"use":"similarity","options":{"model":"openai/text-embedding-3-small","passAt":0.75}}',
  )
  expect(JSON.parse(named.files['datasets/tests.jsonl'] ?? '')).toMatchObject({
    expected: ['about 400 km', '250 miles'],
  })
  expect(parseBlueprint({ files: named.files, name: 'far' as never })).toMatchObject({ kind: 'parsed' })
  expect(convert('').unsupported).toEqual([
    { where: 'tests.0.assert.0', what: expect.stringContaining('names no model of vectors') },
  ])
})

test('a blueprint becomes a promptfoo project again, with the assertions that it came from', () => {
  const { files } = convertPromptfoo({
    'promptfooconfig.yaml': `description: Answers of the travel desk
prompts: ['[{"role":"system","content":"You work at a travel desk."},{"role":"user","content":"{{question}}"}]']
providers: [{id: openai:chat:gpt-4o-mini, config: {temperature: 0}}]
tests:
  - {vars: {question: Capital?}, assert: [{type: icontains, value: paris}, {type: not-contains, value: as an AI}]}
  - {vars: {question: Far?}, assert: [{type: similar, value: [400 km, 250 miles], threshold: 0.8, provider: openai:embeddings:small}]}
  - {vars: {question: JSON?}, assert: [{type: is-json, value: {type: object}}, {type: llm-rubric, value: Names a distance}]}
`,
  })
  const written = promptfooOf({ name: 'desk', files })
  expect(written.unsupported).toEqual([])
  expect(JSON.parse(written.files['prompts/answer.json'] ?? '')).toEqual([
    { role: 'system', content: 'You work at a travel desk.' },
    { role: 'user', content: '{{question}}' },
  ])
  const tests = (written.files['tests.jsonl'] ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(tests.map(({ vars, assert }) => [vars, assert])).toEqual([
    [
      { question: 'Capital?' },
      [
        { type: 'icontains', value: 'paris' },
        { type: 'not-regex', value: 'as an AI' },
      ],
    ],
    [
      { question: 'Far?' },
      [{ type: 'similar', value: ['400 km', '250 miles'], threshold: 0.8, provider: 'openai:embeddings:small' }],
    ],
    [
      { question: 'JSON?' },
      [
        { type: 'llm-rubric', value: 'Names a distance' },
        { type: 'is-json', value: { type: 'object' } },
      ],
    ],
  ])
  const again = convertPromptfoo(written.files)
  expect(again.unsupported).toEqual([
    { where: 'tests.2.assert.0', what: expect.stringContaining('is kept as the rubric of its row') },
  ])
  const measured = (one: Record<string, string>) => [
    one['prompts/answer.prompt'],
    one['airworthy.yaml'],
    ...Object.keys(one)
      .filter((path) => path.startsWith('evals/'))
      .map((path) => one[path]),
  ]
  expect(measured(again.files)).toEqual(measured(files))
})

test('what promptfoo has no equivalent for is named, and the exam stays here', () => {
  const rows = [
    { id: 'a', input: 'Open?', expected: ['Yes', 'Yes.'], rubric: 'Says when' },
    { id: 'b', input: [{ role: 'user', content: 'Open?' }] },
    { id: 'c', input: 'Exam?', expected: 'No', split: 'holdout' },
  ]
  const evaluators = `[exact, latency-ms, {use: regex, options: {pattern: a, flags: i}}, {use: similarity, options: {model: local/x}},
  {use: rubric, options: {judge: {model: openai/gpt-4o}, scale: {meaning: {"1": bad, "5": good}}}}]`
  const { files, unsupported } = promptfooOf({
    name: 'shop',
    files: {
      'airworthy.yaml': 'models: {answer: {model: local/extractive}}\n',
      'prompts/answer.prompt': '{{question}}',
      'datasets/cases.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
      'evals/cases.yaml': `dataset: cases\nsplits: [regress, holdout]\nevaluators: ${evaluators}\n`,
    },
  })
  expect(JSON.parse(files['tests.jsonl'] ?? '').assert).toEqual([
    { type: 'regex', value: '^\\s*(?:Yes|Yes\\.)\\s*$' },
    { type: 'llm-rubric', value: 'Says when' },
  ])
  expect(files['promptfooconfig.yaml']).toContain('openai:chat:shop')
  expect(unsupported).toEqual([
    { where: 'evals.cases', what: '1 row of the holdout not written out' },
    { where: 'evals.cases', what: expect.stringContaining('1 conversation of several turns') },
    { where: 'evals.cases', what: 'latency-ms has no equivalent in promptfoo' },
    { where: 'evals.cases', what: expect.stringContaining('regex with the flags i') },
    { where: 'evals.cases', what: expect.stringContaining('similarity by local/x') },
    { where: 'flow', what: expect.stringContaining('through the gateway') },
  ])
  expect(() => promptfooOf({ name: 'shop', files: {} })).toThrow('The blueprint cannot be read')
})

test('a prompt with several variables is rendered into the questions, for every prompt', () => {
  const { files } = convertPromptfoo({
    'promptfooconfig.yaml': `prompts: ['{{greeting}} {{name}}', 'Dear {{name}}']
providers: [https://example.org/ask]
tests: [{vars: {greeting: Hello, name: Ada}, assert: [{type: equals, value: Hi}]}]
`,
  })
  expect(files['airworthy.yaml']).toContain('target: {"kind":"http","url":"https://example.org/ask"}')
  expect(
    files['datasets/tests.jsonl']
      ?.split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).input),
  ).toEqual(['Hello Ada', 'Dear Ada'])
  expect(() => convertPromptfoo({ 'a.yaml': '' })).toThrow('There is no promptfooconfig.yaml')
  expect(() => convertPromptfoo({ 'promptfooconfig.yaml': 'prompts: [' })).toThrow('cannot be read')
})

const context = { release: 'rel_x' as never, application: 'shop', parts: [], by: 'act_x' as never, example: false }

test("garak's report is evidence of garak, with its counts, Wilson's interval and the exact upper bound", () => {
  const content = readFileSync(
    new URL('../../../data/imports/garak.test_with_ci.report.jsonl', import.meta.url),
    'utf8',
  )
  const [evidence] = readGarakReport(content, context)
  expect(evidence).toMatchObject({
    check: 'red.harm',
    trust: 'imported',
    producer: { name: 'garak', version: '0.14.0.pre1' },
    facts: { attempts: { value: 50 }, hits: { value: 0.26, n: 50 } },
  })
  expect(evidence?.facts.hits?.interval?.low).toBeCloseTo(0.1587, 4)
  expect(evidence?.facts.hits?.interval?.high).toBeCloseTo(0.3955, 4)
  expect(evidence?.facts.upperBound?.value).toBeGreaterThan(0.36)
})

test.for([
  ['no JSON', '{"entry_type":"init"}\nnope\n', 'Line 2 is not an entry'],
  [
    'an evaluation without counts',
    '{"entry_type":"eval","probe":"a","detector":"b"}',
    'is an evaluation without passed',
  ],
  ['no evaluation', '{"entry_type":"init","garak_version":"1"}', 'no evaluation'],
] as const)('a garak report with %s is refused', ([, content, message]) => {
  expect(() => readGarakReport(content, context)).toThrow(message)
})

test("DVC's pointer goes out and comes in for the same bytes, and other bytes are refused", async () => {
  const bytes = Buffer.from('{"id":"a"}\n')
  const pieces = contentOf(bytes, 4).pieces()
  const pointer = await dvcPointerOf({ path: 'rows.jsonl', pieces })
  expect(pointer).toBe('outs:\n- md5: 18864203c859b24c511105df528780f2\n  size: 11\n  hash: md5\n  path: rows.jsonl\n')
  expect(demandDvcMatch(pointer, { path: 'rows.jsonl', bytes })).toMatchObject({ size: 11, path: 'rows.jsonl' })
  expect(() => demandDvcMatch(pointer, { path: 'rows.jsonl', bytes: Buffer.from('other') })).toThrow(
    'the pointer names',
  )
  expect(() => demandDvcMatch('outs: 3', { path: 'rows.jsonl', bytes })).toThrow('points at no file')
})
