/**
 * An open index: BM25 over the sections of a snapshot, in place.
 *
 * score = Σ idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / mean length)) over the query's terms, each
 * as often as the query has it; idf = ln(1 + (N − df + 0.5) / (df + 0.5)). Scores are rounded to nine
 * decimals, equal ones fall by id, so that the last bit of a sum never decides an order.
 */
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { ANALYSERS, isAnalyserName } from '../analysers/analysers.ts'
import type { FoundPassage, Passage } from '../passage.ts'
import { decodeSnapshot, FIELDS, type Snapshot } from './format.ts'

export type KnowledgeIndex = {
  /** Over passages and parameters. */
  readonly digest: Digest
  readonly size: number
  readonly terms: number
  readonly tokens: number
  /** The `k` best passages that share a term with the query, best first. */
  search(query: string, k: number): FoundPassage[]
  passage(id: string): Passage | undefined
  /** All passages in the order of their ids. */
  passages(): IterableIterator<Passage>
}

export function openSnapshot(file: Buffer): KnowledgeIndex {
  const snapshot = decodeSnapshot(file)
  const { header } = snapshot
  const termsOf = analyserOf(snapshot)
  const passageAt = (ordinal: number): Passage => readPassage(snapshot, ordinal)
  const addScores = scorer(snapshot)
  // Searching is synchronous, so one accumulator serves all queries; it is all zeros between them.
  const scores = new Float64Array(header.passages)
  return {
    digest: header.digest,
    size: header.passages,
    terms: header.terms,
    tokens: header.tokens,
    search(query, k) {
      const touched = new Set<number>()
      for (const term of termsOf(query)) addScores(term, scores, touched)
      const best = bestOf(touched, scores, k)
      for (const ordinal of touched) scores[ordinal] = 0
      return best.map(({ ordinal, score }) => ({ ...passageAt(ordinal), score }))
    },
    passage(id) {
      const ordinal = findOrdinal(snapshot, id)
      return ordinal === undefined ? undefined : passageAt(ordinal)
    },
    *passages() {
      for (let ordinal = 0; ordinal < header.passages; ordinal++) yield passageAt(ordinal)
    },
  }
}

function analyserOf({ header: { analyser, analyserVersion } }: Snapshot): (text: string) => string[] {
  if (isAnalyserName(analyser) && ANALYSERS[analyser].version === analyserVersion) return ANALYSERS[analyser].termsOf
  throw new Failure(
    'unavailable',
    'knowledge.analyser-unknown',
    `This index was written with the analyser ${analyser} ${analyserVersion}, which this program does not have. Freeze the release again.`,
  )
}

type AddScores = (term: string, scores: Float64Array, touched: Set<number>) => void

function scorer({ header, bytes, numbers }: Snapshot): AddScores {
  const { k1, b, passages, tokens } = header
  const { postingOffsets, postingPassages, postingCounts, lengths } = numbers
  const meanLength = tokens / Math.max(1, passages)
  const norms = Float64Array.from(lengths, (length) => k1 * (1 - b + (b * length) / meanLength))
  return (term, scores, touched) => {
    const at = findTerm(Buffer.from(term), bytes.terms, numbers.termOffsets)
    if (at === undefined) return
    const from = postingOffsets[at] ?? 0
    const to = postingOffsets[at + 1] ?? from
    const df = to - from
    const idf = Math.log(1 + (passages - df + 0.5) / (df + 0.5))
    for (let posting = from; posting < to; posting++) {
      const ordinal = postingPassages[posting] ?? 0
      const tf = postingCounts[posting] ?? 0
      scores[ordinal] = (scores[ordinal] ?? 0) + (idf * tf * (k1 + 1)) / (tf + (norms[ordinal] ?? 0))
      touched.add(ordinal)
    }
  }
}

/** The k best, kept in order by insertion: k is small beside the number that was touched. */
function bestOf(touched: Iterable<number>, scores: Float64Array, k: number): { ordinal: number; score: number }[] {
  const best: { ordinal: number; score: number }[] = []
  for (const ordinal of touched) {
    const score = Math.round((scores[ordinal] ?? 0) * 1e9) / 1e9
    const last = best.at(-1)
    if (best.length >= k && last && !goesBefore({ ordinal, score }, last)) continue
    let place = best.length
    for (let low = 0; low < place; ) {
      const middle = (low + place) >> 1
      const there = best[middle]
      if (there && goesBefore(there, { ordinal, score })) low = middle + 1
      else place = middle
    }
    best.splice(place, 0, { ordinal, score })
    if (best.length > k) best.pop()
  }
  return best
}

type Ranked = { readonly ordinal: number; readonly score: number }
const goesBefore = (a: Ranked, b: Ranked): boolean =>
  a.score > b.score || (a.score === b.score && a.ordinal < b.ordinal)

function findTerm(term: Buffer, terms: Buffer, offsets: Uint32Array): number | undefined {
  return bisect(offsets.length - 1, (at) => term.compare(terms, offsets[at], offsets[at + 1]))
}

function findOrdinal(snapshot: Snapshot, id: string): number | undefined {
  return bisect(snapshot.header.passages, (at) => {
    const there = readField(snapshot, at, 0)
    return id < there ? -1 : id > there ? 1 : 0
  })
}

/** The place where `compare` gives 0, in a rising order; negative means that it lies before. */
function bisect(size: number, compare: (at: number) => number): number | undefined {
  let low = 0
  for (let high = size; low < high; ) {
    const middle = (low + high) >> 1
    const order = compare(middle)
    if (order === 0) return middle
    if (order < 0) high = middle
    else low = middle + 1
  }
  return undefined
}

function readPassage(snapshot: Snapshot, ordinal: number): Passage {
  const [id = '', title = '', text = '', source = ''] = FIELDS.map((_, field) => readField(snapshot, ordinal, field))
  return { id, title, text, source }
}

function readField({ bytes, numbers: { passageOffsets } }: Snapshot, ordinal: number, field: number): string {
  const at = ordinal * FIELDS.length + field
  return bytes.passages.toString('utf8', passageOffsets[at], passageOffsets[at + 1])
}
