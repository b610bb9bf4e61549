import { readdirSync, readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Failure, Problem } from '../../kernel/failure.ts'
import { ingest } from '../ingest/ingest.ts'
import { createExtractor } from './extractor.ts'
import { docxOf, paragraph, pdfOf, zipOf } from './made-files.example.ts'

const MEGABYTE = 1024 * 1024
const extractor = createExtractor()
const document = (path: string, bytes: Buffer | string) => ({ path: `knowledge/${path}`, bytes: Buffer.from(bytes) })

async function problemsOf(documents: readonly ReturnType<typeof document>[], reader = extractor) {
  const failure: Failure = await ingest(documents, { passageWords: 60 }, reader).then(
    () => expect.unreachable('it was read'),
    (thrown) => thrown,
  )
  expect(failure).toMatchObject({ kind: 'invalid', code: 'knowledge.documents-invalid' })
  return failure.problems
}

const encrypted = pdfOf(
  [['x']],
  `/Encrypt << /Filter /Standard /V 1 /R 2 /O (${'o'.repeat(32)}) /U (${'u'.repeat(32)}) /P -4 >> /ID [(a) (a)]`,
)

test.for<[string, string, Buffer | string, RegExp]>([
  ['an encrypted PDF', 'a.pdf', encrypted, /protected by a password.*Save it without/],
  ['a broken PDF', 'a.pdf', '%PDF-1.4 and no more', /broken: Invalid PDF structure/],
  ['a PDF of pictures', 'a.pdf', pdfOf([[], []]), /None of its 2 pages has text.*OCR/],
  ['a Word file under the name of a PDF', 'a.pdf', docxOf(paragraph('x')), /ends in \.pdf but is a zip.*\.docx/],
  ['a text under the name of a PDF', 'a.pdf', 'just words', /ends in \.pdf but is not a PDF/],
  ['a PDF under the name of a text', 'a.txt', pdfOf([['x']]), /ends in \.txt but is a PDF.*Rename it to end in \.pdf/],
  ['a picture under the name of a page', 'a.html', Buffer.from('89504e470d0a1a0a', 'hex'), /is a PNG picture/],
  ['bytes under the name of a text', 'a.txt', 'a\0b', /holds zero bytes.*UTF-8/],
  ['nothing in a text', 'a.md', '', /empty: it has 0 bytes/],
  ['nothing in a PDF', 'a.pdf', '', /empty: it has 0 bytes/],
  ['a Word file with a password', 'a.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /password/],
  ['another archive', 'a.docx', zipOf({ 'a.txt': 'x' }), /no Word document/],
  ['a Word file that is cut off', 'a.docx', docxOf(paragraph('x')).subarray(0, 300), /directory is missing/],
  [
    'a Word file with entities',
    'a.docx',
    docxOf(paragraph('&e;'), { prolog: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' }),
    /declares entities/,
  ],
  [
    'a Word file that unpacks to more than it says',
    'a.docx',
    docxOf('x'.repeat(70 * MEGABYTE), { statedBytes: 10 }),
    /unpacks to more/,
  ],
  [
    'a Word file that is nested deep',
    'a.docx',
    docxOf(`${'<w:sdt><w:sdtContent>'.repeat(9000)}${'</w:sdtContent></w:sdt>'.repeat(9000)}`),
    /nested too deep/,
  ],
  ['a page that is nested deep', 'a.html', '<div>'.repeat(20_000), /nested 20000 deep/],
  ['a page without text', 'a.html', '<p hidden>x</p>', /has no text/],
  ['CSV that is not UTF-8', 'a.csv', Buffer.from('a,b\ncaf\u00e9,1', 'latin1'), /not UTF-8.*CSV in UTF-8/],
  ['an ending that every object has', 'a.constructor', 'x', /end in \.constructor cannot be read/],
])('%s is refused with its file, the reason and a remedy', async ([, path, bytes, said]) => {
  const problems = await problemsOf([document(path, bytes)])
  expect(problems.map(({ file }) => file)).toEqual([`knowledge/${path}`])
  expect(saidOf(problems)).toMatch(said)
})

test('every bad row of CSV is told with its line', async () => {
  const problems = await problemsOf([document('a.csv', 'id,name\n1,"two\nlines"\n1,again\n2\n4,a,b\n3,"x"y\n')])
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '4 The id 1 stands on line 2 already.',
    '5 This row has 1 cells and the first line names 2 columns.',
    '6 This row has 3 cells and the first line names 2 columns.',
    '7 Trailing quote on quoted field is malformed.',
  ])
})

test('a document that takes too long ends its process, and the next one is read by another', async () => {
  const reader = createExtractor({ seconds: 2, megabytes: 512 })
  const slow = document('slow.html', '<div>'.repeat(400_000))
  const problems = await problemsOf([slow, document('good.html', '<p>good'), document('empty.html', '<p>')], reader)
  expect(problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
    'knowledge/slow.html Reading it took over 2 seconds.',
    'knowledge/empty.html The document has no text.',
  ])
})

