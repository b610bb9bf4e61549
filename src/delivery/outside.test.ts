/** What a manifest lists as outside of the release, and why. */
import { expect, test } from 'vitest'
import { outsideOf } from './outside.ts'

type Ask = Parameters<typeof outsideOf>
const given = (blueprint: object = {}, parts: object = {}): string[] =>
  outsideOf(
    { settings: {}, prompts: [], documents: {}, ...blueprint } as unknown as Ask[0],
    { models: [], index: null, evaluators: [], ...parts } as unknown as Ask[1],
  ).map(({ what, why }) => `${what}: ${why}`)

const prompt = (frontMatter: object) => ({ prompts: [{ name: 'answer', body: '', frontMatter }] })
const judged = (judge: object) => ({ evaluators: [{ id: 'faithfulness', version: 1, judge }] })

test.for([
  ['a plain one', [], /Memory: None is kept: the client/],
  ['adapters', [], /Adapters: No model names one/],
  ['tools that a prompt defines itself', [prompt({ toolDefs: [] })], /toolDefs of the prompt answer.*files of tools/],
  [
    'what a tool does',
    [{}, { tools: [{ name: 'orders', mutable: 'It is run by others.' }] }],
    /tool orders does: It is run/,
  ],
  ['a model that a prompt names', [prompt({ model: 'a/b' })], /model of the prompt answer.*the step of the flow names/],
  ['a hosted alias', [{}, { models: [{ name: 'main', mutable: 'It is an alias.' }] }], /Model main: It is an alias/],
  ['a judge by alias', [{}, judged({ model: 'a/b', mutable: 'It moves.' })], /Judge a\/b of faithfulness: It moves/],
  [
    'a live index',
    [{ settings: { liveIndexes: [{ name: 'products', at: 'the shop', fingerprint: {} }] } }],
    /Live index products: It is live at the shop and changes without a release/,
  ],
  ['vectors', [{}, { index: { embedding: 'a/e' } }], /Vectors of a\/e: .*searches by words/],
  ['a target', [{ settings: { target: { url: 'https://a.example' } } }], /its tools, its memory and its guards/],
  [
    'what stands beside guardrails',
    [{ settings: { guardrails: [] } }],
    /^Policies: Its guardrails are parts of it; a/m,
  ],
  ['held answers', [{ documents: { oversight: {} } }], /Which answers wait for a person stands in oversight.yaml/],
] as const)('%s is said', ([, [blueprint, parts], said]) => {
  expect(given(blueprint, parts).join('\n')).toMatch(said)
})

test('a prompt that declares only what flows act on is not named', () => {
  expect(given(prompt({ input: {}, output: {}, tools: ['orders'] })).join('\n')).not.toMatch(/of the prompt/)
})
