import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openBlobs } from '../../store/blobs.ts'
import { ROOT, testAirworthy } from '../../testing/airworthy.ts'
import { createKnowledge } from '../knowledge.ts'
import { EXTRACTORS } from './extraction.ts'
import { docxOf, paragraph, pdfOf } from './made-files.example.ts'

const knowledge = createKnowledge({ blobs: openBlobs(mkdtempSync(join(tmpdir(), 'airworthy-formats-'))) })
const passagesOf = (path: string, bytes: Buffer | string, passageWords = 60) =>
  knowledge.ingest([{ path: `knowledge/${path}`, bytes: Buffer.from(bytes) }], { passageWords })

test('a page of HTML becomes passages by its headings, and what nobody sees on it is dropped', async () => {
  const page = `<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<html><head><title>The shop</title><style>p{}</style></head><body><nav>Menu</nav>
<p>Coffee at the caf&eacute;.</p><!-- a note --><script>evil()</script>
<h1>Returns</h1><p>Within <a href="https://shop.example/days">30 days</a> &secret;.</p>
<p hidden>one</p><p style="color: red; display:none">two</p><p aria-hidden="true">three</p><span style="font-size:0">four</span>
<h2>By post</h2><table><thead><tr><th>weight</th><th>price</th></tr></thead><tr><td>1 kg<td>4.50</table>
<ul><li>in the box<li>with the slip</ul><img src="x.png" alt="A parcel"></body></html>`
  expect(await passagesOf('shop.html', page)).toEqual([
    { id: 'shop.html#the-shop', title: 'The shop', text: 'Coffee at the café.', source: 'shop.html' },
    { id: 'shop.html#returns', title: 'Returns', text: 'Within 30 days &secret;.', source: 'shop.html' },
    {
      id: 'shop.html#returns/by-post',
      title: 'Returns › By post',
      text: '| weight | price |\n| 1 kg | 4.50 |\n\n- in the box\n- with the slip\n\nA parcel',
      source: 'shop.html',
    },
  ])
})

test('a page that is not UTF-8 is read in the letters that it names', async () => {
  const page = Buffer.from('<meta charset="iso-8859-1"><h1>Caf\u00e9</h1><p>d\u00e9j\u00e0 vu</p>', 'latin1')
  expect(await passagesOf('a.htm', page)).toMatchObject([{ title: 'Café', text: 'déjà vu' }])
})

test('a PDF becomes passages by its pages, with words that were broken at the end of a line made whole', async () => {
  const pdf = pdfOf([
    ['Returns are free with-', 'in thirty days.', '', 'Call us (please).'],
    [],
    ['The third page . . . . . . . 3'],
  ])
  expect(await passagesOf('guides/returns.pdf', pdf)).toEqual([
    {
      id: 'guides/returns.pdf#page-1',
      title: 'returns › page 1',
      text: 'Returns are free within thirty days.\n\nCall us (please).',
      source: 'guides/returns.pdf',
    },
    {
      id: 'guides/returns.pdf#page-3',
      title: 'returns › page 3',
      text: 'The third page … 3',
      source: 'guides/returns.pdf',
    },
  ])
})

test('a Word file becomes passages by its headings, without its hidden and deleted text', async () => {
  const hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>'
  const body = [
    paragraph('Before all.'),
    paragraph('Returns', 'H1'),
    `<w:p>${hidden}<w:r><w:t>Within 30 days.</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>`,
    paragraph('By post', 'H2'),
    `<w:tbl><w:tr><w:tc>${paragraph('1 kg')}</w:tc><w:tc>${paragraph('4.50')}</w:tc></w:tr></w:tbl>`,
  ]
  expect(await passagesOf('returns.docx', docxOf(body.join('')))).toEqual([
    { id: 'returns.docx#returns', title: 'returns', text: 'Before all.', source: 'returns.docx' },
    { id: 'returns.docx#returns~2', title: 'Returns', text: 'Within 30 days.', source: 'returns.docx' },
    {
      id: 'returns.docx#returns/by-post',
      title: 'Returns › By post',
      text: '| 1 kg | 4.50 |',
      source: 'returns.docx',
    },
  ])
})

test('each row of CSV is a passage that names its columns, by its id where it has one and else by its row', async () => {
  const prices = 'id;title;price;note\r\nbox;A box;"4,50";"two\r\nlines"\r\n\r\nbag;A bag;1;\r\n'
  expect(await passagesOf('prices.csv', prices)).toEqual([
    {
      id: 'prices.csv#box',
      title: 'A box › row 2',
      text: 'id: box\nprice: 4,50\nnote: two lines',
      source: 'prices.csv',
    },
    { id: 'prices.csv#bag', title: 'A bag › row 4', text: 'id: bag\nprice: 1', source: 'prices.csv' },
  ])
  expect(await passagesOf('days.tsv', 'country\tdays\nFrance\t3\n')).toEqual([
    { id: 'days.tsv#row-2', title: 'days › row 2', text: 'country: France\ndays: 3', source: 'days.tsv' },
  ])
})

test('the same file gives the same index, which names the libraries that read it', async () => {
  const documents = [
    { path: 'knowledge/a.pdf', bytes: pdfOf([['One page.']]) },
    { path: 'knowledge/b.md', bytes: Buffer.from('Some text.') },
  ]
  const [first, second] = [await knowledge.resolveIndex(documents), await knowledge.resolveIndex(documents)]
  expect(first).toEqual(second)
  expect(first?.extractors).toEqual({ pdf: EXTRACTORS.pdf })
  const passages = await knowledge.ingest(documents, { passageWords: 180 })
  const parameters = { analyser: 'english', k1: 1.2, b: 0.75 } as const
  const upgraded = await knowledge.buildIndex(passages, { ...parameters, extractors: { pdf: 'unpdf 9.0.0, rules 1' } })
  expect(upgraded.digest).not.toBe(first?.digest)
  expect((await knowledge.resolveIndex(documents.slice(1)))?.extractors).toBeUndefined()
})

test('the versions that an index names are those installed', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const named = Object.values(EXTRACTORS).flatMap((text) => text.split(', ').slice(0, -1))
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((one) => dependencies[one.split(' ')[0] ?? ''] !== one.split(' ')[1])).toEqual([])
})

const airworthy = await testAirworthy()
afterAll(() => airworthy.close())

test('a release is not frozen over a document that cannot be read, and its pages are cited once it can', async () => {
  const { client } = airworthy
  const params = { name: 'handbook' }
  await client.createApplication({ body: { name: 'handbook', template: 'support-assistant' } })
  const { files } = await client.getBlueprint({ params })
  const put = (bytes: Buffer) =>
    client.putBlueprint({
      params,
      body: { files: { ...files, 'knowledge/handbook.pdf': { base64: bytes.toString('base64') } } },
    })
  const good = pdfOf([['Cover'], ['Zeppelins moor at the northern mast.']])

  await put(good.subarray(0, 300))
  await expect(client.freezeRelease({ params, body: {} })).rejects.toMatchObject({
    code: 'knowledge.documents-invalid',
    problems: [
      { file: 'knowledge/handbook.pdf', message: expect.stringMatching(/broken/), remedy: expect.any(String) },
    ],
  })

  await put(good)
  const { id } = (await client.freezeRelease({ params, body: {} })).body
  const found = await client.searchPassages({ params: { id }, query: { q: 'where do zeppelins moor', k: 1 } })
  expect(found.items).toMatchObject([{ id: 'handbook.pdf#page-2', title: 'handbook › page 2' }])
})