test.for([
  ['values', document('large.html', '<p>'.repeat(2_000_000))],
  ['raw bytes', document('bomb.pdf', pdfBomb(400))],
] as const)('a document that takes too much memory in %s is refused', async ([, large]) => {
  const problems = await problemsOf([large], createExtractor({ seconds: 60, megabytes: 96 }))
  expect(saidOf(problems)).toMatch(/Reading it took over 96 MB of memory\. .*take it out/)
})

test('a PDF of some kilobytes that unpacks to two gigabytes never holds more than its share', async () => {
  const watching = watchReaders()
  const patient = createExtractor({ seconds: 120, megabytes: 512 })
  const problems = await problemsOf([document('bomb.pdf', runLengthBomb(2000))], patient)
  const heldMegabytes = watching.end()
  expect(saidOf(problems)).toMatch(/Reading it took over 512 MB of memory\./)
  console.log(`a PDF bomb of 2,000 MB: the process that read it held ${heldMegabytes} MB at most`)
  // Raw bytes and values, and the program itself.
  expect(heldMegabytes).toBeLessThan(1300)
}, 150_000)

const saidOf = (problems: readonly Problem[]): string =>
  problems.map((one) => `${one.message} ${one.remedy}`).join('\n')

/** A PDF of a few hundred kilobytes whose page unpacks to so many megabytes. */
function pdfBomb(megabytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(megabytes * MEGABYTE, 0x20)).toString('latin1')
  const stream = `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`
  const file = pdfOf([['x']]).toString('latin1')
  return Buffer.from(
    file.replace(/<< \/Length[\s\S]*?endstream/, () => stream),
    'latin1',
  )
}

/** As `pdfBomb`, by runs of one letter within the packing, because a machine should not be used up to make it. */
function runLengthBomb(megabytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc((megabytes * MEGABYTE) / 64, Buffer.from([129, 0x20]))).toString('latin1')
  const stream = `<< /Length ${packed.length} /Filter [/FlateDecode /RunLengthDecode] >>\nstream\n${packed}\nendstream`
  const file = pdfOf([['x']]).toString('latin1')
  return Buffer.from(
    file.replace(/<< \/Length[\s\S]*?endstream/, () => stream),
    'latin1',
  )
}

/** The most that any process below this one held, where the system tells; else 0. */
function watchReaders() {
  let most = 0
  const timer = setInterval(() => {
    for (const pid of childrenOf(process.pid)) {
      const held = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1]
      if (read(`/proc/${pid}/cmdline`).includes('extract-process')) most = Math.max(most, Number(held ?? 0))
    }
  }, 5)
  return {
    end() {
      clearInterval(timer)
      return Math.round(most / 1024)
    },
  }
}
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
const childrenOf = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean),
    )
  } catch {
    return []
  }
}
