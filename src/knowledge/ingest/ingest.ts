/**
 * Documents become passages with stable ids. Every problem of every document is told at once, with
 * file and line; one bad document refuses them all, because an index that silently lacks a page is worse.
 */
import { Failure, type Problem } from '../../kernel/failure.ts'
import { EXTRACTED_ENDINGS, EXTRACTORS, type ExtractedFormat } from '../extract/extraction.ts'
import { createExtractor, type Extractor } from '../extract/extractor.ts'
import type { Passage } from '../passage.ts'
import { pause } from '../pause.ts'
import { endingOf } from './document-bytes.ts'
import { readDocument } from './read-document.ts'
import type { IngestSettings } from './reading.ts'

/** A file: its path (a leading `knowledge/` is cut) and its bytes as they are. */
export type SourceDocument = { readonly path: string; readonly bytes: Uint8Array }

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
    const reading = await readDocument(document.bytes, source, { settings, extractor })
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

const sourceOf = (path: string): string => path.replace(/^knowledge\//, '').normalize('NFC')

const isHidden = (source: string): boolean => source.split('/').some((part) => part.startsWith('.'))

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
