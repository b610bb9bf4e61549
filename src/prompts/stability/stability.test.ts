import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Example, Suite } from '../../core/dataset.ts'
import { cases } from '../../testing/properties.ts'
import { stabilityOf } from './figure.ts'
import { PERTURBATIONS, perturb } from './perturb.ts'
import { stabilityFiles } from './suite.ts'

test.for([
  ['whitespace', 'Where is it?', ' Where  is  it?\n'],
  ['case', 'Where is It?', 'where is it?'],
  ['case', 'where?', 'WHERE?'],
  ['order', 'I paid. Where is it?', 'Where is it? I paid.'],
  ['order', 'May I return it if the box is open?', 'If the box is open, may I return it?'],
  ['order', 'Where is it?', undefined],
  ['paraphrase', 'How do I pay?', 'What do I have to do to pay?'],
  ['paraphrase', 'Can I pay later?', 'Is it possible for me to pay later?'],
  ['paraphrase', 'My parcel', 'This is what I need: My parcel'],
  ['typo', 'it is', undefined],
] as const)('%s of %j', ([kind, text, expected]) => {
  expect(perturb(text, kind)).toBe(expected)
})

test('a typo swaps two letters inside a word, and a greeting goes before', () => {
  const typo = perturb('Where is my delivery?', 'typo') ?? ''
  expect(typo).not.toBe('Where is my delivery?')
  expect([...typo].sort()).toEqual([...'Where is my delivery?'].sort())
  expect(perturb('Where is it?', 'language')).toMatch(/^\S.*[,、] Where is it\?$/)
})

test('a rule gives the same each time, and never an empty question', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...PERTURBATIONS), (text, kind) => {
      const once = perturb(text, kind)
      expect(perturb(text, kind)).toBe(once)
      expect(once?.trim()).not.toBe('')
      expect(once).not.toBe(text)
    }),
    cases(200),
  )
})

test('variants carry reference and cluster of their original, and none comes from the holdout', () => {
  const examples = [
    { id: 'a', input: 'How do I pay?', expected: 'By card.', split: 'regress', source: 'trace 4bf9' },
    { id: 'b', input: 'How do I pay?', split: 'holdout' },
  ].map((row) => Example.parse(row))
  const suite = Suite.parse({
    name: 's',
    dataset: 'd',
    splits: ['regress', 'holdout'],
    evaluators: [{ use: 'contains' }],
    primary: 'contains',
  })
  const { originals, variants, files } = stabilityFiles({ suite, examples, kinds: ['case', 'order', 'typo'], most: 10 })
  expect([originals, variants]).toEqual([1, 1])
  const rows = String(files['datasets/s-perturbed.jsonl'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toMatchObject([
    { id: 'a', cluster: 'a' },
    {
      id: 'a~case',
      cluster: 'a',
      expected: 'By card.',
      input: 'how do i pay?',
      synthetic: true,
      source: 'perturbation case of a (trace 4bf9)',
      metadata: { of: 'a', perturbation: 'case' },
    },
  ])
})

test('stability counts what scores as its original, missing apart, each question as one cluster', () => {
  const row = (example: string, score: number | null) => ({ example, score })
  const rows = [
    row('a', 1),
    row('a~case', 1),
    row('a~typo', 0),
    row('b', 0.8),
    row('b~case', 0.84),
    row('b~typo', null),
    row('c', null),
    row('c~case', 1),
    row('d~e', 1),
  ]
  const { by, ...all } = stabilityOf(rows, 0.05)
  expect(all).toMatchObject({ n: 3, questions: 2, missing: 2, interval: { method: 'wilson on the effective n' } })
  expect(all.stable).toBeCloseTo(2 / 3)
  expect(all.change).toBeCloseTo(-0.32)
  expect(by).toMatchObject({ case: { n: 2, stable: 1, missing: 1 }, typo: { n: 1, stable: 0, missing: 1 } })
  expect(stabilityOf([row('a', 1)], 0.05)).toMatchObject({ stable: null, n: 0, interval: null, change: null })
})
