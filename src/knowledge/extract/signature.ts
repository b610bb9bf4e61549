/** What a file is by its first bytes, whatever its name says; a wrong name is told before any library reads it. */
import type { ExtractedFormat, Refusal } from './extraction.ts'

type Signature = { readonly what: string; readonly ending?: string; readonly isAt: (bytes: Buffer) => boolean }

const startsWith =
  (...first: number[]) =>
  (bytes: Buffer): boolean =>
    first.every((byte, at) => bytes[at] === byte)

const PDF: Signature = { what: 'a PDF', ending: 'pdf', isAt: startsWith(0x25, 0x50, 0x44, 0x46, 0x2d) }
const ZIP: Signature = { what: 'a zip archive, as Word files are', ending: 'docx', isAt: startsWith(0x50, 0x4b, 3, 4) }
const OLE: Signature = {
  what: 'an old Office file, or one that is protected by a password',
  isAt: startsWith(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
}
const SIGNATURES: readonly Signature[] = [
  PDF,
  ZIP,
  OLE,
  { what: 'a gzip archive', ending: 'gz', isAt: startsWith(0x1f, 0x8b) },
  { what: 'a PNG picture', isAt: startsWith(0x89, 0x50, 0x4e, 0x47) },
  { what: 'a JPEG picture', isAt: startsWith(0xff, 0xd8, 0xff) },
  { what: 'a program', isAt: startsWith(0x7f, 0x45, 0x4c, 0x46) },
]

/** Why these bytes are not what `ending` promises; undefined when they may be. */
export function mismatch(given: Uint8Array, ending: string, format: ExtractedFormat | undefined): Refusal | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.byteLength === 0)
    return { message: 'The file is empty: it has 0 bytes.', remedy: 'Save it again with its text, or delete the file.' }
  const found = SIGNATURES.find(({ isAt }) => isAt(bytes))
  const wanted = format === 'pdf' ? PDF : format === 'docx' ? ZIP : undefined
  if (found === wanted) return undefined
  // Readers of PDF allow for some bytes before the mark.
  if (wanted === PDF && bytes.subarray(0, 1024).includes('%PDF-')) return undefined
  if (wanted === ZIP && found === OLE)
    return {
      message: `The file ends in .${ending} but is ${OLE.what}.`,
      remedy: 'Save it as a Word document (.docx) without a password.',
    }
  const message = found
    ? `The file ends in .${ending} but is ${found.what}.`
    : `The file ends in .${ending} but is not ${wanted?.what}.`
  const rename = found?.ending ? `Rename it to end in .${found.ending}` : 'Save it in the format that its name says'
  return { message, remedy: `${rename}, or take it out of knowledge/.` }
}
