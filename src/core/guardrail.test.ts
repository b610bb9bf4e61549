import { expect, test } from 'vitest'
import { parseBlueprint } from './blueprint/parse.ts'
import { Guardrails, guardInWords } from './guardrail.ts'
import { verdictOnPattern } from './safe-pattern.ts'

test.for([
  ['KD-\\d{4,8}', 11],
  ['\\b[A-Z]{2}(?:\\d{2} ?){3}x', undefined],
  ['\\b[A-Z]{2}\\d{6}\\b', 10],
  ['(?:cat|dog)s?', 4],
  ['\\p{Lu}\\u{1F600}', 4],
  ['a.{3}?', 7],
])('the pattern %s is read: longest match %s', ([pattern, longest]) => {
  const verdict = verdictOnPattern(String(pattern))
  expect(verdict.kind === 'safe' ? verdict.longest : undefined).toBe(longest)
})

test.for([
  ['a+', /repeats without an end/],
  ['(a|aa){1,30}b', /more than one way/],
  ['(?:a{1,9}){2}', /more than one way/],
  ['a{2,}', /repeats without an end/],
  ['^a', /`\^` and `\$`/],
  ['(?=a)b', /looking ahead/],
  ['(a)\\1', /refer back/],
  ['a?', /matches nothing at all/],
  ['a{501}', /501 characters/],
  ['\\d{0,99}\\d{0,99}\\d{0,99}x', /too many ways/],
  ['(', /no regular expression/],
] as const)('the pattern %s is refused', ([pattern, why]) => {
  const verdict = verdictOnPattern(pattern)
  expect(verdict.kind === 'refused' && verdict.why).toMatch(why)
})

const own = { id: 'mail', on: 'input', mode: 'redact', detector: 'email' }
const yaml = (guards: readonly object[]) =>
  `name: shop\nmodels: {answer: {model: acme/m}}\nguardrails:\n${guards.map((guard) => `  - ${JSON.stringify(guard)}`).join('\n')}\n`

test.for([
  ['a detector that there is none of', [{ ...own, detector: 'magic' }], 4, /a detector is one of email, phone/],
  ['two with one id', [own, own], 5, /two guardrails have the id mail/],
  ['a message where nothing is blocked', [{ ...own, message: 'No.' }], 4, /only a guardrail that blocks/],
  [
    'a pattern that can explode',
    [own, { ...own, id: 'x', detector: 'pattern', pattern: '(a+)+', example: 'a' }],
    5,
    /repeats without an end/,
  ],
  [
    'a pattern that does not find its example',
    [{ ...own, detector: 'pattern', pattern: 'KD-\\d{4}', example: 'KD-1' }],
    4,
    /does not find its own example/,
  ],
  ['a length that is taken out', [{ ...own, detector: 'length', most: 5 }], 4, /Invalid option/],
  ['a field of another detector', [{ ...own, terms: ['a b'] }], 4, /no field terms/],
] as const)('%s is told with its line', ([, guards, line, message]) => {
  const parsed = parseBlueprint({
    files: { 'airworthy.yaml': yaml(guards), 'prompts/answer.prompt': 'Hello' },
    name: 'shop',
  })
  const problems = parsed.kind === 'problems' ? parsed.problems : []
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ file: 'airworthy.yaml', line })
  expect(problems[0]?.message).toMatch(new RegExp(message.source, 'i'))
})

test('a guardrail is told in words', () => {
  const guards = Guardrails.parse([
    own,
    { id: 'w', on: 'output', mode: 'block', detector: 'terms', terms: ['night owl'] },
  ])
  expect(guards.map(guardInWords)).toEqual(['takes out e-mail addresses in questions', 'blocks “night owl” in answers'])
})
