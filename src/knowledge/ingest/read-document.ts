/** One document by its reader: text formats here, the others in a thread of their own. Why it cannot be read is a value. */
import { EXTRACTED_ENDINGS, type Extraction, type Refusal } from '../extract/extraction.ts'
import type { Extractor } from '../extract/extractor.ts'
import { mismatch } from '../extract/signature.ts'
import { endingOf, textOf, unpack } from './document-bytes.ts'
import { passagesOfJsonLines } from './json-lines.ts'
import { sectionsOfMarkdown } from './markdown.ts'
import { sectionsOfPlainText } from './plain-text.ts'
import type { IngestSettings, Reader, Reading } from './reading.ts'
import { passagesOfSections, type Section } from './sections.ts'

/** By the end of the path; `.gz` is unpacked first. Other formats are read in a thread of their own. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['md', bySections(sectionsOfMarkdown)],
  ['markdown', bySections(sectionsOfMarkdown)],
  ['txt', bySections(sectionsOfPlainText)],
  ['jsonl', passagesOfJsonLines],
])

const ENDINGS = [...READERS.keys(), ...EXTRACTED_ENDINGS.keys()]

export async function readDocument(
  bytes: Uint8Array,
  source: string,
  { settings, extractor }: { settings: IngestSettings; extractor: Extractor },
): Promise<Reading> {
  const { ending, isPacked } = endingOf(source)
  const reader = READERS.get(ending)
  const format = EXTRACTED_ENDINGS.get(ending)
  if (!reader && !format)
    return refuse(source, {
      message: `Documents that end in .${ending || '?'} cannot be read.`,
      remedy: `Use one of ${ENDINGS.join(', ')} (also with .gz), or take the file out of knowledge/.`,
    })
  const plain = isPacked ? unpack(bytes) : bytes
  if ('remedy' in plain) return refuse(source, plain)
  const wrong = mismatch(plain, ending, format)
  if (wrong) return refuse(source, wrong)
  const reading = format
    ? readingOf(await extractor.read({ format, source, bytes: plain }), source, settings)
    : await readText(plain, source, { settings, reader })
  if (reading.passages.length > 0 || reading.problems.length > 0) return reading
  return refuse(source, { message: 'The document has no text.', remedy: 'Write it, or delete the file.' })
}

function readingOf(extraction: Extraction, source: string, settings: IngestSettings): Reading {
  return extraction.kind === 'read'
    ? { passages: passagesOfSections(extraction.sections, source, settings), problems: [] }
    : refuse(source, ...extraction.refusals)
}

async function readText(
  bytes: Uint8Array,
  source: string,
  { settings, reader }: { settings: IngestSettings; reader: Reader | undefined },
): Promise<Reading> {
  const text = textOf(bytes)
  if (typeof text !== 'string') return refuse(source, text)
  return reader ? reader({ text, source, settings }) : { passages: [], problems: [] }
}

const refuse = (file: string, ...refusals: readonly Refusal[]): Reading => ({
  passages: [],
  problems: refusals.map(({ message, remedy, line = 1 }) => ({
    field: 'knowledge',
    file: `knowledge/${file}`,
    line,
    message,
    remedy,
  })),
})

function bySections(sectionsOf: (text: string, source: string) => Section[]): Reader {
  return async ({ text, source, settings }) => ({
    passages: passagesOfSections(sectionsOf(text, source), source, settings),
    problems: [],
  })
}
