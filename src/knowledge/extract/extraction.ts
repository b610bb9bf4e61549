/** What is asked of the process that reads documents, and what it answers. */
import type { Section } from '../ingest/sections.ts'

/** Formats that need a library, and which one reads them; a part of the digest of an index, so that an upgrade shows. */
export const EXTRACTORS = {
  html: 'cheerio 1.2.0, turndown 7.2.5, rules 1',
  pdf: 'unpdf 1.7.0, rules 1',
  docx: 'mammoth 1.13.0, cheerio 1.2.0, turndown 7.2.5, rules 1',
  csv: 'papaparse 5.7.1, rules 1',
} as const
export type ExtractedFormat = keyof typeof EXTRACTORS

/** Endings of files and the format that they promise. */
export const EXTRACTED_ENDINGS: ReadonlyMap<string, ExtractedFormat> = new Map([
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['pdf', 'pdf'],
  ['docx', 'docx'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
])

export type ExtractionRequest = {
  readonly format: ExtractedFormat
  readonly source: string
  readonly bytes: Uint8Array
}

/** Why a document is left out and what to do about it. */
export type Refusal = {
  readonly message: string
  readonly remedy: string
  /** 1-based; 1 where the format has no lines. */
  readonly line?: number
}
export type Extraction =
  | { readonly kind: 'read'; readonly sections: readonly Section[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/** What the process says: that the reader is loaded, and then what came of it. */
export type Said = 'begun' | 'too-much' | Extraction

/** A reader of one format, in the process; what it throws refuses the document too. */
export type Extract = (request: Omit<ExtractionRequest, 'format'>) => Promise<Extraction> | Extraction

export const refused = (message: string, remedy: string): Extraction => ({
  kind: 'refused',
  refusals: [{ message, remedy }],
})
