import { expect, test } from 'vitest'
import type { BlueprintFiles } from './files.ts'
import { parseBlueprint } from './parse.ts'
import { placeholdersOf } from './prompt-file.ts'

const good: BlueprintFiles = {
  'airworthy.yaml':
    'description: answers\nmodels:\n  answer: {model: local/extractive}\nduties: {business-owner: Ada}\n',
  'prompts/answer.prompt':
    '---\ninput:\n  schema:\n    question: string\n---\n{{role "system"}}Answer from the passages.\n{{#each passages}}[{{n}}] {{text}}\n{{/each}}{{role "user"}}{{question}}\n',
  'knowledge/returns.md': '# Returns\nWithin 30 days.',
  'datasets/questions.jsonl':
    '{"id":"1","input":"How long?","expected":"30 days"}\n{"id":"2","input":"When?","split":"build"}\n',
  'evals/questions.yaml': 'dataset: questions\nevaluators: [token-f1, abstention]\n',
  'charter.yaml': 'problem: slow answers # a comment\n',
}
const parse = (files: BlueprintFiles) => parseBlueprint({ files, name: 'shop' })
const digest = (files: BlueprintFiles) => {
  const parsed = parse(files)
  return parsed.kind === 'parsed' ? parsed.blueprint.digest : parsed.problems
}

test('a blueprint is parsed into its parts, with the default flow over its documents', () => {
  const parsed = parse(good)
  expect(parsed).toMatchObject({
    kind: 'parsed',
    blueprint: {
      settings: { name: 'shop' },
      flow: {
        name: 'default',
        steps: [
          { use: 'retrieve', k: 4 },
          { use: 'generate', prompt: 'answer', model: 'answer' },
        ],
      },
      datasets: [
        {
          name: 'questions',
          rows: [
            { id: '1', split: 'regress' },
            { id: '2', split: 'build' },
          ],
        },
      ],
      suites: [{ name: 'questions', primary: 'token-f1', splits: ['regress'] }],
      documents: { charter: {}, duties: {}, profile: {} },
    },
  })
})

test.for([
  ['comments and line ends change nothing', { 'charter.yaml': 'problem: slow answers\r\n' }, true],
  [
    'the order of keys changes nothing',
    {
      'airworthy.yaml':
        'duties: {business-owner: Ada}\nmodels:\n  answer: {model: local/extractive}\ndescription: answers\n',
    },
    true,
  ],
  ['a word of a prompt changes the digest', { 'prompts/answer.prompt': '{{question}}?' }, false],
  [
    'the order of examples changes the digest',
    { 'datasets/questions.jsonl': `${String(good['datasets/questions.jsonl']).split('\n').reverse().join('\n')}` },
    false,
  ],
] as const)('%s', ([, change, isSame]) => {
  expect(digest({ ...good, ...change }) === digest(good)).toBe(isSame)
})

test('all mistakes of all files come at once, each with file, line, field and remedy', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    i === 7340 ? '{"id":"x","input":}' : `{"id":"${i}","input":"q"}`,
  ).join('\n')
  const parsed = parse({
    'airworthy.yaml': 'description: answers\nmodels:\n  answer: {model: extractive}\nprofil: {}\n',
    'prompts/answer.prompt': 'Answer {{qestion}}',
    'evals/suite.yaml': 'dataset: [\n',
    'datasets/big.jsonl': rows,
    'notes.txt': 'x',
  })
  expect(parsed.kind).toBe('problems')
  const problems = parsed.kind === 'problems' ? parsed.problems : []
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        file: 'airworthy.yaml',
        line: 3,
        field: 'models.answer.model',
        message: 'a model is provider/model',
      }),
      expect.objectContaining({
        file: 'airworthy.yaml',
        line: 4,
        field: 'profil',
        remedy: 'Correct the name or remove the line.',
      }),
      expect.objectContaining({ file: 'datasets/big.jsonl', line: 7341 }),
      expect.objectContaining({ file: 'evals/suite.yaml', message: expect.stringContaining('not YAML') }),
      expect.objectContaining({ file: 'notes.txt' }),
    ]),
  )
  for (const problem of problems) expect(problem.remedy).toBeTruthy()
})

test.for([
  ['a placeholder', '---\ninput:\n  schema: {question: string}\n---\nHello.\n\nAnswer {{qestion}}.\n', 7],
  ['a placeholder in a helper', '{{role "system"}}\r\n{{#if qestion}}yes{{/if}}', 2],
  ['the second of two that begin alike', 'Answer {{question}}\n{{questions}}', 2],
  ['no template', '---\ninput:\n  schema: {question: string}\n---\n', 4],
  ['front matter that is not YAML', '---\ninput: [\n---\nAnswer', 2],
  ['front matter without an end', '---\ninput: {}\nAnswer', 1],
] as const)('a mistake in a prompt has its line: %s', ([, text, line]) => {
  const parsed = parse({ 'airworthy.yaml': 'description: answers\n', 'prompts/answer.prompt': text })
  const problems = parsed.kind === 'problems' ? parsed.problems : []
  expect(problems.filter(({ file }) => file === 'prompts/answer.prompt').map((one) => one.line)).toEqual([line])
})

test.for([
  [{ 'prompts/answer.prompt': 'Answer {{qestion}}' }, 'nothing fills the placeholder {{qestion}}'],
  [{ 'airworthy.yaml': 'flow: other\n' }, 'there is no flow other'],
  [{ 'evals/questions.yaml': 'dataset: gone\nevaluators: [exact]\n' }, 'there is no dataset gone'],
  [{ 'airworthy.yaml': 'flow: [{id: a, use: call-target}]\n' }, 'airworthy.yaml names none'],
  [{ 'charter.yaml': 'a: &x 1\nb: *x\n' }, 'aliases'],
  [{ 'airworthy.yaml': 'gates:\n  poc:\n    ad: [x]\n' }, 'there is no field ad here'],
] as const)('%j is refused: %s', ([change, message]) => {
  const parsed = parse({ ...good, ...(change as unknown as BlueprintFiles) })
  expect(parsed.kind === 'problems' && parsed.problems.map((problem) => problem.message).join('\n')).toContain(message)
})

test('placeholders are found inside helpers, and block words are not mistaken for them', () => {
  expect(
    placeholdersOf(
      '{{#each passages}}{{this.text}} {{else}}none{{/each}} {{json profile}} {{#if vip}}x{{/if}} {{> footer}} {{role "user"}}{{question}}',
    ),
  ).toEqual(['passages', 'profile', 'vip', 'question'])
})
