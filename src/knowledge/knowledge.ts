/**
 * Knowledge: documents become passages, passages become an index that is frozen into a release as one
 * file. Retrieval needs no database: an index is read into memory once and shared by its digest.
 */
import type { IndexPart } from '../core/manifest.ts'
import type { Digest } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Blobs } from '../store/blobs.ts'
import { createExtractor, type ExtractionLimits } from './extract/extractor.ts'
import { extractorsOf, ingest, type SourceDocument } from './ingest/ingest.ts'
import type { IngestSettings } from './ingest/reading.ts'
import type { Passage } from './passage.ts'
import { createRecentIndexes } from './recent-indexes.ts'
import { buildSnapshot, type IndexSettings } from './snapshot/build.ts'
import type { KnowledgeIndex } from './snapshot/index-view.ts'

/** What `airworthy.yaml` says under `knowledge`, with its defaults. */
export type KnowledgeSettings = IndexSettings & Omit<IngestSettings, 'embedding'>

export const DEFAULT_KNOWLEDGE: KnowledgeSettings = { analyser: 'english', k1: 1.2, b: 0.75, passageWords: 180 }

/** A release has one index, and this is its name among the parts. */
export const INDEX_NAME = 'knowledge'

export type KnowledgeDeps = {
  readonly blobs: Pick<Blobs, 'get' | 'put'>
  /** How many indexes stay in memory; the least recently used goes first. */
  readonly keep?: number
  /** For the reading of one document that needs a library. */
  readonly limits?: ExtractionLimits
}

export type Knowledge = {
  ingest(documents: readonly SourceDocument[], settings: IngestSettings): Promise<Passage[]>
  buildIndex(passages: readonly Passage[], settings: IndexSettings): Promise<IndexPart>
  /** Documents to index; null when there is none. Throws `knowledge.documents-invalid` with every problem. */
  resolveIndex(documents: readonly SourceDocument[], settings?: KnowledgeSettings): Promise<IndexPart | null>
  /** Opens the index of a release, `manifest.index`. */
  openIndex(part: Pick<IndexPart, 'file'>): Promise<KnowledgeIndex>
  passagesOf(part: Pick<IndexPart, 'file'>): Promise<Iterable<Passage>>
  /** The texts of a document; none of one that cannot be read. */
  textsOf(document: SourceDocument): Promise<string[]>
  /** Reads the file anew when it is asked for again, because its content was changed. */
  forget(file: Digest): void
}

export function createKnowledge({ blobs, keep = 8, limits }: KnowledgeDeps): Knowledge {
  const extractor = createExtractor(limits)
  const recent = createRecentIndexes({ read: (file) => blobs.get(file), keep })
  async function buildIndex(passages: readonly Passage[], settings: IndexSettings): Promise<IndexPart> {
    const { analyser, k1, b, extractors, embedding } = settings
    const parameters = { analyser, k1, b, ...(extractors && { extractors }), ...(embedding && { embedding }) }
    const { digest, file, passages: count } = await buildSnapshot(passages, parameters)
    return { name: INDEX_NAME, digest, file: await blobs.put(file), ...parameters, passages: count }
  }
  return {
    ingest: (documents, settings) => ingest(documents, settings, extractor),
    buildIndex,
    openIndex: ({ file }) => recent.open(file),
    forget: recent.forget,
    textsOf: (document) =>
      ingest([document], DEFAULT_KNOWLEDGE, extractor).then(
        (passages) => passages.map(({ title, text }) => `${title} ${text}`),
        () => [],
      ),
    async resolveIndex(documents, settings = DEFAULT_KNOWLEDGE) {
      if (documents.length === 0) return null
      const passages = await ingest(documents, { ...settings, embedding: settings.embedding ?? null }, extractor)
      if (passages.length === 0) throw noText()
      const extractors = extractorsOf(documents)
      return buildIndex(passages, { ...settings, ...(Object.keys(extractors).length > 0 && { extractors }) })
    },
    passagesOf: async ({ file }) => (await recent.open(file)).passages(),
  }
}

const noText = (): Failure =>
  new Failure(
    'invalid',
    'knowledge.no-text',
    'The folder knowledge/ holds hidden files only. Put documents there, or remove it.',
  )
