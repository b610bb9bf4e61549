/** Rows that wait on disk until they are written, one JSON text behind the other: held is where each begins, when asked for. */

import { byteLines } from '../../kernel/byte-lines.ts'
import type { LooseFile } from '../../store/loose-file.ts'

export type RowSpool<Row> = {
  readonly count: number
  /** Returns the row's place among the others. */
  add(row: Row): Promise<number>
  /** Of a spool that has places: the rows at these, in the order asked, and undefined where no place is named. */
  at(places: readonly (number | undefined)[]): AsyncGenerator<Row | undefined>
  all(): AsyncGenerator<Row>
}

const PIECE_BYTES = 64 * 1024
/** So much of rows that are looked up is in memory at once, and one row more. */
const WINDOW_BYTES = 1024 * 1024

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

  /** Those beside each other in one go, because a look at the disk takes longer than what it brings. */
  async function textsAt(places: readonly number[]): Promise<Map<number, string>> {
    const runs: number[][] = []
    for (const place of places.toSorted((one, other) => one - other)) {
      const run = runs.at(-1)
      if (run?.at(-1) === place - 1) run.push(place)
      else runs.push([place])
    }
    const texts = new Map<number, string>()
    const read = async (run: readonly number[]) => {
      const from = begins[run[0] ?? 0] ?? 0
      const bytes = await file.read(from, begins[(run.at(-1) ?? 0) + 1] ?? 0)
      for (const place of run)
        texts.set(place, bytes.toString('utf8', (begins[place] ?? 0) - from, (begins[place + 1] ?? 0) - from))
    }
    await Promise.all(runs.map(read))
    return texts
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
    async *at(places) {
      await flush()
      const sizeOf = (place: number | undefined) =>
        place === undefined ? 0 : (begins[place + 1] ?? 0) - (begins[place] ?? 0)
      for (const some of windows(places, sizeOf)) {
        const texts = await textsAt(some.filter((place) => place !== undefined))
        for (const place of some) {
          const text = place === undefined ? undefined : texts.get(place)
          yield text === undefined ? undefined : (JSON.parse(text) as Row)
        }
      }
    },
    async *all() {
      await flush()
      for await (const lines of byteLines(file.pieces()))
        for (const line of lines) if (line !== '') yield JSON.parse(line) as Row
    },
  }
}

function widened(given: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(given.length * 2)
  wider.set(given)
  return wider
}

/** Places that follow one another, as many at a time as may be in memory. */
function* windows<Place>(places: readonly Place[], sizeOf: (place: Place) => number): Generator<readonly Place[]> {
  let [from, bytes] = [0, 0]
  for (const [at, place] of places.entries()) {
    bytes += sizeOf(place)
    if (bytes < WINDOW_BYTES) continue
    yield places.slice(from, at + 1)
    ;[from, bytes] = [at + 1, 0]
  }
  if (from < places.length) yield places.slice(from)
}
