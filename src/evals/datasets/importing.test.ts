/** Files into datasets through the front door: what of them enters, in whose place, and what they leave. */
import { request } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { madeSpreadsheet } from '../../testing/made-spreadsheet.ts'
import { datasetsOf, jsonl, refusal, row } from './datasets.example.ts'
import { madeParquet } from './import/made-parquet.example.ts'

const airworthy = await testAirworthy()
afterAll(() => airworthy.close())
const { builder, viewer, made, imported } = await datasetsOf(airworthy)

test('a file leaves a profile: its form, its fields, and what of it was not taken and why', async () => {
  const dataset = 'profiled'
  await made(dataset)
  const lines = [
    'id,input,expected,team,amount',
    'a,Where is it?,Here,red,1',
    'b,When?,,red,2',
    'c,Who gets it?,Ada,,',
    'd,"",Nobody,red,3',
    'e,Write to ada@example.org,Yes,blue,4',
  ]
  const bytes = Buffer.from(`\uFEFF${lines.join('\n')}`, 'utf16le')
  await imported(dataset, bytes, { file: 'orders.csv' })
  await imported(dataset, [row('x', { split: 'holdout', input: 'What is asked in the exam?' })])
  const { items } = await viewer.listImportedFiles({ params: { dataset } })
  expect(items).toMatchObject([
    { file: 'rows.jsonl', version: 2, profile: { format: 'jsonl', records: 1, quarantined: [] } },
    { file: 'orders.csv', version: 1 },
  ])
  expect(JSON.stringify(items)).not.toMatch(/the exam|ada@/)
  const profile = items[1]?.profile
  expect(profile).toMatchObject({
    ...{ format: 'csv', encoding: 'utf-16le', bytes: bytes.length, records: 5, readable: 5, furtherFields: 0 },
    quarantined: [
      { kind: 'broken', field: 'input', rows: 1, firstLine: 5 },
      { kind: 'personal', rows: 1, firstLine: 6 },
    ],
  })
  const fields = new Map(profile?.fields.map(({ name, ...field }) => [name, field]))
  expect(fields.get('metadata.team')).toEqual({
    ...{ types: { text: 4 }, distinct: 2, isDistinctCut: false, examples: ['red'] },
    missing: expect.closeTo(0.2),
  })
  expect(fields.get('metadata.amount')).toMatchObject({ types: { number: 4 } })
  expect(fields.get('expected')).toMatchObject({ examples: ['Here', 'Ada'], missing: expect.closeTo(0.2) })
})

test('rows that are merged come in the place of those that they replace, and new ones behind all', async () => {
  const params = await made('merged', [row('a'), row('b'), row('c')])
  const better = { expected: 'better' }
  const rows = [row('d'), row('c', better), row('a', better), row('d', { expected: 'again' })]
  expect(await imported('merged', rows, { mode: 'merge' })).toMatchObject({
    read: 4,
    entered: 3,
    quarantined: 1,
    problems: [{ line: 4, field: 'id', message: 'the id d stands on line 1 already' }],
    version: { added: 1, changed: 2, removed: 0 },
  })
  const { items } = await viewer.listDatasetRows({ params })
  expect(items.map(({ row: { id, expected } }) => `${id} ${expected}`)).toEqual([
    'a better',
    'b answer b',
    'c better',
    'd answer d',
  ])
})

test('many rows that are merged, in whatever order they come, each stand where their id stood', async () => {
  const ids = Array.from({ length: 2_100 }, (_, at) => `m${at}`)
  const params = await made(
    'shuffled',
    ids.map((id) => row(id)),
  )
  // More than is read in one go, in the midst of short ones.
  const long = 'long '.repeat(300_000)
  const saysOf = (at: number) => (at === 1_050 ? long : `better ${at}`)
  const changed = ids.flatMap((id, at) => (at % 2 === 0 ? [row(id, { expected: saysOf(at) })] : []))
  const shuffled = [...changed.slice(700).toReversed(), ...changed.slice(0, 700)]
  expect(await imported('shuffled', shuffled, { mode: 'merge' })).toMatchObject({
    entered: 1_050,
    version: { rows: 2_100, added: 0, changed: 1_050, removed: 0 },
  })
  const text = await (await viewer.exportDataset({ params })).text()
  const found = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; expected: string })
  expect(found.map(({ id }) => id)).toEqual(ids)
  expect(found.filter(({ expected }, at) => expected !== (at % 2 === 0 ? saysOf(at) : `answer m${at}`))).toEqual([])
})

test('a file that is cut short, or broken in its last row, leaves nothing', async () => {
  const params = await made('cut')
  const rows = jsonl(Array.from({ length: 2_000 }, (_, at) => row(`r${at}`)))
  const path = '/api/v1/datasets/cut/imports?reason=cut'
  const cut = request(new URL(path, airworthy.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${airworthy.ownerToken}`, 'content-length': rows.length + 1 },
  })
  const isGone = new Promise((resolve) => cut.on('error', resolve))
  cut.write(rows, () => cut.destroy(new Error('cut')))
  await isGone
  const torn = Buffer.concat([rows, Buffer.from([0xff])])
  expect(await refusal(imported('cut', torn))).toMatchObject({ code: 'datasets.encoding-unknown' })
  expect(await builder.listDatasetVersions({ params })).toMatchObject({ items: [] })
  expect(await imported('cut', [row('a'), { id: 'b' }])).toMatchObject({ entered: 1, version: { number: 1, rows: 1 } })
  expect((await viewer.listQuarantine({ params })).items.map(({ line }) => line)).toEqual([2])
})

test('a list on one line, a workbook and a Parquet file bring the same rows as lines, and what is no row waits with its place', async () => {
  const rows = Array.from({ length: 300 }, (_, at) => row(`r${at}`, { split: 'regress' }))
  const list = JSON.stringify(rows).replace('"id":"r7"', '"id" "r7"')
  const params = await made('listed')
  expect(await imported('listed', Buffer.from(list), { file: 'rows.json' })).toMatchObject({
    ...{ format: 'jsonl', read: 300, entered: 299, quarantined: 1, problems: [{ line: 8, field: 'row' }] },
  })
  expect((await viewer.listQuarantine({ params })).items).toMatchObject([
    { line: 8, text: expect.stringContaining('"id" "r7"') },
  ])

  const sheet = [Object.keys(row('')), ...rows.map((one) => [one.id, one.input, one.expected])].map((cells, at) => {
    const inline = cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')
    return `<row r="${at + 1}">${inline}</row>`
  })
  const columns = ['id', 'input', 'expected'] as const
  const parquet = madeParquet({
    columns: columns.map((name) => ({ name, cells: rows.map((one) => one[name]) })),
    rowsOfGroup: 70,
  })
  await made('lined', rows)
  const [lined] = (await viewer.listDatasetVersions({ params: { dataset: 'lined' } })).items
  for (const [name, bytes, file] of [
    ['sheet', madeSpreadsheet(sheet.join(''), []), 'rows.xlsx'],
    ['parquet', parquet, 'rows.parquet'],
  ] as const) {
    await made(name)
    expect(await imported(name, bytes, { file })).toMatchObject({ read: 300, entered: 300 })
    const { items } = await viewer.listDatasetVersions({ params: { dataset: name } })
    expect([name, items[0]?.rows]).toEqual([name, lined?.rows])
    expect(await sayOf(name), name).toEqual(await sayOf('lined'))
  }
})

const sayOf = async (dataset: string) =>
  (await (await viewer.exportDataset({ params: { dataset } })).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ReturnType<typeof row>)
    .map(({ id, input, expected }) => [id, input, expected])
