import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Failure } from '../../kernel/failure.ts'
import { openBlobs } from '../../store/blobs.ts'
import { createExamplesOf } from './examples-of.ts'
import { datasetDigest, datasetPart, jsonLinesOf, parseDataset } from './part.ts'

const csv = (content: string) => parseDataset({ name: 'questions', format: 'csv', content })
const problemsOf = (content: string) => {
  try {
    csv(content)
    return []
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.problems : [thrown]
  }
}

test('CSV gives examples: lists by |, conversations as JSON, unknown columns as metadata', () => {
  const examples = csv(
    `\uFEFFid,input,expected,contexts,split,unanswerable,cluster,team\r\n` +
      `e1,"What, exactly?",Paris,p1 | p2,holdout,,c1,red\r\n` +
      `e2,"[{""role"":""user"",""content"":""hi\\nthere""}]","[""a"",""b""]",,,yes,,\r\n`,
  )
  expect(examples).toEqual([
    {
      id: 'e1',
      input: 'What, exactly?',
      expected: 'Paris',
      contexts: ['p1', 'p2'],
      split: 'holdout',
      cluster: 'c1',
      metadata: { team: 'red' },
    },
    {
      id: 'e2',
      input: [{ role: 'user', content: 'hi\nthere' }],
      expected: ['a', 'b'],
      split: 'regress',
      unanswerable: true,
    },
  ])
})

test('a bad row 7,341 of 10,000 is named exactly, and so is every other one', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => {
    const line = at + 2
    if (line === 7341) return `e${line},question,answer,exam`
    if (line === 9000) return `e${line},,answer,regress`
    return `e${line},question,answer,regress`
  })
  const problems = problemsOf(`id,input,expected,split\n${rows.join('\n')}\n`)
  expect(problems).toMatchObject([
    { file: 'questions.csv', line: 7341, field: 'split', remedy: expect.stringContaining('holdout') },
    { file: 'questions.csv', line: 9000, field: 'input' },
  ])
})

test.for([
  ['a line after a text over three lines', 'id,input\ne1,"a\nb\nc"\ne2,\n', { line: 5, field: 'input' }],
  ['a comma without quotes', 'id,input\ne1,yes, no\n', { line: 2, message: expect.stringContaining('3 cells') }],
  ['a quote that is not closed', 'id,input\ne1,"open\ne2,b\n', { line: 2, field: 'line' }],
  ['a conversation that is not JSON', 'id,input\ne1,"[{""role"":""user"""\n', { line: 2, field: 'input' }],
  ['an id that is there already', 'id,input\ne1,a\ne1,b\n', { line: 3, message: expect.stringContaining('line 2') }],
  ['no column for the input', 'id,question\ne1,a\n', { line: 1, field: 'input' }],
  ['a word that is no yes or no', 'id,input,unanswerable\ne1,a,perhaps\n', { line: 2, field: 'unanswerable' }],
  ['a column that is there twice', 'id,input,input\ne1,a,b\n', { line: 1, field: 'input' }],
  ['an empty file', '', { line: 1, field: 'id' }],
  ['a header alone', 'id,input\n', { line: 1, message: 'there is no example in it' }],
] as const)('CSV with %s is refused with line and remedy', ([, content, problem]) => {
  expect(problemsOf(content)[0]).toMatchObject(problem)
  expect(problemsOf(content)[0]).toHaveProperty('remedy')
})

test('JSON lines and CSV of the same rows are the same dataset, and order matters', () => {
  const rows = csv('id,input,expected\ne1,a,x\ne2,b,y\n')
  const again = parseDataset({ name: 'questions', format: 'jsonl', content: jsonLinesOf(rows) })
  expect(datasetDigest(again)).toBe(datasetDigest(rows))
  expect(datasetDigest(rows.toReversed())).not.toBe(datasetDigest(rows))
})

test('a part keeps its rows as a blob that reads back as it was', async () => {
  const blobs = openBlobs(mkdtempSync(join(tmpdir(), 'airworthy-datasets-')))
  const rows = csv('id,input,split\ne1,a,build\ne2,b,\ne3,c,\n')
  const part = await datasetPart({ name: 'questions', rows }, blobs)
  expect(part).toMatchObject({
    name: 'questions',
    rows: 3,
    splits: { build: 1, regress: 2 },
    digest: datasetDigest(rows),
  })
  expect(await createExamplesOf(blobs)(part)).toEqual(rows)
})
