import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '../../../kernel/failure.ts'
import { madeSpreadsheet } from '../../../testing/made-spreadsheet.ts'
import { cases } from '../../../testing/properties.ts'
import { contentOf } from './content.ts'
import { type FileAsk, readFile } from './read-file.ts'
import type { ReadRow } from './read-row.ts'

const read = async (content: string | Buffer, more: Partial<FileAsk> = {}, pieceBytes = 7) => {
  const file = await readFile(contentOf(Buffer.from(content), pieceBytes), {
    file: 'rows',
    columns: new Map(),
    ...more,
  })
  const rows: ReadRow[] = []
  for await (const row of file.rows) rows.push(row)
  return { ...file, rows }
}
const valuesOf = async (...given: Parameters<typeof read>) => (await read(...given)).rows.map(({ value }) => value)
const failure = async (...given: Parameters<typeof read>): Promise<Failure> => {
  const thrown = await read(...given).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(thrown).toBeInstanceOf(Failure)
  return thrown as Failure
}
const codeOf = async (...given: Parameters<typeof read>) => (await failure(...given)).code

/** Words that differ in every encoding: Latin, Cyrillic and Japanese letters. */
const LATIN = 'id,input\nq1,Wie groß ist ein Päckchen für 5 €?\n'
const JAPANESE = 'id,input\nq1,荷物はどこですか\n'
const RUSSIAN = 'id,input\nq1,Где моя посылка\n'

