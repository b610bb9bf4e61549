import { expect, test } from 'vitest'
import type { Problem } from '../../kernel/failure.ts'
import { joinPartials, placeholdersWith } from './partials.ts'

const file = (name: string, body: string) => ({ name, frontMatter: {}, body })

test('a prompt carries the partials that it leads to, and no other', () => {
  const problems: Problem[] = []
  const files = [
    file('answer', '{{> tone}} {{question}}'),
    file('_tone', '{{> rules}}'),
    file('_rules', 'Be brief.'),
    file('_lone', 'x'),
  ]
  expect(joinPartials([...files, file('plain', 'Hi')], problems)).toEqual([
    { ...file('answer', '{{> tone}} {{question}}'), partials: { rules: 'Be brief.', tone: '{{> rules}}' } },
    file('plain', 'Hi'),
  ])
  expect(problems).toEqual([])
})

test.for([
  ['is not there', [file('answer', '{{> tone}}')], 'there is no partial tone'],
  ['names itself through another', [file('_a', '{{> b}}'), file('_b', '{{> a}}')], 'the partial a names itself'],
  ['is an inline block of the template', [file('answer', '{{#*inline "tone"}}x{{/inline}}{{> tone}}')], undefined],
] as const)('a partial that %s', ([, files, message]) => {
  const problems: Problem[] = []
  joinPartials(files, problems)
  expect(problems[0]?.message).toEqual(message === undefined ? undefined : expect.stringContaining(message))
})

test.for([
  ['asks through the prompt', { body: '{{> tone}}', partials: { tone: '{{mood}}' } }, ['mood']],
  ['is given a value by name', { body: '{{> tone mood=feeling}}', partials: { tone: '{{mood}}' } }, ['feeling']],
  ['is given a text by name', { body: '{{> tone mood="dry"}}', partials: { tone: '{{mood}}' } }, []],
  ['stands on a value', { body: '{{> card user}}', partials: { card: '{{name}}' } }, ['user']],
] as const)('the placeholders of a prompt whose partial %s', ([, prompt, names]) => {
  expect(placeholdersWith(prompt)).toEqual(names)
})
