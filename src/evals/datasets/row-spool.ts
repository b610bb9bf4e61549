/** Rows that wait on disk until they are written, one JSON text behind the other: held is where each begins, when asked for. */

import type { LooseFile } from '../../store/loose-file.ts'
import { linesIn } from './examples-of.ts'

export type RowSpool<Row> = {
  readonly count: number
  /** Returns the row's place among the others. */
  add(row: Row): Promise<number>
  /** Of a spool that has places. */
  at(place: number): Promise<Row>
  all(): AsyncGenerator<Row>
}

const PIECE_BYTES = 64 * 1024

export function createRowSpool<Row>(
  file: LooseFile,
  { hasPlaces = false }: { hasPlaces?: boolean } = {},
): RowSpool<Row> {
  let waiting: Buffer[] = []
  let [waitingBytes, bytes, count] = [0, 0, 0]
  let begins = new Float64Array(hasPlaces ? 1024 : 0)

  async function flush(): Promise<void> {
    if (waiting.length === 0) return
    const some = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await file.append(some)
  }

  return {
    get count() {
      return count
    },
    async add(row) {
      const line = Buffer.from(`${JSON.stringify(row)}\n`)
      if (hasPlaces) {
        if (count + 1 >= begins.length) begins = widened(begins)
        begins[count] = bytes
        begins[count + 1] = bytes + line.length
      }
      bytes += line.length
      waitingBytes += line.length
      waiting.push(line)
      if (waitingBytes >= PIECE_BYTES) await flush()
      return count++
    },
    async at(place) {
      await flush()
      const line = await file.read(begins[place] ?? 0, begins[place + 1] ?? 0)
      return JSON.parse(line.toString('utf8')) as Row
    },
    async *all() {
      await flush()
      for await (const lines of linesIn(file.pieces()))
        for (const line of lines) if (line !== '') yield JSON.parse(line) as Row
    },
  }
}

function widened(given: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(given.length * 2)
  wider.set(given)
  return wider
}