test.for([
  ['UTF-8', Buffer.from(LATIN), undefined, 'utf-8', 'Wie groß ist ein Päckchen für 5 €?'],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${LATIN}`), undefined, 'utf-8', 'Wie groß ist ein Päckchen für 5 €?'],
  ['UTF-16 LE with a mark', Buffer.from(`\uFEFF${JAPANESE}`, 'utf16le'), undefined, 'utf-16le', '荷物はどこですか'],
  [
    'UTF-16 BE with a mark',
    Buffer.from(`\uFEFF${JAPANESE}`, 'utf16le').swap16(),
    undefined,
    'utf-16be',
    '荷物はどこですか',
  ],
  [
    'UTF-16 LE without a mark',
    Buffer.from(LATIN, 'utf16le'),
    undefined,
    'utf-16le',
    'Wie groß ist ein Päckchen für 5 €?',
  ],
  [
    'windows-1252',
    Buffer.from(LATIN.replace('€', '\x80'), 'latin1'),
    'windows-1252',
    'windows-1252',
    'Wie groß ist ein Päckchen für 5 €?',
  ],
  [
    'Shift JIS',
    Buffer.concat([Buffer.from('id,input\nq1,'), Buffer.from('89d795a882cd82c782b182c582b782a9', 'hex')]),
    'shift_jis',
    'shift_jis',
    '荷物はどこですか',
  ],
  [
    'windows-1251',
    Buffer.concat([Buffer.from('id,input\nq1,'), Buffer.from('c3e4e520eceeff20efeef1fbebeae0', 'hex')]),
    'windows-1251',
    'windows-1251',
    'Где моя посылка',
  ],
  [
    'GB18030',
    Buffer.concat([Buffer.from('id,input\nq1,'), Buffer.from('b0fcb9fcd4dac4c4c0ef', 'hex')]),
    'gb18030',
    'gb18030',
    '包裹在哪里',
  ],
] as const)('a file in %s is read as it was written', async ([, bytes, said, encoding, input]) => {
  const { rows, encoding: found } = await read(bytes, { file: 'rows.csv', encoding: said })
  expect(rows).toMatchObject([{ value: { id: 'q1', input } }])
  expect(found).toBe(encoding)
})

test('a file that is neither UTF-8 nor UTF-16 is refused with what it would read as', async () => {
  const bytes = Buffer.from(LATIN, 'latin1')
  expect(await codeOf(bytes)).toBe('datasets.encoding-unknown')
  expect((await failure(bytes)).message).toMatch(/windows-1252: .*groß/)
  expect(await codeOf(Buffer.from(RUSSIAN), { encoding: 'no-such' })).toBe('datasets.encoding-unknown')
  expect(await codeOf(Buffer.from([0x81, 0xff, 0xfe, 0x41]), { encoding: 'shift_jis' })).toBe('datasets.encoding-wrong')
  expect(await codeOf('')).toBe('datasets.file-empty')
})

test('a sheet of a workbook is read by its name, and the first one without', async () => {
  const rowsOf = (id: string) =>
    `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>${id}</t></is></c></row>`
  const workbook = madeSpreadsheet(rowsOf('first'), ['id'], rowsOf('second'))
  const named = await read(workbook, { sheet: 'Notes' })
  expect(named.rows).toMatchObject([{ line: 2, value: { id: 'second' } }])
  expect(named.notes).toEqual(['The file has 2 sheets: "Cases", "Notes". "Notes" was read.'])
  expect((await read(workbook)).rows).toMatchObject([{ value: { id: 'first' } }])
  expect(await failure(workbook, { sheet: 'Old' })).toMatchObject({
    code: 'datasets.sheet-unknown',
    message: expect.stringContaining('"Cases", "Notes"'),
  })
})

test('a spreadsheet gives the rows of its first sheet, with empty cells, entities and line numbers as it shows them', async () => {
  const sheet =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>expected</t></is></c></row>' +
    '<row r="3"><c r="A3"><v>7</v></c><c r="C3" t="inlineStr"><is><r><t>2 &lt; </t></r><r><t>3 &amp; 4</t></r></is></c></row>' +
    '<row r="4"><c r="A4"><v>8</v></c><c r="B4" t="s"><v>2</v></c><c r="C4" t="b"><v>1</v></c></row>'
  const { rows, format } = await read(madeSpreadsheet(sheet, ['id', 'question', 'Where&#33;']), {
    columns: new Map([['input', 'question']]),
  })
  expect(format).toBe('xlsx')
  expect(rows).toMatchObject([
    { line: 3, value: { id: '7', expected: '2 < 3 & 4' } },
    { line: 4, value: { id: '8', input: 'Where!', expected: 'true' } },
  ])
  expect(await codeOf(Buffer.from('PK\u0003\u0004 torn'))).toBe('datasets.spreadsheet-broken')
})

test.for([
  [
    'OpenAI evals',
    'openai-evals',
    '{"input":[{"role":"system","content":"Be brief."},{"role":"user","content":"2+2?"}],"ideal":["4","four"]}\n',
    {
      input: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: '2+2?' },
      ],
      expected: ['4', 'four'],
    },
  ],
  [
    'MLflow',
    'mlflow',
    '{"inputs":{"question":"2+2?"},"expectations":{"expected_response":"4","expected_facts":["four"],"guidelines":["be brief"]},"tags":{"topic":"sums"}}\n',
    { input: '2+2?', expected: '4', rubric: 'It says: four\nbe brief', metadata: { topic: 'sums' } },
  ],
  [
    'MLflow, of a trace',
    'mlflow',
    '{"inputs":{"messages":[{"role":"user","content":"hi"}]},"source":{"source_type":"TRACE","source_data":{"trace_id":"tr-4bf92f3577b34da6a3ce929d0e0e4736"}}}\n',
    { input: [{ role: 'user', content: 'hi' }], source: 'trace 4bf92f3577b34da6a3ce929d0e0e4736' },
  ],
  [
    'a set of the Hugging Face hub',
    'huggingface',
    '{"question":"Who?","context":"Ada did.","answers":{"text":["Ada"],"answer_start":[0]}}\n',
    { input: 'Who?', expected: ['Ada'], metadata: { context: 'Ada did.' } },
  ],
  [
    'tests of promptfoo',
    'promptfoo',
    'prompts: [p.txt]\ntests:\n  - description: sums\n    vars: {question: "2+2?", language: en}\n    assert:\n      - {type: equals, value: "4"}\n      - {type: llm-rubric, value: is brief}\n      - {type: javascript, value: "output.length < 9"}\n',
    {
      input: '2+2?',
      expected: '4',
      rubric: 'is brief',
      metadata: { language: 'en', description: 'sums', assert: [{ type: 'javascript', value: 'output.length < 9' }] },
    },
  ],
  [
    'JSON lines of our own',
    'jsonl',
    '{"id":"a","input":"x","team":"red"}\n',
    { id: 'a', input: 'x', metadata: { team: 'red' } },
  ],
  ['a JSON list', 'jsonl', '[\n {"id":"a","input":"x"}\n]', { id: 'a', input: 'x' }],
] as const)('%s is recognised and becomes an example', async ([, format, content, value]) => {
  const { rows, ...file } = await read(content, { file: format === 'promptfoo' ? 'promptfooconfig.yaml' : 'rows.json' })
  expect(file.format).toBe(format)
  expect(rows.map((row) => row.value)).toEqual([value])
})

test('what promptfoo asserts and an example has no place for is said', async () => {
  const { notes, rows } = await read('tests:\n - vars: {a: x}\n   assert: [{type: latency, threshold: 9}]\n', {
    file: 'p.yaml',
  })
  expect(rows).toHaveLength(1)
  expect(notes).toEqual([expect.stringContaining('latency')])
  expect(await codeOf('prompts: [a]', { file: 'p.yaml' })).toBe('datasets.promptfoo-invalid')
})

test.for([
  [
    'as a list',
    '[{"vars":{"q":"2+2?"},"assert":[{"type":"equals","value":"4"}]},\n {"vars":{"q":"x"},"assert":[{"type":"latency"}]}]',
  ],
  [
    'one a line',
    '{"vars":{"q":"2+2?"},"assert":[{"type":"equals","value":"4"}]}\n{"vars":{"q":"x"},"assert":[{"type":"latency"}]}\n',
  ],
] as const)('tests of promptfoo in JSON, %s, are read as they come, without a limit', async ([, content]) => {
  const { format, rows, notes } = await read(content)
  expect(format).toBe('promptfoo')
  expect(rows.map(({ value }) => value)).toMatchObject([{ input: '2+2?', expected: '4' }, { input: 'x' }])
  expect(notes).toEqual([expect.stringContaining('latency')])
  const test = '{"vars":{"q":"What is two and two?"}}\n'
  expect(await valuesOf(test.repeat(150_000), {}, 1_000_000)).toHaveLength(150_000)
})

test('a file of one value is held as a whole, so it has a limit, which says what to do', async () => {
  const question = ' - vars: {q: "What is two and two?"}\n'
  const yaml = await failure(`tests:\n${question.repeat(130_000)}`, { file: 'p.yaml' }, 1_000_000)
  expect(yaml).toMatchObject({ code: 'datasets.file-large', kind: 'too-large' })
  expect(yaml.message).toBe(
    'p.yaml has 4810007 bytes, and a file of one value in YAML may have 4194304, because it is held as a whole. Write its tests or rows in JSON, one object a line, or as CSV: files of these have no such limit.',
  )
  const tests = Array.from({ length: 130_000 }, () => ({ vars: { q: 'What is two and two?' } }))
  expect(await valuesOf(JSON.stringify({ tests }), { file: 'p.json', format: 'promptfoo' }, 1_000_000)).toHaveLength(
    130_000,
  )
  const broken = await failure(
    `{"tests": [${JSON.stringify(tests)}`,
    { file: 'p.json', format: 'promptfoo' },
    1_000_000,
  )
  expect(broken.code).toBe('datasets.file-large')
  const croissant = `{"@type":"sc:Dataset","conformsTo":"http://mlcommons.org/croissant/1.0","description":"${'x'.repeat(33_554_432)}"}`
  expect((await failure(croissant, { file: 'c.json' }, 1_000_000)).message).toContain('in JSON may have 33554432')
})

test('Croissant says licence, origin and files with their digests; rows that it holds itself come in', async () => {
  const { croissant, rows, producer, notes } = await read(
    JSON.stringify({
      '@type': 'sc:Dataset',
      name: 'ports',
      description: 'Ports of a ship.',
      conformsTo: 'http://mlcommons.org/croissant/1.0',
      license: 'CC-BY-4.0',
      url: 'https://example.org/ports',
      distribution: [
        { '@type': 'cr:FileObject', name: 'ports.csv', sha256: 'a'.repeat(64) },
        { name: 'more', sha256: 'see there' },
      ],
      recordSet: [
        {
          name: 'ports',
          field: [{ '@id': 'ports/question' }],
          data: [{ 'ports/question': 'Where is C?', 'ports/answer': 'Cherbourg' }],
        },
      ],
    }),
  )
  expect(producer).toBe('Croissant 1.0')
  expect(croissant?.card).toMatchObject({
    licence: 'CC-BY-4.0',
    files: [{ name: 'ports.csv' }, { name: 'more', sha256: null }],
  })
  expect(rows.map(({ value }) => value)).toEqual([{ input: 'Where is C?', expected: 'Cherbourg' }])
  expect(notes.join(' ')).toContain('1 of its 2 files have no SHA-256')
  expect(await codeOf('{"name":1}', { format: 'croissant' })).toBe('datasets.croissant-invalid')
})

test('columns are named as the file has them, and each broken line of CSV is named', async () => {
  const columns = new Map([
    ['input', 'Frage'],
    ['expected', 'Antwort'],
  ])
  expect(await valuesOf('Nr,Frage,Antwort\n1,Wo?,Hier\n', { file: 'x.csv', columns })).toEqual([
    { input: 'Wo?', expected: 'Hier', metadata: { Nr: '1' } },
  ])
  const { rows } = await read('id,input\na,"x\ny"\nb,one,two\nc,"open\n', { file: 'x.csv' })
  expect(rows.map(({ line, problem }) => [line, problem?.field])).toEqual([
    [2, undefined],
    [4, 'row'],
    [5, 'row'],
  ])
})

test('where a file is cut into pieces makes no difference: to lines, quotes, cells and characters of several bytes', async () => {
  const csv = 'id,input\r\n1,"a ""b"", c\r\nd"\r\n\r\n2,5" wide\r\n3,"x" ,y\r\n4,"ü;ß"\r5,"open\r\n6,z'
  const json = '{"id":"1","input":"ü"}\r\n\r\nnot json\r\n{"id":"2","input":"\\r\\n"}'
  for (const [content, file] of [
    [csv, 'x.csv'],
    [json, 'x.jsonl'],
  ] as const) {
    const whole = await read(content, { file }, 1_000)
    for (const pieceBytes of [1, 2, 3, 5, 17])
      expect((await read(content, { file }, pieceBytes)).rows).toEqual(whole.rows)
    expect(whole.rows.map(({ line }) => line)).toEqual(file === 'x.csv' ? [2, 5, 6, 7, 8] : [1, 3, 4])
  }
})

test('what has no end within any row is refused with the line on which it begins', async () => {
  const open = `id,input\n1,a\n2,"${'x'.repeat(17 * 1024 * 1024)}`
  expect(await failure(open, { file: 'x.csv' }, 4 * 1024 * 1024)).toMatchObject({
    code: 'text.row-endless',
    message: expect.stringContaining('begins on line 3'),
  })
})

test('a list in JSON is read element by element, however it is cut into pieces and written over lines', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '"', '\\', '[', '{', ']', '}', ',', '\n', 'é', '荷'),
    maxLength: 12,
  })
  const value = fc.oneof(
    text,
    fc.array(text, { maxLength: 3 }),
    fc.dictionary(text, text, { maxKeys: 2 }),
    fc.integer(),
  )
  const rows = fc.array(fc.record({ input: text, metadata: fc.dictionary(text, value, { maxKeys: 3 }) }), {
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(undefined, 2),
      async (given, size, indent) => {
        const read = await readRows(Buffer.from(JSON.stringify(given, null, indent)), size)
        expect(read.map(({ line, text }) => [line, JSON.parse(text)])).toEqual(given.map((row, at) => [at + 1, row]))
      },
    ),
    cases(100),
  )
})

