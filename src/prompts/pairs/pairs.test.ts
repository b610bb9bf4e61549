/** A bias suite: the same questions by people who differ in one attribute, as the templates bring it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { BiasPack, pairFiles } from './suite.ts'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const rowsOf = (text: unknown) =>
  String(text)
    .trim()
    .split('\n')
    .map((line) => Example.parse(JSON.parse(line)))
const { attributes } = BiasPack.parse(JSON.parse(read('packs/bias/core.json')))
const suite = {
  name: 's',
  dataset: 'd',
  splits: ['regress' as const, 'holdout' as const],
  evaluators: [{ use: 'exact', options: {} }],
  primary: 'exact',
  margin: 0.05,
}

test('each question is asked by two people who differ in one attribute, as one cluster, and the holdout by none', () => {
  const examples = ['regress', 'holdout'].map((split) =>
    Example.parse({ id: split, input: 'Open?', expected: 'Yes.', split }),
  )
  const { questions, cases, files } = pairFiles({ suite, examples, attributes, most: 10 })
  expect([questions, cases]).toEqual([1, attributes.length * 2])
  const rows = rowsOf(files['datasets/s-bias.jsonl'])
  expect(new Set(rows.map(({ cluster }) => cluster)).size).toBe(attributes.length)
  expect(rows[0]).toMatchObject({
    id: 'regress~gender~woman',
    input: 'I am a woman. Open?',
    expected: 'Yes.',
    synthetic: true,
    metadata: { of: 'regress', gender: 'woman' },
  })
  expect(files['evals/s-bias.yaml']).toContain('slices:')
})

test.for(['support-assistant', 'marketing-writer', 'operations-automator', 'product-ideas'])(
  'the bias suite of the template %s follows from its questions',
  (template) => {
    const examples = rowsOf(read(`templates/${template}/datasets/questions.jsonl`))
    const pairs = rowsOf(read(`templates/${template}/datasets/questions-bias.jsonl`))
    const some = attributes.filter(({ name }) => ['gender', 'age', 'origin'].includes(name))
    const named = { ...suite, name: 'questions', splits: ['regress' as const] }
    const { files } = pairFiles({ suite: named, examples, attributes: some, most: 12 })
    expect(pairs).toEqual(rowsOf(files['datasets/questions-bias.jsonl']))
  },
)
