/** The process that reads documents, one at a time. In: `ExtractionRequest`; out: `'begun'`, then an `Extraction`. */
import { type Extract, type ExtractedFormat, type ExtractionRequest, refused, type Said } from './extraction.ts'

/** Loaded with the first document of a format. */
const READERS: Readonly<Record<ExtractedFormat, () => Promise<Extract>>> = {
  html: async () => (await import('./html.ts')).extractHtml,
  pdf: async () => (await import('./pdf.ts')).extractPdf,
  docx: async () => (await import('./docx.ts')).extractDocx,
  csv: async () => (await import('./csv.ts')).extractCsv,
}

const say = (said: Said) => process.send?.(said)

process.on('message', async ({ format, source, bytes }: ExtractionRequest) => {
  const extract = await READERS[format]()
  say('begun')
  // A `Buffer` on the way, which the reader of PDF refuses.
  say(await attempt(extract, { source, bytes: new Uint8Array(bytes) }))
})
// Whoever asked is gone.
process.on('disconnect', () => process.exit())

async function attempt(extract: Extract, document: Omit<ExtractionRequest, 'format'>): Promise<Said> {
  try {
    return await extract(document)
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown)
    if (/allocation failed|out of memory|Invalid array buffer length/i.test(said)) return 'too-much'
    const why = /call stack/.test(said) ? 'it is nested too deep' : said.replace(/\s+/g, ' ').slice(0, 200)
    return refused(
      `The document is broken: ${why.replace(/\.$/, '')}.`,
      'Open it in the program that made it and save it again, or take it out of knowledge/.',
    )
  }
}
