/** Reads files of the spool outside the thread that owns the port: puts what was asked into events, and makes copies. */
import { parentPort } from 'node:worker_threads'
import { type SpoolRecord, wholeLine } from './asked.ts'
import { sealOfThread } from './sealing/index.ts'
import { recordsAt } from './spool-records.ts'
import { copiesOf, type TraceCopy } from './trace-copies.ts'

export type SpoolAsk =
  | { readonly id: number; readonly records: readonly SpoolRecord[] }
  | { readonly id: number; readonly path: string; readonly most: number }
export type SpoolAnswer = {
  readonly id: number
  readonly lines?: string[]
  /** Undefined for a file with something that is no event. */
  readonly copies?: TraceCopy[] | undefined
}

const seal = sealOfThread()

parentPort?.on('message', async (ask: SpoolAsk) => {
  if ('records' in ask) {
    answer({ id: ask.id, lines: ask.records.map(lineOrBare) })
    return
  }
  const copies = await recordsAt(ask.path, seal)
    .then((records) => copiesOf(records, ask.most, seal))
    .catch(() => undefined)
  answer({ id: ask.id, copies })
})

function answer(message: SpoolAnswer): void {
  // The bytes change hands; nothing is copied.
  parentPort?.postMessage(
    message,
    message.copies?.map(({ bytes }) => bytes.buffer),
  )
}

/** The event is worth more than its input. */
function lineOrBare(record: SpoolRecord): string {
  try {
    return wholeLine(record)
  } catch {
    return record.line
  }
}
