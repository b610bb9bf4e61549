import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parsePrompt } from '../parse.ts'
import { LINT_CODES } from './finding.ts'
import { type LintAround, lintPrompt } from './index.ts'

const GOOD = `---
input:
  schema:
    question: string
---
{{role "system"}}You answer questions of customers of a shop. Answer in at most three sentences.
{{role "user"}}When do you open?
{{role "model"}}At nine.
{{role "user"}}{{question}}`

const codes = async (text: string, around: LintAround = {}) =>
  (await lintPrompt(parsePrompt(text, 'prompts/answer.prompt'), { source: text, ...around })).map(
    ({ code, line }) => `${code}${line === undefined ? '' : ` ${line}`}`,
  )
/** The good prompt with something more in its system turn. */
const says = (text: string) => GOOD.replace('at most three sentences.', `at most three sentences. ${text}`)

const small = { model: 'acme/small', contextTokens: 40, answerTokens: 20 }

test.for([
  ['a good prompt', GOOD, []],
  ['a key that nobody reads', GOOD.replace('input:', 'colour: red\ninput:'), ['key-unknown 2']],
  ['a model that is not used', GOOD.replace('input:', 'model: a/b\ninput:'), ['model-unused 2']],
  ['a schema that is none', GOOD.replace('string', 'strange'), ['schema-unusable 2']],
  ['a block without an end', `${GOOD}{{#if question}}`, ['template-unusable']],
  ['no role', 'Answer in one sentence, for example “No”. {{question}}', ['role-missing']],
  ['no form', '{{role "system"}}You help, for example with bikes.{{role "user"}}{{question}}', ['format-missing']],
  ['no example', '{{role "system"}}You help in one sentence.{{role "user"}}{{question}}', ['examples-missing']],
  [
    'a declared placeholder that is unused',
    GOOD.replace('question: string', 'question: string\n    mood?: string'),
    ['placeholder-unused 5'],
  ],
  [
    'one that is used and not declared',
    GOOD.replace('{{role "user"}}{{question}}', '{{role "user"}}{{question}}{{passages}}{{n}}'),
    ['placeholder-undeclared 9', 'placeholder-undeclared 9'],
  ],
  [
    'one that nothing fills',
    GOOD.replace('question: string', 'question: string\n    mood: string').replace('three', '{{mood}}'),
    ['placeholder-unfilled 7'],
  ],
  [
    'one that a default fills',
    GOOD.replace('question: string', 'question: string\n    mood: string\n  default: {mood: two}').replace(
      'three',
      '{{mood}}',
    ),
    [],
  ],
  [
    'passages without numbers',
    '{{role "system"}}You answer briefly, for example: {{#each passages}}{{text}}{{/each}}',
    ['passages-unnumbered 1'],
  ],
  [
    'the role of a turn written as the command',
    '{{role "system"}}You answer briefly, for example no. {{#each passages}}{{n}}{{role}}{{/each}}',
    ['role-bare 1'],
  ],
  [
    'a question in the system turn',
    '{{role "system"}}You answer briefly, for example “No”: {{question}}',
    ['input-injectable 1'],
  ],
  [
    'a conversation in the system turn',
    '{{role "system"}}You answer briefly, for example no. {{#each conversation}}{{content}}{{/each}}',
    ['input-injectable 1'],
  ],
  [
    'instructions after the question',
    '{{role "system"}}You answer, for example no.{{role "user"}}{{question}}\nNow answer in one sentence.',
    ['input-injectable 1'],
  ],
  [
    'the same with marks around it',
    '{{role "system"}}You answer, for example no.{{role "user"}}<question>{{question}}</question>\nNow answer in one sentence.',
    [],
  ],
  [
    'a label after the question',
    '{{role "system"}}You answer briefly, for example no.{{role "user"}}Q: {{question}}\nAnswer:',
    [],
  ],
  [
    'the helper of turns',
    '{{role "system"}}You answer briefly, for example no.{{history}}{{role "user"}}{{question}}',
    [],
  ],
  ['a window that is too small', GOOD, ['over-context'], { models: [small] }],
  ['a window that nobody knows', GOOD, [], { models: [{ ...small, contextTokens: null }] }],
  ['2,001 tokens', GOOD, ['overlong'], { countTokens: () => 2001 }],
  [
    'a sentence twice',
    says('Promise nothing that you cannot keep. Be kind. Promise nothing that you cannot keep!'),
    ['repeated 6'],
  ],
  [
    'nearly a sentence twice',
    says('Name the page that the answer rests on. Name the page that the answer rests upon.'),
    ['repeated 6'],
  ],
  ['two lengths', says('Be very detailed. Be brief.'), ['contradictory 6']],
  ['two bounds', says('Write at least five sentences.'), ['contradictory 6']],
  ['two bounds that agree', says('Write at least two sentences.'), []],
  ['two tones', says('Be formal. Sound casual.'), ['contradictory 6']],
  [
    'two kinds of sources',
    says('Use only the passages below. If they lack it, use your own knowledge.'),
    ['contradictory 6'],
  ],
  ['sources, and what is not one', says('Use only the passages below. Do not use your own knowledge.'), []],
  ['never and always', says('Never mention the price list. Always mention the price list.'), ['contradictory 6']],
  ['lists and none', says('Do not use bullet points. Write a numbered list.'), ['contradictory 6']],
  [
    'JSON that the text refuses',
    GOOD.replace('input:', 'output:\n  schema:\n    label: string\ninput:').replace(
      'three sentences.',
      'three sentences. Do not use JSON.',
    ),
    ['schema-contradiction 9'],
  ],
  [
    'an example that does not fit the schema',
    GOOD.replace('input:', 'output:\n  schema:\n    label(enum): [yes, no]\ninput:').replace(
      'At nine.',
      '{"label": "maybe", "why": 1}',
    ),
    ['schema-contradiction 11', 'schema-contradiction 11'],
  ],
  [
    'an example that fits it',
    GOOD.replace('input:', 'output:\n  schema:\n    label(enum): [yes, no]\ninput:').replace(
      'At nine.',
      '{"label": "yes"}',
    ),
    [],
  ],
] as [string, string, string[], LintAround?][])(
  'lint says of %s what is likely wrong',
  async ([, text, expected, around]) => {
    expect(await codes(text, around)).toEqual(expected)
  },
)

test('a partial is read where it stands', async () => {
  const prompt = parsePrompt(GOOD.replace('You answer', '{{> tone}} You answer'))
  const found = await lintPrompt({ ...prompt, partials: { tone: 'Be very thorough. Be brief.' } })
  expect(found.map(({ code }) => code)).toEqual(['contradictory'])
})

test('every code is found by a rule, and the README explains each', () => {
  const rules = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'finding.ts')
    .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
    .join('')
  const readme = readFileSync(`${import.meta.dirname}/README.md`, 'utf8')
  for (const code of LINT_CODES) {
    expect(rules).toContain(`'${code}'`)
    expect(readme).toContain(`\`${code}\``)
  }
})
