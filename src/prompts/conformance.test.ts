/** What Dotprompt's specification promises, in cases of our own; `tools/dotprompt-conformance.ts` runs the public ones. */
import { expect, test } from 'vitest'
import { compileTemplate, parsePrompt } from './index.ts'

const rendered = async (
  text: string,
  input: object = {},
  { partials = {}, messages = [] as never[], context = {} } = {},
) =>
  (await (await compileTemplate({ ...parsePrompt(text), partials }))({ input: { ...input }, messages, context }))
    .messages

const user = (text: string) => [{ role: 'user', content: [{ text }] }]
const turn = (role: string, text: string) => ({ role, content: [{ text }] })

test.for([
  ['a plain text is one turn of the user, as it stands', 'Hello {{name}}!\n', { name: 'Ada' }, user('Hello Ada!\n')],
  ['nothing is escaped', '{{quote}}', { quote: '<b> & "x"' }, user('<b> & "x"')],
  ['a value that is missing is empty', 'Hi {{nobody}}.', {}, user('Hi .')],
  ['fields of objects are reached with dots', '{{shop.town}}', { shop: { town: 'Gent' } }, user('Gent')],
  [
    'a list is gone through with its places',
    '{{#each a}}{{@index}}{{this}} {{/each}}',
    { a: ['x', 'y'] },
    user('0x 1y '),
  ],
  [
    'a block on a line of its own leaves no empty line',
    'a\n{{#if yes}}\nb\n{{/if}}\nc',
    { yes: true },
    user('a\nb\nc'),
  ],
  ['a tilde takes the white space beside it', 'a  {{~yes~}}  b', { yes: '-' }, user('a-b')],
  ['a comment leaves nothing', 'a{{!-- {{not}} --}}b', {}, user('ab')],
  ['values are compared by kind too', '{{#ifEquals n 1}}one{{else}}other{{/ifEquals}}', { n: '1' }, user('other')],
  ['what is unlike is told apart', '{{#unlessEquals n 2}}odd{{/unlessEquals}}', { n: 3 }, user('odd')],
  ['a value is written as JSON', '{{json row}}', { row: { a: [1, null] } }, user('{"a":[1,null]}')],
  ['JSON is indented when asked', '{{json row indent=1}}', { row: { a: 1 } }, user('{\n "a": 1\n}')],
  ['letters of any script are kept', '{{a}} ключ 🙂 e\u0301', { a: '日本' }, user('日本 ключ 🙂 e\u0301')],
  [
    'roles open turns',
    '{{role "system"}}Be brief.{{role "user"}}Why?{{role "model"}}Because.',
    {},
    [turn('system', 'Be brief.'), turn('user', 'Why?'), turn('model', 'Because.')],
  ],
  ['an empty turn is left out', '{{role "system"}}{{role "user"}}Why?', {}, user('Why?')],
  [
    'media are parts of their own',
    'See {{media url=u contentType="image/png"}}',
    { u: 'https://x/y' },
    [{ role: 'user', content: [{ text: 'See ' }, { media: { url: 'https://x/y', contentType: 'image/png' } }] }],
  ],
  [
    'a section waits for whoever fills it',
    'A{{section "code"}}',
    {},
    [{ role: 'user', content: [{ text: 'A' }, { metadata: { purpose: 'code', pending: true } }] }],
  ],
] as const)('%s', async ([, text, input, expected]) => {
  expect(await rendered(text, input)).toEqual(expected)
})

test('the turns before stand where the template says, else before the last turn of the user', async () => {
  const messages = [turn('user', 'Hi'), turn('model', 'Hello')] as never[]
  const told = [turn('user', 'Hi'), turn('model', 'Hello')].map((one) => ({ ...one, metadata: { purpose: 'history' } }))
  expect(await rendered('{{role "system"}}S{{history}}{{role "user"}}Q', {}, { messages })).toEqual([
    turn('system', 'S'),
    ...told,
    turn('user', 'Q'),
  ])
  expect(await rendered('{{role "system"}}S{{role "user"}}Q', {}, { messages })).toEqual([
    turn('system', 'S'),
    ...messages,
    turn('user', 'Q'),
  ])
})

test('what surrounds a request is reached with @', async () => {
  expect(await rendered('{{@auth.email}}', {}, { context: { auth: { email: 'ada@x.org' } } })).toEqual(
    user('ada@x.org'),
  )
})

test.for([
  ['stands where it is named', '{{> hi}} End', { hi: 'Hello' }, {}, 'Hello End'],
  ['takes values by name', '{{> hi who=name}}', { hi: 'Hello {{who}}' }, { name: 'Ada' }, 'Hello Ada'],
  ['takes a value to stand on', '{{> card person}}', { card: '{{name}}' }, { person: { name: 'Bo' } }, 'Bo'],
  ['may name another', '{{> outer}}', { outer: '[{{> inner}}]', inner: 'in' }, {}, '[in]'],
  ['is told in what loops', '{{#each all}}{{> row}}{{/each}}', { row: '<{{this}}>' }, { all: [1, 2] }, '<1><2>'],
] as const)('a partial %s', async ([, text, partials, input, expected]) => {
  expect(await rendered(text, input, { partials })).toEqual(user(expected))
})

test('a partial of one prompt is never that of another, though both have one name', async () => {
  const [one, other] = await Promise.all([
    compileTemplate({ body: '{{> tone}}', partials: { tone: 'kind' } }),
    compileTemplate({ body: '{{> tone}}', partials: { tone: 'dry' } }),
  ])
  expect((await one({})).messages).toEqual(user('kind'))
  expect((await other({})).messages).toEqual(user('dry'))
})