async function readRows(bytes: Buffer, pieceBytes: number): Promise<ReadRow[]> {
  const { rows } = await read(bytes, { format: 'jsonl' }, pieceBytes)
  return rows
}

test('an element of a list that is no JSON is named by its number, and the others enter', async () => {
  const list =
    '[{"id":"a","input":"Where?"}, {"id":"b" "input":"When?"},\n {"id":"c","input":"Why, [or] \\"how\\"?"}, 7, ]\n'
  const { rows, format } = await read(list)
  expect(format).toBe('jsonl')
  expect(rows).toMatchObject([
    { line: 1, value: { id: 'a' } },
    { line: 2, text: '{"id":"b" "input":"When?"}', problem: { message: expect.stringContaining('not JSON') } },
    { line: 3, value: { id: 'c', input: 'Why, [or] "how"?' } },
    { line: 4, problem: { message: 'this is no JSON object' } },
    { line: 5, text: '', problem: { message: expect.stringContaining('not JSON') } },
  ])
  expect((await read('[]')).rows).toEqual([])
})

test('what begins like a list and is none is tried line by line', async () => {
  const { rows } = await read('["a", "b"]\n{"id":"c","input":"Why?"}\n', { format: 'jsonl' })
  expect(rows).toMatchObject([
    { line: 1, problem: { message: 'this is no JSON object' } },
    { line: 2, value: { id: 'c' } },
  ])
  expect((await read('[{"id":"a","input":"Where?"}', { format: 'jsonl' })).rows).toMatchObject([
    { line: 1, problem: {} },
  ])
})

