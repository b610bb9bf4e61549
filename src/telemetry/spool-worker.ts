/** Puts what was asked into events outside the thread that owns the port. */
import { parentPort } from 'node:worker_threads'
import { type SpoolRecord, wholeLine } from './asked.ts'

parentPort?.on('message', ({ id, records }: { id: number; records: readonly SpoolRecord[] }) => {
  parentPort?.postMessage({ id, lines: records.map(lineOrBare) })
})

/** The event is worth more than its input. */
function lineOrBare(record: SpoolRecord): string {
  try {
    return wholeLine(record)
  } catch {
    return record.line
  }
}
