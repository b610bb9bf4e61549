/**
 * What a file of the spool holds: lines, and large requests before theirs; or, sealed, all that was written at once as
 * `~<bytes>`, so many bytes, and a line end. The name of the file is bound in.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { AskedCall } from '../core/asked.ts'
import { type ContentSeal, unreadable } from '../kernel/content-seal.ts'
import type { SpoolRecord } from './asked.ts'

export const LINE_END = 0x0a

/** None where the file is gone: somebody tidied up, and there is nothing to wait for. */
export async function recordsAt(path: string, seal: ContentSeal | undefined): Promise<SpoolRecord[]> {
  return recordsIn(
    await readFile(path).catch((thrown) => {
      if (isMissing(thrown)) return Buffer.alloc(0)
      throw thrown
    }),
    (sealed) => {
      if (!seal) throw unreadable(path)
      return seal.openBytes(ownerOf(path), sealed)
    },
  )
}

/** What stands in a file in the place of these bytes. */
export function sealedPieces(path: string, pieces: readonly Uint8Array[], seal: ContentSeal): Buffer[] {
  const sealed = seal.closeBytes(ownerOf(path), Buffer.concat(pieces))
  return [Buffer.from(`~${sealed.byteLength}\n`), sealed, Buffer.from('\n')]
}

/** A file that a gateway process left and another one takes has the name of that process behind its own. */
const ownerOf = (path: string): string => `spool ${basename(path).replace(/-gateway-\d+(?=\.jsonl$)/, '')}`

export const isMissing = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === 'ENOENT'

/** What is whole; the rest of a file is what a crash cut off. */
function recordsIn(bytes: Buffer, open: (sealed: Buffer) => Buffer): SpoolRecord[] {
  const records: SpoolRecord[] = []
  let asked: SpoolRecord['asked']
  for (let from = 0; ; ) {
    const end = bytes.indexOf(LINE_END, from)
    if (end < 0) return records
    const line = bytes.toString('utf8', from, end)
    from = end + 1
    if (line.startsWith('~')) {
      const to = from + Number(line.slice(1))
      if (!(to < bytes.length)) return records
      for (const record of recordsIn(open(bytes.subarray(from, to)), open)) records.push(record)
      from = to + 1
    } else if (line.startsWith('#')) {
      const [call = '', size] = line.slice(1).split(' ')
      const to = from + Number(size)
      if (!(to < bytes.length)) return records
      // Only what was written by `writeRecords` begins so.
      asked = { call: call as AskedCall, body: bytes.subarray(from, to) }
      from = to + 1
    } else if (line !== '') {
      records.push({ line, asked })
      asked = undefined
    }
  }
}
