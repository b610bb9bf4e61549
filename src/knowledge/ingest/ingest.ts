/**
 * Documents become passages with stable ids. Every problem of every document is told at once, with
 * file and line; one bad document refuses them all, because an index that silently lacks a page is worse.
 */
import { Failure, type Problem } from '../../kernel/failure.ts'
import {
  EXTRACTED_ENDINGS,
  EXTRACTORS,
  type ExtractedFormat,
  type Extraction,
  type Refusal,
} from '../extract/extraction.ts'
import { createExtractor, type Extractor } from '../extract/extractor.ts'
import { mismatch } from '../extract/signature.ts'
import type { Passage } from '../passage.ts'
import { pause } from '../pause.ts'
import { endingOf, textOf, unpack } from './document-bytes.ts'
import { passagesOfJsonLines } from './json-lines.ts'
import { sectionsOfMarkdown } from './markdown.ts'
import { sectionsOfPlainText } from './plain-text.ts'
import type { IngestSettings, Reader, Reading } from './reading.ts'
import { passagesOfSections, type Section } from './sections.ts'

/** A file: its path (a leading `knowledge/` is cut) and its bytes as they are. */
export type SourceDocument = { readonly path: string; readonly bytes: Uint8Array }

/** By the end of the path; `.gz` is unpacked first. Other formats are read in a thread of their own. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['md', bySections(sectionsOfMarkdown)],
  ['markdown', bySections(sectionsOfMarkdown)],
  ['txt', bySections(sectionsOfPlainText)],
  ['jsonl', passagesOfJsonLines],
])

const ENDINGS = [...READERS.keys(), ...EXTRACTED_ENDINGS.keys()]

/** Passages in the order of the documents. Throws `knowledge.documents-invalid` with every problem. */
export async function ingest(
  documents: readonly SourceDocument[],
  settings: IngestSettings,
  extractor: Extractor = createExtractor(),
): Promise<Passage[]> {
  const places = new Map<string, { source: string; line: number }>()
  const passages: Passage[] = []
  const problems: Problem[] = []
  for (const document of documents) {
    const source = sourceOf(document.path)
    if (isHidden(source)) continue
    const reading = await read(document, source, { settings, extractor })
    problems.push(...reading.problems)
    for (const { passage, line } of reading.passages) {
      const there = places.get(passage.id)
      if (there) problems.push(duplicate({ id: passage.id, source, line, there }))
      else places.set(passage.id, { source, line })
      passages.push(passage)
    }
    await pause()
  }
  if (problems.length > 0) throw invalidDocuments(problems)
  return passages
}

/** The libraries that read these documents, by format; empty where none was needed. */
export function extractorsOf(documents: readonly SourceDocument[]): Partial<Record<ExtractedFormat, string>> {
  const formats = documents.flatMap(({ path }) => {
    const source = sourceOf(path)
    return isHidden(source) ? [] : (EXTRACTED_ENDINGS.get(endingOf(source).ending) ?? [])
  })
  return Object.fromEntries([...new Set(formats)].sort().map((format) => [format, EXTRACTORS[format]]))
}

export const sourceOf = (path: string): string => path.replace(/^knowledge\//, '').normalize('NFC')

const isHidden = (source: string): boolean => source.split('/').some((part) => part.startsWith('.'))

async function read(
  { bytes }: SourceDocument,
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

type Place = { readonly source: string; readonly line: number }

const duplicate = ({ id, source, line, there }: Place & { id: string; there: Place }): Problem => ({
  field: 'id',
  file: `knowledge/${source}`,
  line,
  message: `The id ${id} is taken by knowledge/${there.source} line ${there.line}.`,
  remedy: 'Give every passage an id of its own.',
})

function invalidDocuments(problems: readonly Problem[]): Failure {
  const [first] = problems
  const more = problems.length > 1 ? ` ${problems.length - 1} more are listed.` : ''
  return new Failure(
    'invalid',
    'knowledge.documents-invalid',
    `${first?.file} line ${first?.line}: ${first?.message} ${first?.remedy}${more}`,
    { problems },
  )
}

function bySections(sectionsOf: (text: string, source: string) => Section[]): Reader {
  return async ({ text, source, settings }) => ({
    passages: passagesOfSections(sectionsOf(text, source), source, settings),
    problems: [],
  })
}
