/** What a file of the spool holds. */
import { readFile } from 'node:fs/promises'
import type { AskedCall } from '../core/asked.ts'
import type { SpoolRecord } from './asked.ts'

export const LINE_END = 0x0a

/** None where the file is gone: somebody tidied up, and there is nothing to wait for. */
export async function recordsAt(path: string): Promise<SpoolRecord[]> {
  return recordsIn(
    await readFile(path).catch((thrown) => {
      if (isMissing(thrown)) return Buffer.alloc(0)
      throw thrown
    }),
  )
}

export const isMissing = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === 'ENOENT'

/** What is whole; the rest of a file is what a crash cut off. */
function recordsIn(bytes: Buffer): SpoolRecord[] {
  const records: SpoolRecord[] = []
  let asked: SpoolRecord['asked']
  for (let from = 0; ; ) {
    const end = bytes.indexOf(LINE_END, from)
    if (end < 0) return records
    const line = bytes.toString('utf8', from, end)
    from = end + 1
    if (line.startsWith('#')) {
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
