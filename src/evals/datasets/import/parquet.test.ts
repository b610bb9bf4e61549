/** Parquet as the Hugging Face hub keeps data sets, in every compression; and files that say what is not so. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '../../../kernel/failure.ts'
import { cases } from '../../../testing/properties.ts'
import { contentOf } from './content.ts'
import { type Made, madeParquet } from './made-parquet.example.ts'
import { readFile } from './read-file.ts'

const read = async (bytes: Buffer, columns = new Map<string, string>()) => {
  const file = await readFile(contentOf(bytes), { file: 'test-00000-of-00001.parquet', columns })
  const rows = []
  for await (const row of file.rows) rows.push(row)
  return { ...file, rows }
}
const failure = async (bytes: Buffer): Promise<Failure> => {
  const thrown = await read(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(thrown).toBeInstanceOf(Failure)
  return thrown as Failure
}
const COLUMNS: Made['columns'] = [
  { name: 'question', cells: ['Wie groß ist ein Päckchen?', 'Where?', 'Why?'] },
  { name: 'label', cells: [1, 0, null] },
  { name: 'note', cells: [null, 'late', null] },
]
const HUB = {
  huggingface: JSON.stringify({ info: { features: { label: { names: ['neg', 'pos'], _type: 'ClassLabel' } } } }),
}

test.for(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4_RAW'] as const)(
  'rows in %s come in with the names of their classes, group by group',
  async (codec) => {
    const { rows, format, producer, notes } = await read(
      madeParquet({ columns: COLUMNS, codec, rowsOfGroup: 2, metadata: HUB }),
    )
    expect([format, producer, notes]).toEqual(['parquet', 'Hugging Face', []])
    expect(rows.map(({ line, value }) => ({ line, value }))).toMatchObject([
      { line: 1, value: { input: 'Wie groß ist ein Päckchen?', expected: 'pos' } },
      { line: 2, value: { input: 'Where?', expected: 'neg' } },
      { line: 3, value: { input: 'Why?' } },
    ])
    expect(rows[1]?.value).toMatchObject({ metadata: { note: 'late' } })
  },
)

test('columns that are named are taken by their names, and numbers without names of classes stay numbers', async () => {
  const columns = new Map([
    ['input', 'note'],
    ['id', 'label'],
  ])
  const { rows } = await read(madeParquet({ columns: COLUMNS }), columns)
  expect(rows[1]?.value).toMatchObject({ input: 'late', id: 0, metadata: { question: 'Where?' } })
})

test('bytes that are no text are left out and named, and large numbers keep every digit', async () => {
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])
  const { rows, notes } = await read(
    madeParquet({
      columns: [
        { name: 'text', cells: ['a', 'b'] },
        { name: 'image', cells: [picture, null], isBytes: true },
        { name: 'raw', cells: [Buffer.from('plain'), null], isBytes: true },
        { name: 'number', cells: [Number.MAX_SAFE_INTEGER, 2 ** 60] },
      ],
    }),
  )
  expect(notes).toEqual(['image hold bytes that are no text; they were left out.'])
  expect(rows.map(({ value }) => value)).toMatchObject([
    { input: 'a', metadata: { raw: 'plain', number: Number.MAX_SAFE_INTEGER } },
    { input: 'b', metadata: { number: String(2n ** 60n) } },
  ])
  expect(JSON.stringify(rows[0]?.value)).not.toContain('image')
})

const many = Array.from({ length: 200 }, (_, at) => `row ${at}`)
test.for<[string, Made['lies'], string, RegExp]>([
  ['a billion rows', { rows: 1_000_000_000 }, 'datasets.parquet-large', /1000000000 rows/],
  ['a page of two gigabytes', { pageBytes: 2 ** 31 - 1 }, 'datasets.parquet-large', /a page of 2147483647 bytes/],
  ['a billion values', { pageValues: 1_000_000_000 }, 'datasets.parquet-large', /values/],
  ['fewer values than rows', { rows: 5_000 }, 'datasets.parquet-broken', /cannot be read/],
  ['less than nothing', { rows: -4 }, 'datasets.parquet-broken', /cannot be read/],
])('a file that says that it has %s is refused before room is made', async ([, lies, code, why]) => {
  const found = await failure(
    madeParquet({ columns: [{ name: 'text', cells: many }], codec: 'ZSTD', ...(lies && { lies }) }),
  )
  expect(found).toMatchObject({ code, message: expect.stringMatching(why) })
})

test('a page that unpacks to more than it says is refused, in each compression that could', async () => {
  for (const codec of ['GZIP', 'BROTLI', 'ZSTD'] as const) {
    const bytes = madeParquet({
      columns: [{ name: 'text', cells: ['x'.repeat(5_000_000)] }],
      codec,
      lies: { pageBytes: 64 },
    })
    expect(bytes.length).toBeLessThan(100_000)
    expect((await failure(bytes)).code).toBe('datasets.parquet-broken')
  }
})

test.for([
  ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 9)],
  ['only its mark', () => Buffer.from('PAR1')],
  ['a mark around nothing', () => Buffer.from('PAR1\0\0\0\0PAR1')],
  ['encrypted', (whole: Buffer) => Buffer.concat([whole.subarray(0, -4), Buffer.from('PARE')])],
] as const)('a file that is %s is refused with what to do', async ([, change]) => {
  const found = await failure(change(madeParquet({ columns: COLUMNS })))
  expect(found).toMatchObject({ code: 'datasets.parquet-broken', message: expect.stringContaining('to_json') })
})

test('a file with any byte changed is read or refused, and nothing else happens', async () => {
  const whole = madeParquet({ columns: COLUMNS, codec: 'SNAPPY', rowsOfGroup: 2, metadata: HUB })
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
      const changed = Buffer.from(whole)
      changed[at] = byte
      const thrown = await read(changed).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (thrown !== undefined) expect(thrown).toBeInstanceOf(Failure)
    }),
    cases(120),
  )
})
