import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Failure } from '../../kernel/failure.ts'
import { ingest } from './ingest.ts'

const file = (path: string, text: string) => ({ path, bytes: Buffer.from(text) })
const settings = { passageWords: 20 }
const words = (count: number, word = 'word') => Array.from({ length: count }, (_, at) => `${word}${at}`).join(' ')

const GUIDE = `---
title: left out
---
# Delivery

We ship on [weekdays](https://shop.example/days),
never on **Sundays**.

<!-- a note
to ourselves -->
## Abroad
| country | days |
|---|---|
| France | 3 |

Returns
-------
- within 30 days
- in the box

\`\`\`sh
# no heading
npm  run ship
\`\`\`
`

test('Markdown is cut at its headings, with the trail as title and the words without their marks', async () => {
  expect(await ingest([file('knowledge/delivery.md', GUIDE)], settings)).toEqual([
    {
      id: 'delivery.md#delivery',
      title: 'Delivery',
      text: 'We ship on weekdays, never on Sundays.',
      source: 'delivery.md',
    },
    {
      id: 'delivery.md#delivery/abroad',
      title: 'Delivery › Abroad',
      text: '| country | days |\n| France | 3 |',
      source: 'delivery.md',
    },
    {
      id: 'delivery.md#delivery/returns',
      title: 'Delivery › Returns',
      text: '- within 30 days\n- in the box\n\n# no heading\nnpm  run ship',
      source: 'delivery.md',
    },
  ])
})

test('paragraphs are packed up to the longest passage, and a longer one is cut between sentences', async () => {
  const text = `# A\n\n${words(8)}\n\n${words(9)}\n\n${words(10)}.\n\n${words(15, 'x')}. ${words(12, 'y')}.`
  const passages = await ingest([file('a.md', text)], settings)
  expect(passages.map(({ id, text: one }) => [id, one.split(/\s+/).length])).toEqual([
    ['a.md#a', 17],
    ['a.md#a~2', 10],
    ['a.md#a~3', 15],
    ['a.md#a~4', 12],
  ])
})

test('an edit in one section leaves the ids of all others as they are', async () => {
  const ids = async (text: string) => (await ingest([file('a.md', text)], settings)).map(({ id }) => id)
  const before = await ids('# One\nShort.\n# Two\nText.\n# Two\nAgain.')
  const after = await ids(`# One\n${words(30)}\n# Two\nText.\n# Two\nAgain.`)
  expect(before).toEqual(['a.md#one', 'a.md#two', 'a.md#two~2'])
  expect(after).toEqual(['a.md#one', 'a.md#one~2', 'a.md#two', 'a.md#two~2'])
})

test('JSON lines are taken as given, packed or not, and plain text by its paragraphs', async () => {
  const rows = `{"id":"a","title":"A","text":"one"}\n{"document_id":"b","text":"two"}\n`
  const passages = await ingest(
    [{ path: 'knowledge/rows.jsonl.gz', bytes: gzipSync(rows) }, file('deep/some-notes.txt', 'one\ntwo\n\nthree')],
    settings,
  )
  expect(passages).toEqual([
    { id: 'a', title: 'A', text: 'one', source: 'rows.jsonl.gz' },
    { id: 'b', title: '', text: 'two', source: 'rows.jsonl.gz' },
    {
      id: 'deep/some-notes.txt#some-notes',
      title: 'some notes',
      text: 'one two\n\nthree',
      source: 'deep/some-notes.txt',
    },
  ])
})

test('every problem of every document is told at once, with file and line', async () => {
  const failure: Failure = await ingest(
    [
      file(
        'knowledge/rows.jsonl',
        `{"id":"a","text":"one"}\nnot json\n{"text":"no id"}\n{"id":"a","text":"again"}\n{"id":"c"}`,
      ),
      file('knowledge/more.jsonl', `\n{"id":"a","text":"one"}`),
      file('knowledge/slides.pptx', 'PK'),
      file('knowledge/empty.md', '# Only a heading\n'),
      { path: 'knowledge/latin.txt', bytes: Buffer.from([0x63, 0xe9]) },
      { path: 'knowledge/torn.txt.gz', bytes: Buffer.from('no gzip') },
      file('knowledge/.DS_Store', 'ignored'),
    ],
    settings,
  ).catch((thrown) => thrown)
  expect(failure).toMatchObject({ kind: 'invalid', code: 'knowledge.documents-invalid' })
  expect(failure.problems.map(({ file: name, line }) => `${name}:${line}`)).toEqual([
    'knowledge/rows.jsonl:2',
    'knowledge/rows.jsonl:3',
    'knowledge/rows.jsonl:5',
    'knowledge/rows.jsonl:4',
    'knowledge/more.jsonl:2',
    'knowledge/slides.pptx:1',
    'knowledge/empty.md:1',
    'knowledge/latin.txt:1',
    'knowledge/torn.txt.gz:1',
  ])
  expect(failure.message).toMatch(/^knowledge\/rows\.jsonl line 2: .* 8 more are listed\.$/)
})
