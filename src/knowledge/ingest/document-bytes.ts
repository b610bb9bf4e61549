/** The bytes of a document: unpacked where its name ends in `.gz`, and as text where its reader wants text. */
import { gunzipSync } from 'node:zlib'
import type { Refusal } from '../extract/extraction.ts'

const MOST_UNPACKED_BYTES = 512 * 1024 * 1024

/** `notes.md.gz` is packed and ends in `md`. */
export function endingOf(source: string): { ending: string; isPacked: boolean } {
  const isPacked = source.endsWith('.gz')
  const name = isPacked ? source.slice(0, -'.gz'.length) : source
  return { ending: /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '', isPacked }
}

export function unpack(bytes: Uint8Array): Uint8Array | Refusal {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES })
  } catch {
    return {
      message: 'The document could not be unpacked.',
      remedy: 'Pack it again with gzip, below 512 MB unpacked.',
    }
  }
}

/** UTF-8 with LF line ends. */
export function textOf(bytes: Uint8Array): string | Refusal {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0'))
      return { message: 'The document is not text: it holds zero bytes.', remedy: 'Save it as UTF-8.' }
    return text.replace(/\r\n?/g, '\n')
  } catch {
    return { message: 'The document is not UTF-8 text.', remedy: 'Save it as UTF-8.' }
  }
}
