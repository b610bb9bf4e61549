/** What a dataset holds already, small enough to keep for a million rows: a mark of each row, and where each input is. */
import { type Example, Split } from '../../core/dataset.ts'
import { inputKey, type Standing } from './admit.ts'
import type { DatasetVersion } from './dataset.ts'
import type { ExamplesOf } from './examples-of.ts'
import { createKnownTexts } from './known-texts.ts'
import { rowsOf } from './version-rows.ts'
import { type Marks, markOf } from './version-writer.ts'

export type Held = {
  readonly marks: Marks
  readonly standing: Standing
  /** Counts a row as standing there from now on. */
  remember(row: Example): void
}

export async function heldBy(version: DatasetVersion | undefined, examplesOf: ExamplesOf): Promise<Held> {
  const marks = createKnownTexts(2)
  const places = createKnownTexts(2)
  const ids = createIdList()
  const remember = (row: Example) => {
    const key = inputKey(row)
    if (!places.has(key)) places.set(key, [ids.add(row.id), Split.options.indexOf(row.split)])
  }
  if (version)
    for await (const { row } of rowsOf(version, examplesOf)) {
      marks.set(row.id, halvesOf(markOf(row)))
      remember(row)
    }
  return {
    marks: {
      get size() {
        return marks.size
      },
      has: marks.has,
      get(id) {
        const halves = marks.get(id)
        return halves && textOfHalves(halves)
      },
    },
    remember,
    standing(key) {
      const [place, at] = places.get(key) ?? []
      const split = Split.options[at ?? -1]
      if (place === undefined || !split) return undefined
      return {
        get id() {
          return ids.at(place)
        },
        split,
      }
    },
  }
}

/** Sixteen hexadecimal digits as two numbers of 32 bits, and back. */
const halvesOf = (mark: string): number[] => [
  Number.parseInt(mark.slice(0, 8), 16) | 0,
  Number.parseInt(mark.slice(8, 16), 16) | 0,
]
const textOfHalves = (halves: readonly number[]): string =>
  halves.map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')

const IDS_IN_A_BLOCK = 1024

/** Ids in the order in which they came, some together as one text of bytes. */
function createIdList() {
  const blocks: Buffer[] = []
  let open: string[] = []
  return {
    /** Returns its place. */
    add(id: string): number {
      if (open.push(id) < IDS_IN_A_BLOCK) return blocks.length * IDS_IN_A_BLOCK + open.length - 1
      blocks.push(Buffer.from(JSON.stringify(open)))
      open = []
      return blocks.length * IDS_IN_A_BLOCK - 1
    },
    at(place: number): string {
      const block = blocks[Math.floor(place / IDS_IN_A_BLOCK)]
      const ids = block ? (JSON.parse(block.toString('utf8')) as string[]) : open
      return ids[place % IDS_IN_A_BLOCK] ?? ''
    },
  }
}
