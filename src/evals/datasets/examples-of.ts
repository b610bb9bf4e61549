/**
 * Reads the rows of a dataset's file of JSON lines: all of them, piece by piece, or a few by their place.
 *
 * Invariant: what is held of a large file are the places of every 64th line, eight bytes each; its rows are in memory
 * while somebody looks at them. Small files are kept whole, because they are asked for again and again.
 */
import { type DatasetPart, Example } from '../../core/dataset.ts'
import { byteLines } from '../../kernel/byte-lines.ts'
import type { Digest } from '../../kernel/digest.ts'
import { createKeptAnswers } from '../../kernel/kept.ts'
import type { Blobs } from '../../store/blobs.ts'

type Part = Pick<DatasetPart, 'file'>

export type ExamplesOf = ((part: Part) => Promise<readonly Example[]>) & {
  /** In their order from one place on, a few at a time: rows that wait for their turn live long enough to be kept as garbage. */
  pieces(part: Part, from?: number): AsyncGenerator<readonly Example[]>
  /** The rows at these places, which count from 0, in the order of the places. Throws where there is none. */
  pick(part: Part, places: readonly number[]): Promise<Example[]>
  /** Whether these words stand anywhere in its text, as JSON has them; tells without a look at the rows. */
  mentions(part: Part, words: string): Promise<boolean>
  /** Reads the rows anew when they are asked for again, because they were changed. */
  forget(file: Digest): void
}

const KEPT_FILES = 4
const KEPT_FILE_BYTES = 8 * 1024 * 1024
const KEPT_MARKS = 64
/** Lines between two places that are held. */
const STEP = 64
/** Rows that are parsed together. */
const AT_ONCE = 32
const NEWLINE = 10

export function createExamplesOf(blobs: Pick<Blobs, 'get' | 'range' | 'pieces'>): ExamplesOf {
  const whole = createKeptAnswers<Digest, readonly Example[]>(KEPT_FILES)
  const marks = createKeptAnswers<Digest, Marks>(KEPT_MARKS)
  const marksOf = ({ file }: Part) => marks.get(file, () => marksIn(blobs.pieces(file)))

  async function examplesOf({ file }: Part): Promise<readonly Example[]> {
    let isLarge = false
    const rows = await whole.get(file, async () => {
      const bytes = await blobs.get(file)
      isLarge = bytes.length > KEPT_FILE_BYTES
      return parsed(bytes.toString('utf8').split('\n'))
    })
    if (isLarge) whole.forget(file)
    return rows
  }

  return Object.assign(examplesOf, {
    async *pieces(part: Part, from = 0) {
      const begin = from === 0 ? { place: 0, line: 0 } : markBefore(await marksOf(part), from)
      let skip = from - begin.line
      for await (const lines of byteLines(blobs.pieces(part.file, begin.place))) {
        const wanted = lines.slice(skip)
        skip = Math.max(0, skip - lines.length)
        for (let at = 0; at < wanted.length; at += AT_ONCE) yield parsed(wanted.slice(at, at + AT_ONCE))
      }
    },
    async pick(part: Part, places: readonly number[]) {
      const found = new Map<number, Example>()
      const { places: starts, bytes } = await marksOf(part)
      for (const [step, wanted] of Map.groupBy(new Set(places), (place) => Math.floor(place / STEP))) {
        const range = await blobs.range(part.file, starts[step] ?? bytes, starts[step + 1] ?? bytes)
        const lines = range.toString('utf8').split('\n')
        for (const place of wanted) {
          const [example] = parsed([lines[place - step * STEP] ?? ''])
          if (example) found.set(place, example)
        }
      }
      return places.map((place) => {
        const example = found.get(place)
        if (example) return example
        throw new Error(`The dataset has no example ${place + 1}, though it was frozen with one.`)
      })
    },
    mentions: async ({ file }: Part, words: string) => (await blobs.get(file)).includes(JSON.stringify(words)),
    forget(file: Digest) {
      whole.forget(file)
      marks.forget(file)
    },
  })
}

const parsed = (lines: readonly string[]): Example[] =>
  lines.flatMap((line) => (line === '' ? [] : [Example.parse(JSON.parse(line))]))

/** Where every `STEP`th line begins, the first one too, and the length of the file. */
type Marks = { readonly places: readonly number[]; readonly bytes: number }

async function marksIn(pieces: AsyncIterable<Buffer>): Promise<Marks> {
  const places = [0]
  let [bytes, lines] = [0, 0]
  for await (const piece of pieces) {
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1))
      if (++lines % STEP === 0) places.push(bytes + at + 1)
    bytes += piece.length
  }
  return { places, bytes }
}

function markBefore({ places, bytes }: Marks, line: number): { place: number; line: number } {
  const step = Math.floor(line / STEP)
  return { place: places[step] ?? bytes, line: step * STEP }
}
