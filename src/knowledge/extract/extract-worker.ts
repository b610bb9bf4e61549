/** The thread that reads documents, one at a time. In: `ExtractionRequest`; out: `'begun'`, then an `Extraction`. */
import { parentPort } from 'node:worker_threads'
import { type Extract, type ExtractedFormat, type Extraction, type ExtractionRequest, refused } from './extraction.ts'

/** Loaded with the first document of a format. */
const READERS: Readonly<Record<ExtractedFormat, () => Promise<Extract>>> = {
  html: async () => (await import('./html.ts')).extractHtml,
  pdf: async () => (await import('./pdf.ts')).extractPdf,
  docx: async () => (await import('./docx.ts')).extractDocx,
  csv: async () => (await import('./csv.ts')).extractCsv,
}

parentPort?.on('message', async ({ format, ...document }: ExtractionRequest) => {
  const extract = await READERS[format]()
  parentPort?.postMessage('begun')
  parentPort?.postMessage(await attempt(extract, document))
})

async function attempt(extract: Extract, document: Omit<ExtractionRequest, 'format'>): Promise<Extraction> {
  try {
    return await extract(document)
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown)
    const why = /call stack/.test(said) ? 'it is nested too deep' : said.replace(/\s+/g, ' ').slice(0, 200)
    return refused(
      `The document is broken: ${why.replace(/\.$/, '')}.`,
      'Open it in the program that made it and save it again, or take it out of knowledge/.',
    )
  }
}
