/**
 * Word files to sections: their styles become headings, and hidden and deleted text is dropped. The archive is
 * unpacked here and not by the library, which would believe the sizes that the archive states.
 */
import { load } from 'cheerio'
import mammoth from 'mammoth'
import { type Extraction, type ExtractionRequest, refused } from './extraction.ts'
import { sectionsOfHtml } from './html.ts'
import { ArchiveRefused, unzipXml } from './unzip.ts'

export async function extractDocx({ bytes, source }: Omit<ExtractionRequest, 'format'>): Promise<Extraction> {
  let parts: Map<string, Buffer>
  try {
    parts = unzipXml(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch (thrown) {
    if (thrown instanceof ArchiveRefused) return refused(thrown.message, thrown.remedy)
    if (thrown instanceof RangeError) return refused('The archive is cut off.', 'Copy or save the file again.')
    throw thrown
  }
  if (![...parts.keys()].some((name) => name.startsWith('word/')))
    return refused('It is a zip archive, but no Word document.', 'Save it in Word as .docx, or take it out.')
  for (const [name, part] of parts)
    if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))
      return refused(`Its part ${name} declares entities, which no Word file does.`, 'Save it again in Word as .docx.')
  const { value } = await mammoth.convertToHtml(fileOf(parts), {
    externalFileAccess: false,
    includeEmbeddedStyleMap: false,
    convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
  })
  return sectionsOfHtml(value, source)
}

/** What the library takes as an opened archive, `{file}`; its types name only paths and buffers. */
function fileOf(parts: ReadonlyMap<string, Buffer>): Parameters<typeof mammoth.convertToHtml>[0] {
  const file = {
    exists: (name: string): boolean => parts.has(name),
    read: async (name: string, encoding?: string): Promise<string | Buffer> => {
      const part = parts.get(name) ?? Buffer.alloc(0)
      if (encoding === undefined) return part
      return encoding === 'base64' ? part.toString('base64') : withoutHidden(part.toString('utf8'))
    },
  }
  return { file } as unknown as Parameters<typeof mammoth.convertToHtml>[0]
}

/** Runs that Word does not show, which the library would give as text. */
function withoutHidden(xml: string): string {
  if (!/<w:(vanish|webHidden)\b/.test(xml)) return xml
  const $ = load(xml, { xml: true })
  $('w\\:r')
    .filter((_, run) =>
      $(run)
        .children('w\\:rPr')
        .children('w\\:vanish, w\\:webHidden')
        .toArray()
        .some((mark) => !/^(0|false|off)$/.test($(mark).attr('w:val') ?? '')),
    )
    .remove()
  return $.xml()
}
