/**
 * Documents become passages with stable ids. Every problem of every document is told at once, with
 * file and line; one bad document refuses them all, because an index that silently lacks a page is worse.
 */
import { gunzipSync } from 'node:zlib'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Passage } from '../passage.ts'
import { pause } from '../pause.ts'
import { passagesOfJsonLines } from './json-lines.ts'
import { sectionsOfMarkdown } from './markdown.ts'
import { sectionsOfPlainText } from './plain-text.ts'
import type { IngestSettings, Reader, Reading } from './reading.ts'
import { passagesOfSections, type Section } from './sections.ts'

/** A file: its path (a leading `knowledge/` is cut) and its bytes as they are. */
export type SourceDocument = { readonly path: string; readonly bytes: Uint8Array }

/** By the end of the path; `.gz` is unpacked first. */
const READERS: Readonly<Record<string, Reader>> = {
  md: bySections(sectionsOfMarkdown),
  markdown: bySections(sectionsOfMarkdown),
  txt: bySections(sectionsOfPlainText),
  jsonl: passagesOfJsonLines,
}

const MOST_UNPACKED_BYTES = 512 * 1024 * 1024

/** Passages in the order of the documents. Throws `knowledge.documents-invalid` with every problem. */
export async function ingest(documents: readonly SourceDocument[], settings: IngestSettings): Promise<Passage[]> {
  const places = new Map<string, { source: string; line: number }>()
  const passages: Passage[] = []
  const problems: Problem[] = []
  for (const document of documents) {
    const source = sourceOf(document.path)
    if (isHidden(source)) continue
    const reading = await read(document, source, settings)
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

export const sourceOf = (path: string): string => path.replace(/^knowledge\//, '').normalize('NFC')

const isHidden = (source: string): boolean => source.split('/').some((part) => part.startsWith('.'))

async function read({ bytes }: SourceDocument, source: string, settings: IngestSettings): Promise<Reading> {
  const isPacked = source.endsWith('.gz')
  const ending = /\.([^./]+)$/.exec(isPacked ? source.slice(0, -'.gz'.length) : source)?.[1]?.toLowerCase() ?? ''
  const reader = READERS[ending]
  if (!reader)
    return refuse(source, {
      message: `Documents that end in .${ending || '?'} cannot be read.`,
      remedy: `Use one of ${Object.keys(READERS).join(', ')} (also with .gz), or take the file out of knowledge/.`,
    })
  const decoded = decode(bytes, isPacked)
  if (typeof decoded !== 'string') return refuse(source, decoded)
  const reading = await reader({ text: decoded, source, settings })
  if (reading.passages.length > 0 || reading.problems.length > 0) return reading
  return refuse(source, { message: 'The document has no text.', remedy: 'Write it, or delete the file.' })
}

function decode(bytes: Uint8Array, isPacked: boolean): string | { message: string; remedy: string } {
  try {
    const plain = isPacked ? gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES }) : bytes
    return new TextDecoder('utf-8', { fatal: true }).decode(plain).replace(/\r\n?/g, '\n')
  } catch (cause) {
    const isText = cause instanceof TypeError
    return isText
      ? { message: 'The document is not UTF-8 text.', remedy: 'Save it as UTF-8.' }
      : { message: 'The document could not be unpacked.', remedy: 'Pack it again with gzip, below 512 MB unpacked.' }
  }
}

const refuse = (file: string, { message, remedy }: { message: string; remedy: string }): Reading => ({
  passages: [],
  problems: [{ field: 'knowledge', file: `knowledge/${file}`, line: 1, message, remedy }],
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