test('the format of a list on one line is seen by its first element, also where that is longer than what is looked at', async () => {
  const long = 'x'.repeat(100_000)
  const list = (row: object) => JSON.stringify([row, row])
  expect((await read(list({ input: long, ideal: 'x' }), {}, 4_096)).format).toBe('openai-evals')
  const utf16 = Buffer.from(`\uFEFF${list({ inputs: { question: long } })}`, 'utf16le')
  expect(await read(utf16, {}, 4_096)).toMatchObject({ format: 'mlflow', encoding: 'utf-16le' })
})

test('an element without an end within 16 million characters is refused with its number', async () => {
  const found = await failure(`[{"id":"a","input":"Where?"},{"id":"b","input":"${'x'.repeat(17_000_000)}`, {}, 1 << 20)
  expect(found).toMatchObject({ code: 'text.row-endless', message: expect.stringContaining('Element 2 of the list') })
})

test('a workbook of many rows is read as it is unpacked, whatever its rows look like', async () => {
  const text = (at: number) =>
    `<c r="B${at}" t="inlineStr"><is><t>Where is parcel ${at}? ${'x'.repeat(200)}</t></is></c>`
  const rows = Array.from({ length: 3_000 }, (_, at) =>
    at % 100 === 7
      ? `<row r="${at + 1}"/>`
      : `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c>${text(at + 1)}</row>`,
  )
  rows[0] = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
  const found = await read(madeSpreadsheet(rows.join(''), ['id', 'input']), {}, 1_024)
  expect(found.rows).toHaveLength(2_999 - 30)
  expect(found.rows.at(-1)).toMatchObject({
    line: 3_000,
    value: { id: '2999', input: expect.stringContaining('parcel 3000') },
  })
})

test('a workbook with a row that has no end is refused while its rows come', async () => {
  const found = await failure(madeSpreadsheet(`<row r="1"><c>${'x'.repeat(17_000_000)}`, []), {}, 65_536)
  expect(found).toMatchObject({ code: 'datasets.spreadsheet-broken', message: expect.stringContaining('no end') })
})
