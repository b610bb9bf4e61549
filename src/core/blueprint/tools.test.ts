/** S1.9.1a · Tools of a blueprint: every mistake has its file and its line. */
import { expect, test } from 'vitest'
import { parseBlueprint } from './parse.ts'

const ORDERS = {
  description: 'Where an order is.',
  effect: 'read',
  arguments: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
  call: { kind: 'http', url: 'https://shop.example/orders' },
}
const PAY = { ...ORDERS, effect: 'write', call: { kind: 'client' } }
const settings = (step = '') =>
  `models: {answer: {model: local/extractive}}\nflow:\n  - {id: answer, use: generate, prompt: answer, model: answer${step}}\n`
const prompt = (tools: string) => `---\ndescription: answers\ntools: ${tools}\n---\n{{question}}`
const files = (change: Record<string, string> = {}) => ({
  'airworthy.yaml': settings(),
  'prompts/answer.prompt': prompt('[orders]'),
  'tools/orders.yaml': JSON.stringify(ORDERS),
  'tools/pay.yaml': JSON.stringify(PAY),
  ...change,
})
const parse = (change?: Record<string, string>) => parseBlueprint({ files: files(change), name: 'shop' })
const tool = (change: object) => ({ 'tools/orders.yaml': JSON.stringify({ ...ORDERS, ...change }, null, 1) })

test('tools are read under the names of their files, with what is not said filled in', () => {
  expect(parse()).toMatchObject({
    kind: 'parsed',
    blueprint: {
      tools: [
        { name: 'orders', effect: 'read', call: { timeoutMs: 10_000, retries: 0 } },
        { name: 'pay', effect: 'write', call: { kind: 'client' } },
      ],
    },
  })
})

test.for([
  [
    'a name that no file has',
    { 'prompts/answer.prompt': prompt('[refunds]') },
    'prompts/answer.prompt',
    3,
    /no tool refunds/,
  ],
  [
    'callers of two kinds',
    { 'prompts/answer.prompt': prompt('[orders, pay]') },
    'prompts/answer.prompt',
    3,
    /some here/,
  ],
  [
    'names that are none',
    { 'prompts/answer.prompt': prompt('orders') },
    'prompts/answer.prompt',
    3,
    /no list of names/,
  ],
  [
    'rounds without tools',
    { 'prompts/answer.prompt': prompt('[]'), 'airworthy.yaml': settings(', toolRounds: 2') },
    'airworthy.yaml',
    3,
    /names no tools/,
  ],
  [
    'retries of what writes',
    tool({ effect: 'write', call: { ...ORDERS.call, retries: 1 } }),
    'tools/orders.yaml',
    18,
    /not called again/,
  ],
  [
    'a keyword that is not held',
    tool({ arguments: { type: 'object', oneOf: [] } }),
    'tools/orders.yaml',
    6,
    /no field oneOf/,
  ],
  [
    'an argument that is required and is none',
    tool({ arguments: { type: 'object', required: ['x'] } }),
    'tools/orders.yaml',
    6,
    /x is required/,
  ],
  ['arguments that are no object', tool({ arguments: { type: 'string' } }), 'tools/orders.yaml', 5, /of type object/],
  ['a pattern that explodes', tool({ returns: { pattern: '(a+)+' } }), 'tools/orders.yaml', 20, /./],
  [
    'a name that models do not take',
    { 'tools/two words.yaml': JSON.stringify(PAY) },
    'tools/two words.yaml',
    1,
    /begins with a letter/,
  ],
  ['the same name twice', { 'tools/orders.yml': JSON.stringify(ORDERS) }, 'tools/orders.yml', 1, /orders.yaml as well/],
] as const)('%s is a mistake, with its line', ([, change, file, line, message]) => {
  const parsed = parse(change as Record<string, string>)
  expect(parsed.kind === 'problems' ? parsed.problems : []).toContainEqual(
    expect.objectContaining({ file, line, message: expect.stringMatching(message), remedy: expect.any(String) }),
  )
})
